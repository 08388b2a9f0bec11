import type { FileFacts } from '../transport.ts';

/** A file of the pool that holds a source's changelog. */
export interface ChangelogFile extends FileFacts {
  /**
   * `debian`: the packaging part of a source, a tarball with `debian/changelog`. `native`: a whole source, likewise.
   * `diff`: format 1.0, a gzipped diff that creates the file. `binary`: a .deb with `usr/share/doc/<package>/changelog.*`.
   */
  readonly kind: 'debian' | 'native' | 'diff' | 'binary';
  /** Below the mirror's base: `pool/main/c/curl/curl_7.88.1-10+deb12u14.debian.tar.xz`. */
  readonly path: string;
  /** Name of the binary package; empty for sources. */
  readonly package: string;
}

/** One source package of a suite, with the files that can tell its history, best first. */
export interface SourceRow {
  readonly source: string;
  readonly version: string;
  readonly files: readonly ChangelogFile[];
}

const KINDS = ['debian', 'native', 'diff', 'binary'] as const;

/**
 * Writes rows, one line each: `source TAB version {TAB kind TAB path TAB size TAB sha256 TAB package}`; the values hold no
 * white space. Rows become bytes at once: values cut out of an index would keep the whole index in memory.
 */
export class RowWriter {
  readonly #done: Buffer[] = [];
  #lines: string[] = [];

  add(row: SourceRow): void {
    const files = row.files.flatMap((file) => [file.kind, file.path, file.size, file.sha256, file.package]);
    this.#lines.push(`${[row.source, row.version, ...files].join('\t')}\n`);
    if (this.#lines.length >= ROWS_AT_ONCE) this.#flush();
  }

  finish(): Buffer {
    this.#flush();
    return Buffer.concat(this.#done);
  }

  #flush(): void {
    this.#done.push(Buffer.from(this.#lines.join(''), 'latin1'));
    this.#lines = [];
  }
}

const ROWS_AT_ONCE = 500;

/** The rows of the wanted sources. The text may hold some 40,000 rows: others are passed over without being split. */
export function findRows(text: Buffer, wanted: ReadonlySet<string>): SourceRow[] {
  const rows: SourceRow[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf(0x0a, start);
    const end = newline < 0 ? text.length : newline;
    const tab = text.indexOf(0x09, start);
    if (tab > start && tab < end && wanted.has(text.toString('latin1', start, tab))) {
      rows.push(parseRow(text.toString('latin1', start, end)));
    }
    start = end + 1;
  }
  return rows;
}

function parseRow(line: string): SourceRow {
  const [source = '', version = '', ...rest] = line.split('\t');
  const files: ChangelogFile[] = [];
  for (let index = 0; index + 5 <= rest.length; index += 5) {
    const [kind = '', path = '', size = '', sha256 = '', name = ''] = rest.slice(index, index + 5);
    const known = KINDS.find((candidate) => candidate === kind);
    if (known) files.push({ kind: known, path, size: Number(size), sha256, package: name });
  }
  return { source, version, files };
}
