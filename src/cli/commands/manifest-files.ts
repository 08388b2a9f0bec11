import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareTexts } from '#foundation/index.ts';
import { type ManifestObject, readManifest } from '#manifests/index.ts';

export interface ManifestFiles {
  readonly objects: readonly ManifestObject[];
  /** Why a file that seems to matter could not be read. */
  readonly unread: readonly string[];
}

const MAX_FILES = 20_000;
const MAX_BYTES = 16 * 1024 * 1024;
const NAME = /\.(?:ya?ml|json)$/i;
const FOREIGN = /(?:^|[\\/])(?:node_modules|\.git)[\\/]/;

/**
 * The objects in a file, or in all YAML and JSON files below a directory. Links are not followed.
 *
 * @param matters whether a text that is no manifest, a chart's template for instance, is one that the answer lacks
 */
export async function readManifestFiles(path: string, matters: (text: string) => boolean): Promise<ManifestFiles> {
  const objects: ManifestObject[] = [];
  const unread: string[] = [];
  const files = await filesIn(path).catch((error: NodeJS.ErrnoException) => {
    unread.push(`${path} cannot be read: ${error.message}`);
    return [];
  });
  if (files.length > MAX_FILES) unread.push(`${path} has more than ${MAX_FILES} files: the first of them were read`);
  for (const file of files.slice(0, MAX_FILES)) {
    const { size } = await lstat(file);
    if (size > MAX_BYTES) continue;
    const text = await readFile(file, 'utf8');
    const read = readManifest(text, file);
    if (read.ok) objects.push(...read.value);
    else if (matters(text)) unread.push(read.error);
  }
  return { objects, unread };
}

/** Sorted, so that the same directory gives the same answer. */
async function filesIn(path: string): Promise<readonly string[]> {
  const isDirectory = (await lstat(path)).isDirectory();
  if (!isDirectory) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && NAME.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !FOREIGN.test(file))
    .sort(compareTexts);
}
