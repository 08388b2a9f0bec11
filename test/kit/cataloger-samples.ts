import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export interface CatalogerSample {
  /** As it lies in an image where the sample is in a folder; a bare name where the place does not matter. */
  readonly path: string;
  readonly content: Buffer;
}

const catalogers = new URL('../../src/inventory/catalogers/', import.meta.url);

/**
 * The samples of a cataloger: the files of its `testdata`, and of the folders in it, which are a piece of an image. `x.gz`
 * stands for the file `x`.
 */
export function catalogerSamples(id: string): CatalogerSample[] {
  const folder = new URL(`${id}/testdata/`, catalogers);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'README.md')
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort()
    .map((file) => {
      const content = readFileSync(file);
      const path = file.slice(folder.pathname.length).replace(/^\/+/, '').replace(/\.gz$/, '');
      return { path, content: file.endsWith('.gz') ? gunzipSync(content) : content };
    });
}
