import { z } from 'zod';
import { scopesOf } from '#identity/index.ts';
import { findHost, listHosts, listListeners } from '#storage/index.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { notFound } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { byId, known } from '../accounts/rights.ts';
import { exposure, factsOf } from './shape.ts';

const host = z.object({
  id: z.uuid(),
  name: z.string(),
  team: z.uuid().nullable(),
  exposure,
  facts: z.record(z.string(), z.unknown()),
  toldAt: z.iso.datetime().nullable().meta({ description: 'When it last told what runs on it; null: never' }),
  containers: z.number().int(),
  listeners: z.number().int(),
  openFindings: z.number().int(),
});

type HostRow = Awaited<ReturnType<typeof listHosts>>[number];

const show = ({ toldAt, facts, ...rest }: HostRow): z.infer<typeof host> => ({
  ...rest,
  facts: factsOf(facts),
  toldAt: toldAt?.toISOString() ?? null,
});

const list = route({
  id: 'listHosts',
  method: 'GET',
  path: '/api/v1/hosts',
  summary: 'Hosts, with how much runs on each',
  permission: 'inventory:read',
  ...nothing,
  search: z.object(pageSearch),
  answer: pageOf(host),
  async handle({ search: { limit, cursor }, principal }, { query }) {
    const after = readCursor(cursor, z.object({ name: z.string(), id: z.uuid() }));
    const scopes = scopesOf(known(principal), 'inventory:read');
    const rows = await listHosts(query, scopes, { after, limit: limit + 1 });
    return pageFrom(rows, limit, ({ name, id }) => ({ name, id }), show);
  },
});

const get = route({
  id: 'getHost',
  method: 'GET',
  path: '/api/v1/hosts/{id}',
  summary: 'One host',
  permission: 'inventory:read',
  ...nothing,
  params: byId,
  answer: host,
  async handle({ params, principal }, { query }) {
    const found = await findHost(query, scopesOf(known(principal), 'inventory:read'), params.id);
    if (found === undefined) throw notFound('host');
    return show(found);
  },
});

const listeners = route({
  id: 'listListeners',
  method: 'GET',
  path: '/api/v1/hosts/{id}/listeners',
  summary: 'Sockets that listen on a host',
  permission: 'inventory:read',
  ...nothing,
  params: byId,
  search: z.object(pageSearch),
  answer: pageOf(
    z.object({
      id: z.uuid(),
      protocol: z.string(),
      address: z.string(),
      port: z.number().int(),
      process: z.string().nullable(),
      container: z.string().nullable(),
      firstSeenAt: z.iso.datetime(),
    }),
  ),
  async handle({ params, search: { limit, cursor }, principal }, { query }) {
    if (!(await findHost(query, scopesOf(known(principal), 'inventory:read'), params.id))) throw notFound('host');
    const after = readCursor(cursor, z.object({ id: z.uuid() }));
    const rows = await listListeners(query, params.id, { after, limit: limit + 1 });
    const shown = ({ firstSeenAt, ...rest }: (typeof rows)[number]) => ({
      ...rest,
      firstSeenAt: firstSeenAt.toISOString(),
    });
    return pageFrom(rows, limit, ({ id }) => ({ id }), shown);
  },
});

export const hostRoutes: readonly Route[] = [list, get, listeners];
