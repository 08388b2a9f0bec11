import { gunzipSync } from 'node:zlib';
import { err, ok, type Result } from '#foundation/index.ts';
import { compressionOf, decompress } from '../decompress.ts';
import type { ChangelogFile } from '../index/source-row.ts';
import { dataMember } from './deb-archive.ts';
import { TarMemberFinder } from './tar-member.ts';

/** Why there is no changelog. `linkTo`: the binary package shares the documentation of this other one. */
export interface NoChangelog {
  readonly reason: string;
  readonly linkTo?: string;
}

const MAX_CHANGELOG_BYTES = 32 << 20;
const MAX_ARCHIVE_BYTES = 2 ** 31;

/** Takes the text of the changelog out of a file of the pool whose digest has been checked. */
export async function readChangelog(
  file: ChangelogFile,
  bytes: Buffer,
  signal: AbortSignal,
): Promise<Result<string, NoChangelog>> {
  if (file.kind === 'diff') return readFromDiff(bytes);
  if (file.kind === 'binary') return readFromDeb(file, bytes, signal);
  // Sources unpack below a directory of their own; the packaging part does not.
  const wanted = file.kind === 'debian' ? /^debian\/changelog$/ : /^[^/]+\/debian\/changelog$/;
  const finder = new TarMemberFinder((path) => wanted.test(path), MAX_CHANGELOG_BYTES);
  return search(finder, bytes, file.path, signal);
}

async function search(
  finder: TarMemberFinder,
  bytes: Uint8Array,
  name: string,
  signal: AbortSignal,
): Promise<Result<string, NoChangelog>> {
  const compression = compressionOf(name);
  if (compression === undefined) return err({ reason: `${name}: its compression cannot be read` });
  const unpacked = await decompress(bytes, compression, MAX_ARCHIVE_BYTES, finder.push, signal);
  if (!unpacked.ok) return err({ reason: `${name}: ${unpacked.error}` });
  if (finder.found !== undefined) return unpackText(finder.found);
  const linkTo = /^(?:\.\.\/doc\/|\/usr\/share\/doc\/)?([a-z0-9][a-z0-9+.-]*)\/?$/.exec(finder.link ?? '')?.[1];
  return err({ reason: `${name}: no changelog in it`, ...(linkTo !== undefined && { linkTo }) });
}

/** `usr/share/doc/<package>/changelog.Debian.gz`, or `changelog.gz` for native packages. */
async function readFromDeb(
  file: ChangelogFile,
  bytes: Buffer,
  signal: AbortSignal,
): Promise<Result<string, NoChangelog>> {
  const member = dataMember(bytes);
  if (member === undefined) return err({ reason: `${file.path}: it is no Debian package` });
  const directory = `usr/share/doc/${file.package}`;
  const isLink = (path: string): boolean => path === directory;
  const finderFor = (name: string): TarMemberFinder => {
    const path = `${directory}/${name}`;
    return new TarMemberFinder((entry) => entry === path || entry === `${path}.gz`, MAX_CHANGELOG_BYTES, isLink);
  };
  // A non-native package may have upstream's own changelog under the second name, so the first decides.
  const own = await search(finderFor('changelog.Debian'), member.bytes, member.name, signal);
  if (own.ok || own.error.linkTo !== undefined) return own;
  return search(finderFor('changelog'), member.bytes, member.name, signal);
}

function unpackText(bytes: Buffer): Result<string, NoChangelog> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return ok(bytes.toString());
  try {
    return ok(gunzipSync(bytes, { maxOutputLength: MAX_CHANGELOG_BYTES }).toString());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err({ reason: `the changelog cannot be unpacked: ${reason}` });
  }
}

/** Format 1.0: the diff creates `debian/changelog`, so all its lines are additions of one hunk. */
function readFromDiff(bytes: Buffer): Result<string, NoChangelog> {
  const text = unpackText(bytes);
  if (!text.ok) return text;
  const lines: string[] = [];
  let inside = false;
  for (const line of text.value.split('\n')) {
    if (line.startsWith('+++ ')) inside = /^\+\+\+ [^/]+\/debian\/changelog(?:\s|$)/.test(line);
    else if (line.startsWith('--- ') || line.startsWith('diff ')) inside = false;
    else if (inside && line.startsWith('+')) lines.push(line.slice(1));
  }
  return lines.length > 0 ? ok(lines.join('\n')) : err({ reason: 'the diff holds no changelog' });
}
