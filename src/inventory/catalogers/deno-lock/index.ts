import { recordCataloger } from '../records.ts';
import { parseDenoLock } from './parse.ts';

/**
 * What Deno was told to use: packages of npm, and those of JSR under the names they have in its npm registry. Modules that
 * are imported by URL have no name and version and are not listed.
 */
export const denoLock = recordCataloger({
  id: 'deno-lock',
  title: 'Packages of npm and JSR in deno.lock of versions 2 to 5',
  references: ['https://docs.deno.com/runtime/fundamentals/modules/', 'https://jsr.io/docs/npm-compatibility'],
  maturity: 'stable',
  type: 'npm',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'deno.lock', maxBytes: 32 * 1024 * 1024 }],
  parse: parseDenoLock,
});
