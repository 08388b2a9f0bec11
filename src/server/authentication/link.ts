import { err, ok, type Result } from '#foundation/index.ts';
import { formatToken, hashPassword, hashSecret, newSecret, parseToken, passwordProblem } from '#identity/index.ts';
import {
  addAccount,
  addGrant,
  addLink,
  endSessions,
  findAccount,
  findAccountByName,
  hasAdministrator,
  type Query,
  recordAudit,
  removeLinks,
  setPassword,
  takeLink,
} from '#storage/index.ts';
import { RequestProblem } from '../request-problem.ts';

const LIFE_MS = 24 * 60 * 60_000;

/** A new link by which a person sets a password, once, within a day. `account` is null for the first administrator. */
export async function makeLink(
  query: Query,
  account: string | null,
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const secret = newSecret();
  const expiresAt = new Date(now.getTime() + LIFE_MS);
  const id = await addLink(query, { hash: hashSecret(secret), account, expiresAt });
  return { token: formatToken({ kind: 'link', id, secret }), expiresAt };
}

/** Where the console takes a link. Behind `#`, so that it is in no log and sent to nobody. */
function linkAddress(address: string, token: string): string {
  return `${address}/welcome#${token}`;
}

export interface UsedLink {
  readonly token: string;
  readonly password: string;
  /** Of the first administrator, who has no account yet. */
  readonly name?: string | undefined;
}

/** Sets the password; the name of the account. A password that is refused leaves the link as it is. */
export function useLink(query: Query, link: UsedLink, now: Date): Promise<{ readonly name: string }> {
  return query.transaction().execute(async (transaction) => {
    const read = parseToken(link.token);
    const taken =
      read?.kind === 'link' ? await takeLink(transaction, read.id, hashSecret(read.secret), now) : undefined;
    if (taken === undefined)
      throw new RequestProblem(403, 'wrong-link', 'This link is mistyped, over or used; ask for a new one.');
    const { id, name } = taken.account
      ? await accountOf(transaction, taken.account)
      : await makeFirstAdministrator(transaction, link.name, now);
    await setPassword(transaction, id, await hashed(link.password, name));
    await removeLinks(transaction, taken.account);
    await endSessions(transaction, id);
    await recordAudit(transaction, {
      principal: { account: id, name },
      action: taken.account ? 'account.password-set-by-link' : 'account.first-administrator',
      subject: id,
      at: now,
    });
    return { name };
  });
}

/** Throws for a password that cannot be taken. */
export async function hashed(password: string, name: string, field = 'body.password'): Promise<object> {
  const problem = passwordProblem(password, name);
  if (problem === undefined) return hashPassword(password);
  throw new RequestProblem(400, 'invalid-request', problem, [{ field, message: problem }]);
}

async function accountOf(query: Query, id: string): Promise<{ readonly id: string; readonly name: string }> {
  const account = await findAccount(query, id);
  if (account?.kind === 'person') return account;
  throw new RequestProblem(403, 'wrong-link', 'The account of this link is gone; ask for a new one.');
}

async function makeFirstAdministrator(
  query: Query,
  name: string | undefined,
  now: Date,
): Promise<{ readonly id: string; readonly name: string }> {
  if (await hasAdministrator(query))
    throw new RequestProblem(409, 'administrator-exists', 'There is an administrator already; ask for an account.');
  if (name === undefined)
    throw new RequestProblem(400, 'invalid-request', 'The first administrator needs a name.', [
      { field: 'body.name', message: 'Give the name that you want to sign in with.' },
    ]);
  const id = await addAccount(query, { kind: 'person', name, email: null }, now);
  if (id === undefined) throw new RequestProblem(409, 'name-taken', 'There is an account of this name.');
  await addGrant(query, { account: id, team: null, role: 'admin', scope: { kind: 'all' }, createdAt: now });
  return { id, name };
}

/** The address of a link for the first administrator. The error is a whole sentence. */
export async function makeAdministratorLink(query: Query, address: string, now: Date): Promise<Result<string>> {
  return query.transaction().execute(async (transaction) => {
    if (await hasAdministrator(transaction))
      return err('There is an administrator already; give the name of an account.');
    return ok(linkAddress(address, (await makeLink(transaction, null, now)).token));
  });
}

/** For whoever has the data of the server: nothing that they could not do anyway, but in the audit log. */
export async function makeOwnLink(
  query: Query,
  { name, address }: { readonly name: string; readonly address: string },
  now: Date,
): Promise<Result<string>> {
  return query.transaction().execute(async (transaction) => {
    const account = await findAccountByName(transaction, name);
    if (account?.kind !== 'person') return err(`There is no person with the account ${name}.`);
    const { token } = await makeLink(transaction, account.id, now);
    await recordAudit(transaction, { principal: undefined, action: 'account.link', subject: account.id, at: now });
    return ok(linkAddress(address, token));
  });
}
