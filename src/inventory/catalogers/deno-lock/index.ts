import { lockCataloger } from '../manifest.ts';
import { isProjectManifest, parseProjectManifest } from '../npm-manifest.ts';
import { parseDenoLock } from './parse.ts';

/**
 * What Deno was told to use: packages of npm, and those of JSR under the names they have in its npm registry. Modules that
 * are imported by URL have no name and version and are not listed. A package.json beside it tells what is for development.
 */
export const denoLock = lockCataloger({
  id: 'deno-lock',
  title: 'Packages of npm and JSR in deno.lock of versions 2 to 5',
  references: ['https://docs.deno.com/runtime/fundamentals/modules/', 'https://jsr.io/docs/npm-compatibility'],
  maturity: 'stable',
  type: 'npm',
  evidence: 'declared',
  revision: 2,
  files: [
    { kind: 'name', name: 'deno.lock', maxBytes: 32 * 1024 * 1024 },
    { kind: 'name', name: 'package.json', maxBytes: 4 * 1024 * 1024 },
  ],
  parse: parseDenoLock,
  isManifest: (path) => /(?:^|\/)package\.json$/.test(path),
  parseAsked: (file) => (isProjectManifest(file.path) ? parseProjectManifest(file) : undefined),
});
