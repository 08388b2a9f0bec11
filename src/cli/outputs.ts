import { open, realpath, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '#foundation/index.ts';
import type { Reporter, ReporterOptions } from '#reporters/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { batched, writeAll } from './terminal.ts';

/** A format and where it goes; without a path, standard output. */
export interface Output {
  readonly reporter: Reporter;
  readonly path?: string;
}

interface OutputRequest {
  /** Each `FORMAT` or `FORMAT=FILE`, in the order given. */
  readonly formats: readonly string[];
  /** Each `--output FILE`; the nth belongs to the nth format that has no file yet. */
  readonly files: readonly string[];
  readonly defaultFormat: string;
}

/** Pairs formats with files. At most one may go to standard output. */
export function planOutputs(request: OutputRequest, known: readonly Reporter[]): Result<Output[]> {
  const files = [...request.files];
  const formats = request.formats.length > 0 ? request.formats : [request.defaultFormat];
  const outputs: Output[] = [];
  for (const text of formats) {
    const [id = '', ...rest] = text.split('=');
    const reporter = known.find((candidate) => candidate.id === id);
    if (reporter === undefined) {
      return err(
        `unknown format ${JSON.stringify(id)}; there are ${known.map((candidate) => candidate.id).join(', ')}`,
      );
    }
    const path = rest.length > 0 ? rest.join('=') : files.shift();
    outputs.push(path === undefined || path === '-' ? { reporter } : { reporter, path });
  }
  if (files.length > 0) return err(`--output ${files[0]} has no --format of its own`);
  if (outputs.filter((output) => output.path === undefined).length > 1) {
    return err('only one format can go to standard output; give the others a file: --format sarif=report.sarif.json');
  }
  return ok(outputs);
}

/** One file for each reporter that makes files, in a directory that is there. */
export function reportDirectoryOutputs(directory: string, reporters: readonly Reporter[]): Output[] {
  return reporters.map((reporter) => ({ reporter, path: join(directory, `report${reporter.fileExtension}`) }));
}

/** Writes one output. */
export async function writeOutput(output: Output, report: ScanReport, options: ReporterOptions): Promise<void> {
  const pieces = output.reporter.render(report, options);
  if (output.path === undefined) return writeAll(process.stdout, pieces);
  return writeFileWhole(output.path, pieces);
}

/**
 * The file appears whole or not at all. What is no file, such as `/dev/null` or a pipe, is written to as it is: it must not be replaced by a
 * file. A link stays one.
 */
export async function writeFileWhole(path: string, pieces: Iterable<string>): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const found = await stat(target).catch(() => undefined);
  if (found !== undefined && !found.isFile()) return writeInto(target, pieces);
  const temporary = `${target}.partial-${process.pid}`;
  await writeInto(temporary, pieces);
  await rename(temporary, target);
}

async function writeInto(path: string, pieces: Iterable<string>): Promise<void> {
  const file = await open(path, 'w', 0o644);
  try {
    for (const batch of batched(pieces)) await file.write(batch);
  } finally {
    await file.close();
  }
}
