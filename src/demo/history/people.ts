import type { Principal, Role, Scope } from '#identity/index.ts';
import {
  addAccount,
  addGrant,
  addMember,
  addTeam,
  type Query,
  recordAudit,
  replaceOwnershipRules,
} from '#storage/index.ts';
import { machines, ownershipRules, people, teams } from '../organisation.ts';

export type Actor = Pick<Principal, 'account' | 'name'>;

/** Everybody, by name. */
export interface Staff {
  actor(name: string): Actor;
  /** Id of a team. */
  team(name: string): string;
}

/** Teams, people with their rights, machines and who owns what: the first day of the server. */
export async function hire(query: Query, at: Date): Promise<Staff> {
  const ids = new Map<string, string>();
  const accounts = new Map<string, Actor>();
  const staff: Staff = {
    actor: (name) => present(accounts.get(name), name),
    team: (name) => present(ids.get(name), name),
  };
  const give = async (account: string, role: Role, scope: Scope) => {
    await addGrant(query, { account, team: null, role, scope, createdAt: at });
  };
  for (const { name } of teams) ids.set(name, present(await addTeam(query, name, at), name));
  for (const { name, role, team } of people) {
    const account = await join(query, { kind: 'person', name }, at);
    accounts.set(name, { account, name });
    if (team === undefined) await give(account, role, { kind: 'all' });
    else {
      await addMember(query, staff.team(team), account);
      await give(account, role, { kind: 'team', team: staff.team(team) });
    }
  }
  for (const { name, role } of machines) {
    const account = await join(query, { kind: 'machine', name }, at);
    accounts.set(name, { account, name });
    await give(account, role, { kind: 'all' });
  }
  const administrator = staff.actor('administrator');
  for (const { name } of [...people, ...machines])
    await recordAudit(query, {
      principal: administrator,
      action: 'account.add',
      subject: staff.actor(name).account,
      details: { name },
      at,
    });
  await replaceOwnershipRules(query, { version: 0, rules: ownershipRules }, administrator.account, at);
  await recordAudit(query, {
    principal: administrator,
    action: 'ownership.change',
    subject: 'ownership',
    details: { version: 1 },
    at,
  });
  return staff;
}

async function join(
  query: Query,
  { kind, name }: { readonly kind: 'person' | 'machine'; readonly name: string },
  at: Date,
): Promise<string> {
  const email = kind === 'person' ? `${name}@demo.example` : null;
  return present(await addAccount(query, { kind, name, email }, at), name);
}

function present<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new RangeError(`nobody is called ${name}`);
  return found;
}
