import { LineSplitter } from './line-splitter.ts';
import { isPoolPath, isSha256, isSourceName, isVersion } from './pool-path.ts';
import { type ChangelogFile, RowWriter, type SourceRow } from './source-row.ts';

/** Condenses an index while it streams by. */
export interface IndexParser {
  readonly push: (chunk: Uint8Array) => void;
  /** The rows, in the form of `source-row.ts`. */
  finish(): Buffer;
}

/** Reads a `Sources` index: https://wiki.debian.org/DebianRepository/Format#A.22Sources.22_Indices */
export function createSourcesParser(): IndexParser {
  const writer = new RowWriter();
  let stanza = emptyStanza();
  const close = (): void => {
    const row = toRow(stanza);
    if (row) writer.add(row);
    stanza = emptyStanza();
  };
  const splitter = new LineSplitter((line) => {
    if (line === '') close();
    else readLine(line, stanza);
  });
  return {
    push: splitter.push,
    finish() {
      splitter.finish();
      close();
      return writer.finish();
    },
  };
}

interface Stanza {
  source: string;
  version: string;
  directory: string;
  /** Kept in the archive only because something was built with it; not the suite's version. */
  extra: boolean;
  inChecksums: boolean;
  readonly checksums: string[];
}

const CHECKSUMS = 'Checksums-Sha256:';
const MAX_FILES = 100;

function emptyStanza(): Stanza {
  return { source: '', version: '', directory: '', extra: false, inChecksums: false, checksums: [] };
}

function readLine(line: string, stanza: Stanza): void {
  if (line.startsWith(' ')) {
    if (stanza.inChecksums && stanza.checksums.length < MAX_FILES) stanza.checksums.push(line);
    return;
  }
  stanza.inChecksums = line.startsWith(CHECKSUMS);
  if (line.startsWith('Package: ')) stanza.source = line.slice(9).trim();
  else if (line.startsWith('Version: ')) stanza.version = line.slice(9).trim();
  else if (line.startsWith('Directory: ')) stanza.directory = line.slice(11).trim();
  else if (line.startsWith('Extra-Source-Only: yes')) stanza.extra = true;
}

function toRow(stanza: Stanza): SourceRow | undefined {
  const { source, version, directory, extra } = stanza;
  if (extra || !isSourceName(source) || !isVersion(version)) return undefined;
  const files = stanza.checksums.map((line) => toFile(line, directory)).filter((file) => file !== undefined);
  const packaging = files.filter((file) => file.kind !== 'native');
  // Beside a packaging part every other tarball is upstream's and has no Debian changelog.
  return { source, version, files: packaging.length > 0 ? packaging : files };
}

function toFile(line: string, directory: string): ChangelogFile | undefined {
  const [sha256 = '', sizeText = '', name = ''] = line.trim().split(/\s+/);
  const kind = fileKind(name);
  const path = `${directory}/${name}`;
  const size = Number(sizeText);
  if (kind === undefined || !isSha256(sha256) || !Number.isSafeInteger(size) || size < 0 || !isPoolPath(path))
    return undefined;
  return { kind, path, size, sha256, package: '' };
}

function fileKind(name: string): 'debian' | 'native' | 'diff' | undefined {
  if (/\.debian\.tar(?:\.\w+)?$/.test(name)) return 'debian';
  if (name.endsWith('.diff.gz')) return 'diff';
  return /\.tar(?:\.\w+)?$/.test(name) && !/\.orig(?:-[\w-]+)?\.tar/.test(name) ? 'native' : undefined;
}
