import { z } from 'zod';
import type { Result } from '#foundation/index.ts';
import type { Principal } from '#identity/index.ts';
import type { Query, TeamReach } from '#storage/index.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../paging.ts';
import { type FieldProblem, notFound, RequestProblem } from '../request-problem.ts';
import { nothing, type Route, type RouteRequest, route, type ServerContext } from '../route.ts';
import { audited, byId, known, name } from '../routes/accounts/rights.ts';
import { needReach, reachOf, unlessTaken } from './reach.ts';
import { type Kind, mergeSettings, openSettings, readSettings, sealSettings } from './sealed-settings.ts';

const settings = z.record(z.string().max(100), z.unknown());

/** What every channel and tracker says of itself: without the secrets, of which there are the names. */
export const destinationShape = {
  id: z.uuid(),
  kind: z.string(),
  name: z.string(),
  team: z.uuid().nullable(),
  enabled: z.boolean(),
  /** Without the secret ones. */
  settings,
  /** Names of the secret settings that are set. */
  secrets: z.array(z.string()),
};

interface Content {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly sealed: string;
}

interface NewRow extends Content {
  readonly kind: string;
  readonly team_id: string | null;
}

type NamedKind = Kind & { readonly id: string; readonly title: string };

/** Something outside that users set up with settings, some of them secret: a channel, a tracker. */
export interface Destinations<Row extends NewRow, K extends NamedKind, Answer> {
  /** `Channel`; with an s for several, and in small letters in paths and in the audit log. */
  readonly noun: string;
  readonly kinds: ReadonlyMap<string, K>;
  readonly summaries: Readonly<Record<'kinds' | 'list' | 'get' | 'add' | 'change' | 'remove', string>>;
  readonly answer: z.ZodType<Answer>;
  /** What there is beside `destinationShape`, put together with it. */
  show(base: z.infer<z.ZodObject<typeof destinationShape>>, row: Row): Answer;
  readonly store: {
    add(query: Query, row: NewRow, now: Date): Promise<void>;
    change(query: Query, content: Content, now: Date): Promise<void>;
    remove(query: Query, id: string): Promise<void>;
    find(query: Query, id: string, reach: TeamReach): Promise<Row | undefined>;
    list(query: Query, page: { reach: TeamReach; after: string | undefined; limit: number }): Promise<Row[]>;
  };
}

const body = {
  add: z.strictObject({
    kind: z.string().max(100),
    name,
    team: z.uuid().nullable().default(null),
    enabled: z.boolean().default(true),
    settings,
  }),
  change: z.strictObject({ name: name.optional(), enabled: z.boolean().optional(), settings: settings.optional() }),
};

/** The routes that channels and trackers have in common, and what their other routes need. */
export class DestinationRoutes<Row extends NewRow, K extends NamedKind, Answer> {
  readonly #about: Destinations<Row, K, Answer>;
  readonly #word: string;

  constructor(about: Destinations<Row, K, Answer>) {
    this.#about = about;
    this.#word = about.noun.toLowerCase();
  }

  routes(): Route[] {
    return [this.#kinds(), this.#list(), this.#get(), this.#add(), this.#change(), this.#remove()];
  }

  /** Throws unless there is one in reach. */
  async need({ query }: Pick<ServerContext, 'query'>, id: string, reach: TeamReach): Promise<Row> {
    const found = await this.#about.store.find(query, id, reach);
    if (found === undefined) throw notFound(this.#word);
    return found;
  }

  kindOf(kind: string): K {
    const { kinds } = this.#about;
    const found = kinds.get(kind);
    if (found !== undefined) return found;
    throw new RequestProblem(400, 'invalid-request', `There is no such kind of ${this.#word}.`, [
      { field: 'body.kind', message: `One of ${[...kinds.keys()].join(', ')}.` },
    ]);
  }

  #show(row: Row, secrets: ServerContext['secrets']): Answer {
    const { id, kind, name, team_id: team, enabled } = row;
    const all = openSettings(secrets, row);
    const set = this.kindOf(kind).secrets.filter((secret) => all[secret] !== undefined);
    return this.#about.show({ id, kind, name, team, enabled, settings: { ...row.settings }, secrets: set }, row);
  }

  #valid<Settings>(read: Result<Settings, readonly FieldProblem[]>): Settings {
    if (read.ok) return read.value;
    const detail = `The settings are not as this kind of ${this.#word} needs them.`;
    throw new RequestProblem(400, 'invalid-request', detail, read.error);
  }

  #kinds(): Route {
    const { noun, kinds, summaries } = this.#about;
    return route({
      id: `list${noun}Kinds`,
      method: 'GET',
      path: `/api/v1/${this.#word}-kinds`,
      summary: summaries.kinds,
      permission: 'notifications:write',
      ...nothing,
      answer: z.object({
        items: z.array(
          z.object({ id: z.string(), title: z.string(), secrets: z.array(z.string()), settings: z.looseObject({}) }),
        ),
      }),
      handle: async () => ({
        items: [...kinds.values()].map(({ id, title, secrets, settings: schema }) => ({
          id,
          title,
          secrets: [...secrets],
          settings: { ...z.toJSONSchema(schema, { io: 'input' }) },
        })),
      }),
    });
  }

  #list(): Route {
    const { noun, summaries, answer, store } = this.#about;
    return route({
      id: `list${noun}s`,
      method: 'GET',
      path: `/api/v1/${this.#word}s`,
      summary: summaries.list,
      permission: 'notifications:write',
      ...nothing,
      search: z.object(pageSearch),
      answer: pageOf(answer),
      handle: async ({ search: { limit, cursor }, principal }, { query, secrets }) => {
        const after = readCursor(cursor, z.uuid());
        const rows = await store.list(query, { reach: reachOf(known(principal)), after, limit: limit + 1 });
        return pageFrom(
          rows,
          limit,
          ({ id }) => id,
          (row) => this.#show(row, secrets),
        );
      },
    });
  }

  #get(): Route {
    const { noun, summaries, answer } = this.#about;
    return route({
      id: `get${noun}`,
      method: 'GET',
      path: `/api/v1/${this.#word}s/{id}`,
      summary: summaries.get,
      permission: 'notifications:write',
      ...nothing,
      params: byId,
      answer,
      handle: async ({ params: { id }, principal }, context) =>
        this.#show(await this.need(context, id, reachOf(known(principal))), context.secrets),
    });
  }

  #add(): Route {
    const { noun, summaries, answer } = this.#about;
    return route({
      id: `add${noun}`,
      method: 'POST',
      path: `/api/v1/${this.#word}s`,
      summary: summaries.add,
      permission: 'notifications:write',
      ...nothing,
      body: body.add,
      answer,
      status: 201,
      handle: async (request, context) => this.#added(known(request.principal), request, context),
    });
  }

  async #added(actor: Principal, { body: given }: AddRequest, context: ServerContext): Promise<Answer> {
    needReach(actor, given.team);
    const kind = this.kindOf(given.kind);
    const id = crypto.randomUUID();
    const sealed = sealSettings(context.secrets, kind, id, this.#valid(readSettings(kind, given.settings)));
    return unlessTaken(() =>
      audited(context, actor, async (query) => {
        const { team, ...rest } = given;
        await this.#about.store.add(query, { ...rest, ...sealed, id, team_id: team }, context.now());
        const row = await this.need({ query }, id, 'all');
        const details = { kind: kind.id, name: given.name, team };
        return { answer: this.#show(row, context.secrets), action: `${this.#word}.add`, subject: id, details };
      }),
    );
  }

  #change(): Route {
    const { noun, summaries, answer } = this.#about;
    return route({
      id: `change${noun}`,
      method: 'PATCH',
      path: `/api/v1/${this.#word}s/{id}`,
      summary: summaries.change,
      permission: 'notifications:write',
      ...nothing,
      params: byId,
      body: body.change,
      answer,
      handle: async (request, context) => this.#changed(known(request.principal), request, context),
    });
  }

  async #changed(actor: Principal, request: ChangeRequest, context: ServerContext): Promise<Answer> {
    const { params, body: changes } = request;
    const { id } = params;
    return unlessTaken(() =>
      audited(context, actor, async (query) => {
        const before = await this.need({ query }, id, reachOf(actor));
        const kind = this.kindOf(before.kind);
        const given = changes.settings;
        const merged = given && this.#valid(mergeSettings(kind, openSettings(context.secrets, before), given));
        const sealed = merged
          ? sealSettings(context.secrets, kind, id, this.#valid(readSettings(kind, merged)))
          : before;
        const { name: newName = before.name, enabled = before.enabled } = changes;
        const after = { id, name: newName, enabled, settings: sealed.settings, sealed: sealed.sealed };
        await this.#about.store.change(query, after, context.now());
        const details = { changed: Object.keys(changes), settings: Object.keys(given ?? {}) };
        const row = await this.need({ query }, id, 'all');
        return { answer: this.#show(row, context.secrets), action: `${this.#word}.change`, subject: id, details };
      }),
    );
  }

  #remove(): Route {
    const { noun, summaries, store } = this.#about;
    return route({
      id: `remove${noun}`,
      method: 'DELETE',
      path: `/api/v1/${this.#word}s/{id}`,
      summary: summaries.remove,
      permission: 'notifications:write',
      ...nothing,
      params: byId,
      answer: z.undefined(),
      status: 204,
      handle: ({ params: { id }, principal }, context) => {
        const actor = known(principal);
        return audited(context, actor, async (query) => {
          const { name: removed } = await this.need({ query }, id, reachOf(actor));
          await store.remove(query, id);
          return { answer: undefined, action: `${this.#word}.remove`, subject: id, details: { name: removed } };
        });
      },
    });
  }
}

type AddRequest = Pick<RouteRequest<unknown, unknown, z.infer<typeof body.add>>, 'body'>;
type ChangeRequest = Pick<RouteRequest<z.infer<typeof byId>, unknown, z.infer<typeof body.change>>, 'params' | 'body'>;
