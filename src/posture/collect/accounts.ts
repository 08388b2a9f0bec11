import type { Evidence, Group, User } from '../evidence.ts';
import { known, missing } from '../known.ts';
import { readSmallText } from './read-text.ts';

const MAX_BYTES = 16 * 1024 * 1024;

/** Users and groups of the machine's own files. Those of directory services are not in them. */
export async function collectAccounts(root: string): Promise<Pick<Evidence, 'users' | 'groups'>> {
  const [passwd, shadow, group] = await Promise.all(
    ['etc/passwd', 'etc/shadow', 'etc/group'].map((name) => readSmallText(`${root}${name}`, MAX_BYTES)),
  );
  const passwords = shadow && 'known' in shadow ? passwordsOf(shadow.known) : new Map<string, User['password']>();
  return {
    users: passwd && 'known' in passwd ? known(parseUsers(passwd.known, passwords)) : (passwd ?? missing('unread')),
    groups: group && 'known' in group ? known(parseGroups(group.known)) : (group ?? missing('unread')),
  };
}

export function parseUsers(passwd: string, passwords: ReadonlyMap<string, User['password']>): User[] {
  return rows(passwd, 7).flatMap(([name = '', , uid, gid, , home = '', shell = '']) => {
    const password = passwords.get(name);
    const user = { name, uid: Number(uid), gid: Number(gid), home, shell, ...(password && { password }) };
    return Number.isSafeInteger(user.uid) && Number.isSafeInteger(user.gid) && name !== '' ? [user] : [];
  });
}

export function parseGroups(text: string): Group[] {
  return rows(text, 4).flatMap(([name = '', , gid, members = '']) =>
    Number.isSafeInteger(Number(gid)) && name !== ''
      ? [{ name, gid: Number(gid), members: members.split(',').filter((member) => member !== '') }]
      : [],
  );
}

/** What kind of password there is; the hash is read over. */
export function passwordsOf(shadow: string): Map<string, User['password']> {
  return new Map(
    rows(shadow, 2).map(([name = '', hash = '']) => [
      name,
      hash === '' ? 'empty' : /^[!*]/.test(hash) ? 'locked' : 'set',
    ]),
  );
}

function rows(text: string, columns: number): string[][] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(':'))
    .filter((row) => row.length >= columns);
}
