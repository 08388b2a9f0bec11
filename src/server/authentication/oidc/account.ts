import { globPattern } from '#foundation/patterns/index.ts';
import {
  addAccount,
  addExternalIdentity,
  findExternalIdentity,
  type ProviderRule,
  peopleWithEmail,
  type Query,
  recordAudit,
  replaceProvided,
} from '#storage/index.ts';
import { RequestProblem } from '../../request-problem.ts';
import type { Vouched } from './sign-in.ts';

interface Found {
  readonly id: string;
  readonly name: string;
}

/** The account of whom a provider vouches for, made or linked where the provider's settings allow it, with the rights of their groups. In a transaction. */
export async function accountOf(query: Query, vouched: Vouched, now: Date): Promise<Found> {
  const { provider, groups, subject } = vouched;
  const account = await found(query, vouched, now);
  const rules = provider.rules.filter(({ group }) => groups.some((one) => matchesGroup(group, one)));
  await replaceProvided(query, { provider: provider.id, account: account.id, rules }, now);
  await recordAudit(query, {
    principal: { account: account.id, name: account.name },
    action: 'session.identity',
    subject: account.id,
    details: { provider: provider.name, subject, rules: rules.map(shownRule) },
    at: now,
  });
  return account;
}

function matchesGroup(pattern: string, group: string): boolean {
  const glob = globPattern(pattern);
  return glob.ok && glob.value.matches(group);
}

function shownRule(rule: ProviderRule): string {
  return 'team' in rule ? `${rule.group}: team ${rule.team}` : `${rule.group}: ${rule.role}`;
}

async function found(query: Query, vouched: Vouched, now: Date): Promise<Found> {
  const { provider, subject } = vouched;
  const known = await findExternalIdentity(query, provider.id, subject);
  if (known !== undefined) return enabled(known);
  const account = (await linked(query, vouched)) ?? (await made(query, vouched, now));
  await addExternalIdentity(query, { provider: provider.id, subject, account: account.id }, now);
  return account;
}

function enabled({ id, name, disabled }: Found & { readonly disabled: Date | null }): Found {
  if (disabled === null) return { id, name };
  throw new RequestProblem(403, 'account-disabled', 'Your account here is disabled; ask an administrator.');
}

/** Whoever controls the address at the provider gets the account: only where that is meant, and when it is of one person alone. */
async function linked(query: Query, { provider, email }: Vouched): Promise<Found | undefined> {
  if (!provider.link_by_email || email === undefined) return undefined;
  const [first, ...more] = await peopleWithEmail(query, email);
  return first === undefined || more.length > 0 ? undefined : enabled(first);
}

async function made(query: Query, { provider, name, email, subject }: Vouched, now: Date): Promise<Found> {
  if (!provider.make_accounts)
    throw new RequestProblem(403, 'no-account', 'There is no account for you here; ask an administrator.');
  // Shown in every list, so nothing that a terminal or a page would obey.
  const wanted =
    (name ?? subject)
      .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
      .trim()
      .slice(0, 200) || subject;
  const id = await addAccount(query, { kind: 'person', name: wanted, email: email ?? null }, now);
  if (id === undefined)
    throw new RequestProblem(409, 'name-taken', `There is an account ${wanted} already; ask an administrator.`);
  return { id, name: wanted };
}
