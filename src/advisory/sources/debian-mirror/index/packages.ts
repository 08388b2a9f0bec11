import { versionScheme } from '#versions/index.ts';
import { LineSplitter } from './line-splitter.ts';
import { isPoolPath, isSha256, isSourceName, isVersion } from './pool-path.ts';
import { type ChangelogFile, RowWriter, type SourceRow } from './source-row.ts';
import type { IndexParser } from './sources.ts';

/** So many of a source's binary packages are kept, smallest first: many have only a link to another's documentation. */
const BINARIES_KEPT = 64;

/** Reads a `Packages` index and turns it around: by source, the newest version with its smallest binary packages. */
export function createPackagesParser(): IndexParser {
  const sources = new Map<string, SourceRow>();
  let stanza = emptyStanza();
  const close = (): void => {
    addBinary(sources, stanza);
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
      const writer = new RowWriter();
      for (const row of sources.values()) writer.add(row);
      return writer.finish();
    },
  };
}

interface Stanza {
  package: string;
  version: string;
  source: string;
  filename: string;
  size: string;
  sha256: string;
}

const FIELDS: readonly (readonly [string, keyof Stanza])[] = [
  ['Package: ', 'package'],
  ['Version: ', 'version'],
  ['Source: ', 'source'],
  ['Filename: ', 'filename'],
  ['Size: ', 'size'],
  ['SHA256: ', 'sha256'],
];

function emptyStanza(): Stanza {
  return { package: '', version: '', source: '', filename: '', size: '', sha256: '' };
}

function readLine(line: string, stanza: Stanza): void {
  if (line.startsWith(' ')) return;
  for (const [prefix, field] of FIELDS) {
    if (line.startsWith(prefix)) {
      stanza[field] = line.slice(prefix.length).trim();
      return;
    }
  }
}

/** `Source: glibc (2.36-9)` names the source's version only where it is another than the package's. */
function sourceOf(stanza: Stanza): { source: string; version: string } {
  const match = /^(\S+)(?: \((\S+)\))?$/.exec(stanza.source);
  return { source: match?.[1] ?? stanza.package, version: match?.[2] ?? stanza.version };
}

function addBinary(sources: Map<string, SourceRow>, stanza: Stanza): void {
  const { source, version } = sourceOf(stanza);
  if (!isSourceName(source) || !isVersion(version)) return;
  const known = sources.get(source);
  const order = known ? versionScheme('deb')?.compare(version, known.version) : undefined;
  if (known && (order?.ok !== true || order.value < 0)) return;
  const older = known && order?.ok === true && order.value === 0 ? known.files : [];
  const file = toFile(stanza);
  const files = file === undefined ? older : [...older, file].sort((a, b) => a.size - b.size).slice(0, BINARIES_KEPT);
  sources.set(known ? known.source : flat(source), {
    source: known?.source ?? flat(source),
    version: flat(version),
    files,
  });
}

function toFile(stanza: Stanza): ChangelogFile | undefined {
  const { filename: path, sha256 } = stanza;
  const size = Number(stanza.size);
  const sound =
    isPoolPath(path) && isSha256(sha256) && Number.isSafeInteger(size) && size > 0 && isSourceName(stanza.package);
  return sound
    ? { kind: 'binary', path: flat(path), size, sha256: flat(sha256), package: flat(stanza.package) }
    : undefined;
}

/** A copy that does not keep the text alive which it was cut out of. */
function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
