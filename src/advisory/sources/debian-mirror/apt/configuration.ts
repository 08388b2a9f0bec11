import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '#foundation/index.ts';
import { type AptSettings, parseAptConf } from './apt-conf.ts';
import { parseLogins, type RepositoryLogin } from './credentials.ts';
import { parseDeb822Sources } from './deb822-sources.ts';
import { parseOneLineSources } from './one-line-sources.ts';
import type { SourceEntries, SourceEntry } from './source-entry.ts';

/** What apt on this machine is told: where the repositories are, who signs them and through which proxy they are reached. */
export interface AptConfiguration {
  readonly entries: readonly SourceEntry[];
  readonly settings: AptSettings;
  /** Keyrings that may sign anything which has no `Signed-By`. Existing files. */
  readonly trustedKeyrings: readonly string[];
  readonly logins: readonly RepositoryLogin[];
  readonly problems: readonly Problem[];
}

const MAX_FILE_BYTES = 1 << 20;
const MAX_FILES = 500;

/** Reads the configuration below `root` (`/` for this machine). Missing files are no problem, unreadable ones are. */
export async function readAptConfiguration(root = '/'): Promise<AptConfiguration> {
  const problems: Problem[] = [];
  const etc = join(root, 'etc/apt');
  const settings: AptSettings = new Map();
  const confFiles = [...(await list(join(etc, 'apt.conf.d'), /^[\w-]+(?:\.conf)?$/)), join(etc, 'apt.conf')];
  for (const file of confFiles) {
    const text = await readText(file, problems);
    if (text !== undefined) parseAptConf(text, settings);
  }
  const sources: SourceEntries[] = [];
  const sourceFiles = [
    join(etc, 'sources.list'),
    ...(await list(join(etc, 'sources.list.d'), /^[\w.-]+\.(?:list|sources)$/)),
  ];
  for (const file of sourceFiles) {
    const text = await readText(file, problems);
    if (text === undefined) continue;
    sources.push(file.endsWith('.sources') ? parseDeb822Sources(text, file) : parseOneLineSources(text, file));
  }
  const logins: RepositoryLogin[] = [];
  for (const file of [join(etc, 'auth.conf'), ...(await list(join(etc, 'auth.conf.d'), /\.conf$/))]) {
    const text = await readText(file, problems);
    if (text !== undefined) logins.push(...parseLogins(text));
  }
  problems.push(...countUnused(sources));
  return {
    entries: sources.flatMap((source) => source.entries),
    settings,
    trustedKeyrings: await trustedKeyrings(etc),
    logins,
    problems,
  };
}

function countUnused(sources: readonly SourceEntries[]): Problem[] {
  const malformed = sources.reduce((sum, source) => sum + source.malformed, 0);
  const unsupported = sources.reduce((sum, source) => sum + source.unsupported, 0);
  const problem = (code: string, message: string, count: number): Problem[] =>
    count === 0 ? [] : [{ code, message, effect: 'note', count }];
  return [
    ...problem(
      'apt-source-malformed',
      'A line or paragraph of the apt sources could not be read; it was skipped.',
      malformed,
    ),
    ...problem(
      'apt-source-unsupported',
      'An apt source is no network or file repository (cdrom and the like); it was skipped.',
      unsupported,
    ),
  ];
}

async function trustedKeyrings(etc: string): Promise<string[]> {
  const parts = await list(join(etc, 'trusted.gpg.d'), /\.(?:gpg|asc)$/);
  const candidates = [join(etc, 'trusted.gpg'), ...parts];
  const found: string[] = [];
  for (const file of candidates) {
    const info = await stat(file).catch(() => undefined);
    if (info?.isFile() && info.size > 0 && info.size <= MAX_FILE_BYTES) found.push(file);
  }
  return found;
}

/** Absolute paths of the matching files, sorted as apt reads them. */
async function list(directory: string, pattern: RegExp): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names
    .filter((name) => pattern.test(name))
    .sort()
    .slice(0, MAX_FILES)
    .map((name) => join(directory, name));
}

async function readText(file: string, problems: Problem[]): Promise<string | undefined> {
  try {
    const info = await stat(file);
    if (!info.isFile()) return undefined;
    if (info.size > MAX_FILE_BYTES) throw new Error(`it is larger than ${MAX_FILE_BYTES} bytes`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    problems.push({
      code: 'apt-file-unreadable',
      message: `${file} could not be read: ${reason}`,
      effect: 'note',
      subject: file,
    });
    return undefined;
  }
}
