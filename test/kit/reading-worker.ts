import { parentPort, workerData } from 'node:worker_threads';
import { type Cataloger, catalogers } from '#inventory/index.ts';
import { inputFile } from './input-file.ts';
import type { LargeFile, LargeReading } from './read-large-file.ts';

/** Makes the file here, so that it need not cross threads, and reads it as the engine does. */
const { cataloger: id, path, head = '', unit, times, tail = '' }: LargeFile = workerData;
const cataloger: Cataloger | undefined = catalogers.find((one) => one.id === id);
if (cataloger === undefined) throw new Error(`no cataloger ${id}`);
const content = Buffer.concat([
  Buffer.from(head),
  Buffer.alloc(Buffer.byteLength(unit) * times, unit),
  Buffer.from(tail),
]);
const { fragment, problems } = cataloger.read(inputFile(path, content), []);
const fragments = fragment === undefined ? [] : [{ path, fragment, layer: 0, older: [] }];
const assembly = cataloger.assemble(fragments, {});
const reading: LargeReading = {
  bytes: content.length,
  packages: assembly.packages.length,
  problems: [...problems, ...assembly.problems].map(({ code, effect }) => `${code} ${effect}`),
};
parentPort?.postMessage(reading);
