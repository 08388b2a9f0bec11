import { z } from 'zod';
import { scopesOf } from '#identity/index.ts';
import { findWorkload, listClusters, listNamespaces, listWorkloads } from '#storage/index.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { notFound } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { byId, known } from '../accounts/rights.ts';
import { exposure, factsOf } from './shape.ts';

const clusters = route({
  id: 'listClusters',
  method: 'GET',
  path: '/api/v1/clusters',
  summary: 'Clusters, with what you may see of them',
  permission: 'inventory:read',
  ...nothing,
  answer: z.object({
    items: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        toldAt: z.iso.datetime(),
        facts: z.record(z.string(), z.unknown()),
        namespaces: z.number().int(),
        workloads: z.number().int(),
        exposed: z.number().int().meta({ description: 'Workloads that are reached from the internet' }),
      }),
    ),
  }),
  async handle({ principal }, { query }) {
    const rows = await listClusters(query, scopesOf(known(principal), 'inventory:read'));
    const items = rows.map(({ toldAt, facts, ...rest }) => ({
      ...rest,
      facts: factsOf(facts),
      toldAt: toldAt.toISOString(),
    }));
    return { items };
  },
});

const namespaces = route({
  id: 'listNamespaces',
  method: 'GET',
  path: '/api/v1/clusters/{id}/namespaces',
  summary: 'Namespaces of a cluster, with what you may see of them',
  permission: 'inventory:read',
  ...nothing,
  params: byId,
  answer: z.object({
    items: z.array(
      z.object({
        name: z.string(),
        labels: z.record(z.string(), z.string()),
        workloads: z.number().int(),
        openFindings: z.number().int(),
      }),
    ),
  }),
  async handle({ params, principal }, { query }) {
    const rows = await listNamespaces(query, scopesOf(known(principal), 'inventory:read'), params.id);
    return { items: rows.map(({ labels, ...rest }) => ({ ...rest, labels: labels ?? {} })) };
  },
});

const workload = z.object({
  id: z.uuid(),
  cluster: z.object({ id: z.uuid(), name: z.string() }),
  namespace: z.string(),
  kind: z.string(),
  name: z.string(),
  team: z.uuid().nullable(),
  labels: z.record(z.string(), z.string()),
  exposure,
  exposedBy: z.array(z.string()).meta({ description: 'Services and ingresses that lead to it' }),
  facts: z.record(z.string(), z.unknown()),
  containers: z.number().int(),
  openFindings: z
    .number()
    .int()
    .meta({ description: 'Of the workload itself; those of its images are with the images' }),
  firstSeenAt: z.iso.datetime(),
  goneAt: z.iso.datetime().nullable(),
});

type WorkloadRow = Awaited<ReturnType<typeof listWorkloads>>[number];

function show({ cluster, clusterName, assetName: _, facts, exposedBy, firstSeenAt, goneAt, ...rest }: WorkloadRow) {
  return {
    ...rest,
    cluster: { id: cluster, name: clusterName },
    facts: factsOf(facts),
    exposedBy: [...exposedBy],
    firstSeenAt: firstSeenAt.toISOString(),
    goneAt: goneAt?.toISOString() ?? null,
  };
}

const workloads = route({
  id: 'listWorkloads',
  method: 'GET',
  path: '/api/v1/workloads',
  summary: 'Workloads, by cluster, namespace and name',
  permission: 'inventory:read',
  ...nothing,
  search: z.object({
    ...pageSearch,
    cluster: z.uuid().optional(),
    namespace: z.string().max(63).optional(),
    exposure: exposure.optional(),
    team: z.uuid().optional(),
    name: z.string().min(1).max(200).optional().meta({ description: 'Part of cluster/namespace/kind/name' }),
    gone: z.stringbool().default(false).meta({ description: 'Also those that are no longer there' }),
  }),
  answer: pageOf(workload),
  async handle(
    { search: { limit, cursor, gone, cluster, namespace, exposure: from, team, name }, principal },
    { query },
  ) {
    const after = readCursor(cursor, z.object({ name: z.string(), id: z.uuid() }));
    const filter = {
      includesGone: gone,
      ...(cluster !== undefined && { cluster }),
      ...(namespace !== undefined && { namespace }),
      ...(from !== undefined && { exposure: from }),
      ...(team !== undefined && { team }),
      ...(name !== undefined && { name }),
    };
    const scopes = scopesOf(known(principal), 'inventory:read');
    const rows = await listWorkloads(query, scopes, filter, { after, limit: limit + 1 });
    return pageFrom(rows, limit, ({ assetName, id }) => ({ name: assetName, id }), show);
  },
});

const get = route({
  id: 'getWorkload',
  method: 'GET',
  path: '/api/v1/workloads/{id}',
  summary: 'One workload',
  permission: 'inventory:read',
  ...nothing,
  params: byId,
  answer: workload,
  async handle({ params, principal }, { query }) {
    const found = await findWorkload(query, scopesOf(known(principal), 'inventory:read'), params.id);
    if (found === undefined) throw notFound('workload');
    return show(found);
  },
});

export const clusterRoutes: readonly Route[] = [clusters, namespaces, workloads, get];
