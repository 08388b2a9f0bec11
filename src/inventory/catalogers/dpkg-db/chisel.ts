import { zstdDecompressSync } from 'node:zlib';
import { asMembers, asText, linesOf, type Members, parseJsonText } from '#foundation/documents/index.ts';
import { err, ok, type Problem, ProblemLog, type Result } from '#foundation/index.ts';
import { type PathList, pathList } from '#model/index.ts';
import { optional } from '../../optional.ts';
import { relative } from '../file-list.ts';
import { isUsable } from '../records.ts';
import type { DpkgRecord } from './parse.ts';
import { knownSource } from './source-names.ts';

const MAX_UNPACKED = 256 * 1024 * 1024;
const MAX_LINE = 1024 * 1024;
const MAX_RECORDS = 50_000;
const MAX_PATHS = 1_000_000;

/** A chisel manifest: the packages of which slices were laid down, and the paths of each. */
export interface ChiselManifest {
  readonly records: readonly DpkgRecord[];
  /** By package. */
  readonly files: Readonly<Record<string, PathList>>;
  readonly problems: readonly Problem[];
}

/**
 * `var/lib/chisel/manifest.wall`: JSON lines packed by zstd. `{"kind":"package","name","version","arch"}` are the packages,
 * `{"kind":"content","slice":"openssl_bins","path":"/usr/bin/openssl"}` says which slice brought a path. The format is that of
 * https://documentation.ubuntu.com/chisel/en/latest/reference/manifest/.
 */
export function parseChisel(bytes: Uint8Array, path: string): ChiselManifest {
  const problems = new ProblemLog();
  const records = new Map<string, DpkgRecord>();
  const files = new Map<string, string[]>();
  const text = unpack(bytes);
  if (!text.ok) problems.add(unreadable(path, text.error));
  let paths = 0;
  for (const line of text.ok ? linesOf(text.value) : []) {
    if (line === '') continue;
    const item = itemOf(line);
    if (item === undefined) problems.add(unreadableLine(path));
    else if (item['kind'] === 'package') addPackage(item, records, path, problems);
    else if (item['kind'] === 'content' && ++paths <= MAX_PATHS) addPath(item, files);
  }
  return {
    records: [...records.values()],
    files: Object.fromEntries([...files].map(([name, owned]) => [name, pathList(owned)])),
    problems: problems.list(),
  };
}

function unpack(bytes: Uint8Array): Result<string> {
  try {
    return ok(zstdDecompressSync(bytes, { maxOutputLength: MAX_UNPACKED }).toString('utf8'));
  } catch {
    return err('it cannot be unpacked');
  }
}

function itemOf(line: string): Members | undefined {
  if (line.length > MAX_LINE) return undefined;
  const value = parseJsonText(line);
  return value.ok ? asMembers(value.value) : undefined;
}

function addPackage(item: Members, records: Map<string, DpkgRecord>, path: string, problems: ProblemLog): void {
  const name = asText(item['name']) ?? '';
  const version = asText(item['version']) ?? '';
  if (!isUsable({ name, version }) || version === '' || records.size >= MAX_RECORDS) {
    problems.add(unusableRecord(path));
    return;
  }
  const source = knownSource(name, version);
  if (source === undefined) problems.add(sourceUnknown(path, name));
  records.set(name, {
    name,
    version,
    ...optional('architecture', asText(item['arch'])),
    source: { name: source ?? name, version },
  });
}

/** Slices are named `<package>_<slice>`; neither part has an underscore. */
function addPath(item: Members, files: Map<string, string[]>): void {
  const [name = ''] = (asText(item['slice']) ?? '').split('_', 1);
  const path = relative(asText(item['path']) ?? '');
  if (name === '' || path === '' || path.endsWith('/') || /[\n\r]/.test(path)) return;
  const known = files.get(name);
  if (known === undefined) files.set(name, [path]);
  else if (known.at(-1) !== path) known.push(path);
}

function unreadable(path: string, reason: string): Problem {
  const message = `A chisel manifest could not be read (${reason}); its packages are missing.`;
  return { code: 'chisel-manifest-unreadable', message, effect: 'incomplete', subject: path };
}

function unreadableLine(path: string): Problem {
  const message = 'A line of a chisel manifest could not be read; a package may be missing.';
  return { code: 'chisel-line-unreadable', message, effect: 'incomplete', subject: path };
}

function unusableRecord(path: string): Problem {
  const message = 'A package record of a chisel manifest has no usable name or version and was left out.';
  return { code: 'chisel-record-unusable', message, effect: 'incomplete', subject: path };
}

/** Unknown is not clean: advisories of Ubuntu speak of sources. */
function sourceUnknown(path: string, name: string): Problem {
  const message =
    'A chisel manifest does not say from which source a package was built, and its name does not tell: advisories about its source ' +
    'may be missed. Keep var/lib/dpkg/status in the image, or scan the image that was cut down.';
  return { code: 'chisel-source-unknown', message, effect: 'incomplete', subject: `${path}: ${name.slice(0, 200)}` };
}
