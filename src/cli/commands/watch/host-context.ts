import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { FieldContext, UserAccount } from '#detection/index.ts';

/** Names of users and groups of this machine, as they are at the start. */
export async function hostContext(): Promise<FieldContext> {
  const users = new Map<number, UserAccount>();
  for (const [name = '', , uid, , , home = '', shell = ''] of await readTable('/etc/passwd')) {
    users.set(Number(uid), { name, home, shell });
  }
  const groups = new Map((await readTable('/etc/group')).map(([name = '', , gid]) => [Number(gid), name]));
  return { hostname: hostname(), user: (uid) => users.get(uid), group: (gid) => groups.get(gid) };
}

async function readTable(path: string): Promise<string[][]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(':'));
}
