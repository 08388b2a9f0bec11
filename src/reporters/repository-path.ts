import { posix } from 'node:path';
import type { ScanReport } from '#scan/index.ts';

/**
 * Services look for files from the top of the repository, which is where CI starts programs; the target may be a directory below.
 * Undefined for what is not in a directory of sources there.
 */
export function repositoryPath({ artifact }: Pick<ScanReport, 'artifact'>, path: string): string | undefined {
  if (artifact.kind !== 'tree' || artifact.scheme !== 'directory') return undefined;
  const target = artifact.name.replace(/^dir:/, '');
  const file = path.split('!/')[0] ?? path;
  if (posix.isAbsolute(target)) return file;
  const joined = posix.normalize(posix.join(target, file));
  return joined.startsWith('../') ? file : joined;
}
