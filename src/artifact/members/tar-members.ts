import { open } from 'node:fs/promises';
import { posix } from 'node:path';
import { ok, type Result, type TarEntry, unpackFile, walkTar } from '#foundation/index.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { type MemberFile, type Members, unreadableFile } from './members.ts';

/** Real image archives have a few members for each layer. */
const MAX_ENTRIES = 200_000;
const MAX_LINKS = 8;

type Entry = Pick<TarEntry, 'kind' | 'link' | 'bodyOffset' | 'storedSize' | 'sparse'>;

/** Lists an uncompressed tar file by its headers alone; its members are then read in place. */
export async function tarMembers(path: string): Promise<Result<Members, TargetError>> {
  const entries = new Map<string, Entry>();
  const visitor = {
    // The last entry of a name is the one that unpacking would leave.
    entry({ path: name, kind, link, bodyOffset, storedSize, sparse }: TarEntry) {
      if (name !== '' && kind !== 'directory') entries.set(name, { kind, link, bodyOffset, storedSize, sparse });
      return false;
    },
    body: () => undefined,
  };
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const { stream } = unpackFile({ descriptor: file.fd, offset: 0, length: size });
      const walk = await walkTar(stream, visitor, { limits: { maxEntries: MAX_ENTRIES } });
      const broken = walk.problems.find(({ effect }) => effect === 'incomplete');
      if (broken) return targetError('invalid', `${path}: ${broken.message}`);
    } finally {
      await file.close();
    }
  } catch (cause) {
    return unreadableFile(path, cause);
  }
  return ok({ find: async (name) => findMember(path, entries, name) });
}

function findMember(archive: string, entries: ReadonlyMap<string, Entry>, name: string): MemberFile | undefined {
  let wanted = posix.normalize(name);
  for (let links = 0; links <= MAX_LINKS; links += 1) {
    const entry = entries.get(wanted);
    if (entry?.kind === 'file' && !entry.sparse)
      return { path: archive, offset: entry.bodyOffset, length: entry.storedSize };
    // Older Docker replaces a layer that appears twice by a link to the first one.
    if (entry?.kind === 'symlink') wanted = posix.join(posix.dirname(wanted), entry.link);
    else if (entry?.kind === 'hardlink') wanted = entry.link;
    else return undefined;
  }
  return undefined;
}
