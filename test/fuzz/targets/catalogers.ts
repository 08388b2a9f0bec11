import assert from 'node:assert/strict';
import { type Cataloger, catalogers } from '#inventory/index.ts';
import { catalogerSamples } from '../../kit/cataloger-samples.ts';
import { examplePaths } from '../../kit/example-paths.ts';
import { catalog } from '../catalog.ts';
import type { FuzzTarget, InputForm } from '../target.ts';

/** Package databases have targets of their own, with rules of their own. */
const APART = new Set(['apk-db', 'dpkg-db', 'rpm-db']);

/** One target for each cataloger of declared and of language packages, its samples for seeds. */
export const catalogerTargets: readonly FuzzTarget[] = catalogers
  .filter(({ id }) => !APART.has(id))
  .map((cataloger: Cataloger) => catalogerTarget(cataloger));

function catalogerTarget({ id, title, files }: Cataloger): FuzzTarget {
  const kept = catalogerSamples(id);
  const samples = kept.map(({ content }) => content);
  const form = formOf(samples);
  const inPlace = kept.map(({ path }) => path).filter((path) => path.includes('/'));
  const paths = [...new Set([...files.flatMap(examplePaths), ...inPlace])];
  return {
    id: `cataloger-${id}`,
    title,
    form,
    seeds: () => samples,
    testIterations: 25,
    run(bytes) {
      const found = paths.map((path) => catalog(id, path, bytes));
      if (form !== 'json' || files.length > 1 || bytes.length === 0 || !isBroken(bytes)) return;
      assert.ok(
        found.some(({ records, said }) => records.length + said > 0),
        'what is no JSON is not passed over without a word',
      );
    },
  };
}

function formOf(samples: readonly Buffer[]): InputForm {
  if (samples.some((bytes) => bytes.includes(0))) return 'little-endian';
  return samples.every((bytes) => !isBroken(bytes)) ? 'json' : 'text';
}

function isBroken(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes).toString('utf8'));
    return false;
  } catch {
    return true;
  }
}
