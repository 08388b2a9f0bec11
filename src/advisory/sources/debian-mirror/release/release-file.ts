import { err, ok, type Result } from '#foundation/index.ts';
import { parseStanzas, words } from '../apt/deb822.ts';
import type { FileFacts } from '../transport.ts';

/** The signed table of contents of a suite: https://wiki.debian.org/DebianRepository/Format */
export interface ReleaseFile {
  readonly origin: string;
  readonly label: string;
  readonly codename: string;
  readonly suite: string;
  /** When it was made, milliseconds since 1970. */
  readonly date: number;
  /** After this nobody should believe it any more; most suites of frozen releases have none. */
  readonly validUntil?: number;
  readonly byHash: boolean;
  /** Last path part of each: the security archive writes `updates/main` and means the directory `main`. */
  readonly components: readonly string[];
  /** By path below the suite's directory, e.g. `main/source/Sources.xz`. Package indexes only. */
  readonly files: ReadonlyMap<string, FileFacts>;
}

const MAX_INDEX_BYTES = 2 ** 31;
const INDEX_PATH = /^[A-Za-z0-9][\w.+-]*\/(?:source\/Sources|binary-[\w-]+\/Packages)(?:\.\w+)?$/;

/** Reads the signed text of an `InRelease` file. */
export function parseReleaseFile(text: string): Result<ReleaseFile> {
  const stanza = parseStanzas(text)[0];
  const date = Date.parse(stanza?.get('date') ?? '');
  if (stanza === undefined || Number.isNaN(date)) return err('it is no release file of a Debian archive');
  const files = parseFiles(stanza.get('sha256') ?? '');
  if (files.size === 0) return err('the release file lists no package index with a SHA256');
  const validUntil = Date.parse(stanza.get('valid-until') ?? '');
  return ok({
    origin: stanza.get('origin') ?? '',
    label: stanza.get('label') ?? '',
    codename: stanza.get('codename') ?? '',
    suite: stanza.get('suite') ?? '',
    date,
    byHash: stanza.get('acquire-by-hash') === 'yes',
    components: words(stanza.get('components')).map((name) => name.slice(name.lastIndexOf('/') + 1)),
    files,
    ...(!Number.isNaN(validUntil) && { validUntil }),
  });
}

function parseFiles(list: string): Map<string, FileFacts> {
  const files = new Map<string, FileFacts>();
  for (const line of list.split('\n')) {
    const [sha256 = '', sizeText = '', path = ''] = words(line);
    const size = Number(sizeText);
    if (!/^[0-9a-f]{64}$/.test(sha256) || !INDEX_PATH.test(path)) continue;
    if (Number.isSafeInteger(size) && size >= 0 && size < MAX_INDEX_BYTES) files.set(path, { sha256, size });
  }
  return files;
}
