import { gunzipSync } from 'node:zlib';
import { asBuffer, DamagedInput, detectCompression, err, ok, type Result, walkTar } from '#foundation/index.ts';
import type { ChangelogFile } from '../index/source-row.ts';
import { unpack } from '../unpack.ts';
import { dataMember } from './deb-archive.ts';

/** Why there is no changelog. `linkTo`: the binary package shares the documentation of this other one. */
export interface NoChangelog {
  readonly reason: string;
  readonly linkTo?: string;
}

const MAX_CHANGELOG_BYTES = 32 << 20;
const MAX_ARCHIVE_BYTES = 2 ** 31;

/** Takes the text of the changelog out of a file of the pool whose digest has been checked. */
export async function readChangelog(file: ChangelogFile, bytes: Buffer): Promise<Result<string, NoChangelog>> {
  try {
    if (file.kind === 'diff') return readFromDiff(bytes);
    return file.kind === 'binary' ? await readFromDeb(file, bytes) : await readFromSource(file, bytes);
  } catch (error) {
    if (!(error instanceof DamagedInput)) throw error;
    return err({ reason: `${file.path}: ${error.message}` });
  }
}

async function readFromSource(file: ChangelogFile, bytes: Buffer): Promise<Result<string, NoChangelog>> {
  // Sources unpack below a directory of their own; the packaging part does not.
  const wanted = file.kind === 'debian' ? /^debian\/changelog$/ : /^[^/]+\/debian\/changelog$/;
  const { contents, problem } = await collect(bytes, (path) => wanted.test(path));
  const changelog = [...contents.values()][0];
  return changelog === undefined ? err({ reason: `${file.path}: ${problem ?? 'no changelog in it'}` }) : ok(changelog);
}

/** `usr/share/doc/<package>/changelog.Debian.gz`, or `changelog.gz` for native packages. */
async function readFromDeb(file: ChangelogFile, bytes: Buffer): Promise<Result<string, NoChangelog>> {
  const data = dataMember(bytes);
  if (data === undefined) return err({ reason: `${file.path}: it is no Debian package` });
  const directory = `usr/share/doc/${file.package}`;
  // A package that is not native may have upstream's own changelog under the second name, so the first goes before it.
  const names = ['changelog.Debian.gz', 'changelog.Debian', 'changelog.gz', 'changelog'].map(
    (name) => `${directory}/${name}`,
  );
  const { contents, links, problem } = await collect(data, (path) => path === directory || names.includes(path));
  const found = names.map((name) => contents.get(name)).find((text) => text !== undefined);
  if (found !== undefined) return ok(found);
  const target = /^(?:\.\.\/doc\/|\/usr\/share\/doc\/)?([a-z0-9][a-z0-9+.-]*)\/?$/.exec(
    links.get(directory) ?? '',
  )?.[1];
  const reason = `${file.path}: ${problem ?? 'no changelog in it'}`;
  return err({ reason, ...(target !== undefined && { linkTo: target }) });
}

/** The texts of the wanted files of a packed tar archive and the targets of the wanted links, by path. */
async function collect(
  bytes: Uint8Array,
  wanted: (path: string) => boolean,
): Promise<{ contents: Map<string, string>; links: Map<string, string>; problem: string | undefined }> {
  const contents = new Map<string, string>();
  const links = new Map<string, string>();
  const limits = { maxMemoryBytes: MAX_CHANGELOG_BYTES, maxContentBytes: MAX_CHANGELOG_BYTES };
  const walk = await walkTar(
    unpack(bytes, MAX_ARCHIVE_BYTES),
    {
      entry({ path, kind, link, size }) {
        if (!wanted(path)) return false;
        if (kind === 'symlink') links.set(path, link);
        return kind === 'file' && size <= MAX_CHANGELOG_BYTES;
      },
      body: ({ path }, content) => void contents.set(path, unpackText(content.bytes())),
    },
    { limits },
  );
  return { contents, links, problem: walk.problems[0]?.message };
}

function unpackText(bytes: Uint8Array): string {
  if (detectCompression(bytes) !== 'gzip') return asBuffer(bytes).toString();
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_CHANGELOG_BYTES }).toString();
  } catch (cause) {
    throw new DamagedInput('changelog-damaged', 'The changelog cannot be unpacked.', { cause });
  }
}

/** Format 1.0: the diff creates `debian/changelog`, so all its lines are additions of one hunk. */
function readFromDiff(bytes: Buffer): Result<string, NoChangelog> {
  const lines: string[] = [];
  let inside = false;
  for (const line of unpackText(bytes).split('\n')) {
    if (line.startsWith('+++ ')) inside = /^\+\+\+ [^/]+\/debian\/changelog(?:\s|$)/.test(line);
    else if (line.startsWith('--- ') || line.startsWith('diff ')) inside = false;
    else if (inside && line.startsWith('+')) lines.push(line.slice(1));
  }
  return lines.length > 0 ? ok(lines.join('\n')) : err({ reason: 'the diff holds no changelog' });
}
