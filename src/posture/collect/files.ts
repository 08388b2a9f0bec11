import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileFact, FileState, Group, User } from '../evidence.ts';
import type { Known } from '../known.ts';
import { redactDocument, redactText } from '../redact.ts';
import { isAbsent, readSmallText, reasonOf } from './read-text.ts';

/** A path to look at. */
export interface FileWish {
  readonly path: string;
  /** Keep its text, secrets taken out. For small files of configuration only. */
  readonly content?: true;
  /** Also look at what is below it, as many levels as this; 200 entries at most. */
  readonly depth?: number;
}

export interface Names {
  readonly users: Known<readonly User[]>;
  readonly groups: Known<readonly Group[]>;
}

const MAX_ENTRIES = 200;

/** Looks at each path once. */
export async function collectFiles(
  root: string,
  wishes: readonly FileWish[],
  names: Names,
): Promise<Map<string, FileFact>> {
  const facts = new Map<string, FileFact>();
  for (const wish of wishes) await look(root, wish, new NumberNames(names), facts);
  return facts;
}

async function look(root: string, wish: FileWish, names: NumberNames, facts: Map<string, FileFact>): Promise<void> {
  const before = facts.get(wish.path);
  if (before !== undefined && (wish.content !== true || (before.type === 'file' && before.content !== undefined)))
    return;
  const fact = await factAt(root, wish, names);
  facts.set(wish.path, fact);
  if (fact.type !== 'directory' || (wish.depth ?? 0) < 1) return;
  const entries = await readdir(`${root}${wish.path.slice(1)}`).catch(() => undefined);
  if (entries === undefined || entries.length > MAX_ENTRIES) {
    const reason = entries === undefined ? 'its entries cannot be listed' : `it has more than ${MAX_ENTRIES} entries`;
    facts.set(wish.path, { path: wish.path, type: 'unread', reason });
    return;
  }
  for (const entry of entries.sort()) {
    const below = { ...wish, path: join(wish.path, entry), depth: (wish.depth ?? 0) - 1 };
    await look(root, below, names, facts);
  }
}

async function factAt(root: string, { path, content }: FileWish, names: NumberNames): Promise<FileFact> {
  const place = `${root}${path.slice(1)}`;
  try {
    const own = await lstat(place);
    const target = own.isSymbolicLink() ? await realpath(place) : undefined;
    // A mounted host's links lead into this machine, which is another one.
    if (target !== undefined && !target.startsWith(root))
      return { path, type: 'unread', reason: `it is a link that leads out of ${root}` };
    const stats = target === undefined ? own : await stat(place);
    const type = stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : stats.isSocket() ? 'socket' : 'other';
    const state: FileState = {
      path,
      type,
      mode: (stats.mode & 0o7777).toString(8).padStart(4, '0'),
      uid: stats.uid,
      gid: stats.gid,
      ...names.of(stats.uid, stats.gid),
      ...(target !== undefined && { link: `/${target.slice(root.length)}` }),
    };
    return content === true && type === 'file' ? withContent(state, place) : state;
  } catch (error) {
    return isAbsent(error) ? { path, type: 'absent' } : { path, type: 'unread', reason: reasonOf(error) };
  }
}

async function withContent(state: FileState, place: string): Promise<FileFact> {
  const text = await readSmallText(place);
  if ('missing' in text) return state;
  return { ...state, content: state.path.endsWith('.json') ? redactDocument(text.known) : redactText(text.known) };
}

/** Owners by number; the first name of a number counts, as for the system's own tools. */
class NumberNames {
  readonly #users = new Map<number, string>();
  readonly #groups = new Map<number, string>();

  constructor({ users, groups }: Names) {
    const knownUsers = 'known' in users ? users.known : [];
    const knownGroups = 'known' in groups ? groups.known : [];
    for (const { uid, name } of knownUsers.toReversed()) this.#users.set(uid, name);
    for (const { gid, name } of knownGroups.toReversed()) this.#groups.set(gid, name);
  }

  of(uid: number, gid: number): Pick<FileState, 'owner' | 'group'> {
    const owner = this.#users.get(uid);
    const group = this.#groups.get(gid);
    return { ...(owner !== undefined && { owner }), ...(group !== undefined && { group }) };
  }
}
