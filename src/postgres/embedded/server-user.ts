import { readFileSync } from 'node:fs';

/** Whom the server runs as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const NAMES = ['plimsoll', 'postgres', 'nobody'];

/** PostgreSQL refuses to run as root: then it runs as a user without rights. Undefined: as whoever started us. */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = new Map(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name = '', , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]),
  );
  return NAMES.map((name) => users.get(name)).find((user) => user !== undefined && user.uid > 0);
}
