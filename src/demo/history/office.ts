import { type Principal, permissionsOf } from '#identity/index.ts';
import { routes, type ServerContext } from '#server/index.ts';
import type { Query } from '#storage/index.ts';
import { machines, people } from '../organisation.ts';
import type { Staff } from './people.ts';

export interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly search?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** Where the people of the demo work: what they do goes through the routes of the server, at the time that it is said to have been done. */
export interface Office {
  readonly query: Query;
  readonly staff: Staff;
  /** The answer of the operation; throws what the server would answer instead. */
  perform(id: string, who: string, at: Date, asked: Asked): Promise<unknown>;
}

const byId = new Map(routes.map((one) => [one.id, one]));

export function openOffice(context: ServerContext, staff: Staff): Office {
  const principals = new Map<string, Principal>();
  return {
    query: context.query,
    staff,
    async perform(id, who, at, { params = {}, search = {}, body }) {
      const route = byId.get(id);
      if (route === undefined) throw new RangeError(`there is no operation ${id}`);
      const principal = principals.get(who) ?? principalOf(staff, who);
      principals.set(who, principal);
      const asked = {
        params: route.params.parse(params),
        search: route.search.parse(search),
        body: route.body.parse(body),
        principal,
        headers: {},
        address: '127.0.0.1',
        cookie: { value: undefined, set: () => undefined, clear: () => undefined },
      };
      return route.handle(asked, { ...context, now: () => at });
    },
  };
}

function principalOf(staff: Staff, name: string): Principal {
  const person = people.find((one) => one.name === name);
  const role = person?.role ?? machines.find((one) => one.name === name)?.role;
  if (role === undefined) throw new RangeError(`nobody is called ${name}`);
  return {
    ...staff.actor(name),
    kind: person ? 'person' : 'machine',
    grants: [
      {
        permissions: permissionsOf(role),
        scope: person?.team === undefined ? { kind: 'all' } : { kind: 'team', team: staff.team(person.team) },
      },
    ],
  };
}
