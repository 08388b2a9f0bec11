import { recordCataloger } from '../records.ts';
import { parseRelease } from './parse.ts';

/** Java runtimes and development kits by the file that says what they are. */
export const jvmRelease = recordCataloger({
  id: 'jvm-release',
  title: 'Java runtimes and development kits by their release file',
  references: ['https://openjdk.org/jeps/223', 'https://openjdk.org/jeps/322'],
  maturity: 'stable',
  type: 'generic',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'name', name: 'release', maxBytes: 1024 * 1024 }],
  parse: parseRelease,
});
