import { formatToken, hashSecret, newSecret } from '#identity/index.ts';
import {
  addAccount,
  addGrant,
  addToken,
  findAccountByName,
  lastReportAt,
  type Query,
  recordAudit,
} from '#storage/index.ts';

const LIFE_MS = 60 * 60_000;

export interface AdmittedHost {
  /** May upload reports about this host, for an hour. */
  readonly token: string;
  /** When its newest report came; undefined when there is none. */
  readonly lastReportAt: Date | undefined;
}

/** Lets a machine send reports about itself, as a machine account of its own that may do nothing else. Errors are exceptions of the database. */
export function admitHost(query: Query, name: string, now: Date): Promise<AdmittedHost> {
  return query.transaction().execute(async (transaction) => {
    const account = await accountOf(transaction, name, now);
    const secret = newSecret();
    const id = await addToken(transaction, {
      account,
      name: 'this start of the server',
      permissions: ['reports:upload'],
      scope: scopeOf(name),
      hash: hashSecret(secret),
      createdAt: now,
      expiresAt: new Date(now.getTime() + LIFE_MS),
    });
    await recordAudit(transaction, { principal: undefined, action: 'token.add', subject: id, at: now });
    return {
      token: formatToken({ kind: 'machine', id, secret }),
      lastReportAt: await lastReportAt(transaction, { kind: 'host', name }),
    };
  });
}

function scopeOf(name: string) {
  return { kind: 'assets', asset: 'host', prefix: name } as const;
}

/** An account of that name that is there is used with the rights that it has: an administrator may have taken them. */
async function accountOf(query: Query, host: string, now: Date): Promise<string> {
  const name = `host ${host}`.slice(0, 200);
  const found = await findAccountByName(query, name);
  if (found?.kind === 'machine') return found.id;
  const id = await addAccount(query, { kind: 'machine', name, email: null }, now);
  if (id === undefined) throw new Error(`a person has the account ${name}, which is the name for a machine's`);
  await addGrant(query, { account: id, team: null, role: 'agent', scope: scopeOf(host), createdAt: now });
  await recordAudit(query, { principal: undefined, action: 'account.add', subject: id, details: { name }, at: now });
  return id;
}
