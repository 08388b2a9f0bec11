import { z } from 'zod';
import { assetKinds, scopesOf } from '#identity/index.ts';
import { findAsset, isVisibleArtifact, listArtifacts, listAssets, listPackages } from '#storage/index.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { notFound } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { known } from '../accounts/rights.ts';

const asset = z.object({
  id: z.uuid(),
  kind: z.enum(assetKinds),
  name: z.string(),
  team: z.uuid().nullable(),
  teamName: z.string().nullable(),
  ownedBy: z.string().nullable().meta({ description: 'explicit, or the rule by which the team owns it' }),
  exposure: z.enum(['internet', 'internal', 'unknown']),
  labels: z.record(z.string(), z.string()),
  openFindings: z.number().int(),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
});

type AssetRow = Awaited<ReturnType<typeof listAssets>>[number];

const show = ({ firstSeenAt, lastSeenAt, openFindings, ...rest }: AssetRow): z.infer<typeof asset> => ({
  ...rest,
  openFindings: openFindings ?? 0,
  firstSeenAt: firstSeenAt.toISOString(),
  lastSeenAt: lastSeenAt.toISOString(),
});

const byId = z.object({ id: z.uuid() });

const list = route({
  id: 'listAssets',
  method: 'GET',
  path: '/api/v1/assets',
  summary: 'Repositories, hosts, projects and workloads, by name',
  permission: 'inventory:read',
  ...nothing,
  search: z.object({
    ...pageSearch,
    kind: z.enum(assetKinds).optional(),
    name: z.string().min(1).max(200).optional().meta({ description: 'Part of the name' }),
    team: z.uuid().optional(),
    unowned: z.stringbool().default(false).meta({ description: 'Only what no team owns' }),
  }),
  answer: pageOf(asset),
  async handle({ search: { limit, cursor, kind, name, team, unowned }, principal }, { query }) {
    const after = readCursor(cursor, z.object({ name: z.string(), id: z.uuid() }));
    const filter = {
      ...(kind && { kind }),
      ...(name !== undefined && { name }),
      ...(team !== undefined && { team }),
      isUnowned: unowned,
    };
    const scopes = scopesOf(known(principal), 'inventory:read');
    const rows = await listAssets(query, scopes, filter, { after, limit: limit + 1 });
    return pageFrom(rows, limit, ({ name, id }) => ({ name, id }), show);
  },
});

const get = route({
  id: 'getAsset',
  method: 'GET',
  path: '/api/v1/assets/{id}',
  summary: 'One asset',
  permission: 'inventory:read',
  ...nothing,
  params: byId,
  answer: asset,
  async handle({ params, principal }, { query }) {
    const found = await findAsset(query, scopesOf(known(principal), 'inventory:read'), params.id);
    if (found === undefined) throw notFound('asset');
    return show(found);
  },
});

const artifact = z.object({
  id: z.number().int(),
  digest: z.string(),
  platform: z.string().nullable(),
  distribution: z.record(z.string(), z.unknown()).nullable(),
  tags: z.array(z.string()).meta({ description: 'Those that name it now' }),
  packages: z.number().int(),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
});

const artifacts = route({
  id: 'listArtifacts',
  method: 'GET',
  path: '/api/v1/assets/{id}/artifacts',
  summary: 'What an asset consisted of over time, the newest first',
  permission: 'inventory:read',
  ...nothing,
  params: byId,
  search: z.object(pageSearch),
  answer: pageOf(artifact),
  async handle({ params, search: { limit, cursor }, principal }, { query }) {
    const scopes = scopesOf(known(principal), 'inventory:read');
    if (!(await findAsset(query, scopes, params.id))) throw notFound('asset');
    const place = readCursor(cursor, z.object({ at: z.iso.datetime(), id: z.number().int() }));
    const after = place && { at: new Date(place.at), id: place.id };
    const rows = await listArtifacts(query, scopes, params.id, { after, limit: limit + 1 });
    return pageFrom(
      rows,
      limit,
      ({ lastSeenAt, id }) => ({ at: lastSeenAt.toISOString(), id }),
      ({ firstSeenAt, lastSeenAt, tags, packages, distribution, ...rest }) => ({
        ...rest,
        distribution: distribution === null ? null : { ...distribution },
        tags: tags ?? [],
        packages: packages ?? 0,
        firstSeenAt: firstSeenAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
      }),
    );
  },
});

const contained = z.object({
  id: z.number().int(),
  type: z.string(),
  name: z.string(),
  version: z.string(),
  purl: z.string(),
  source: z.string().nullable(),
  sourceVersion: z.string().nullable(),
  layer: z.string().nullable(),
  /** Files that say so, or that it consists of. */
  paths: z.array(z.string()),
});

const packages = route({
  id: 'listArtifactPackages',
  method: 'GET',
  path: '/api/v1/artifacts/{id}/packages',
  summary: 'What is in an artifact, by name',
  permission: 'inventory:read',
  ...nothing,
  params: z.object({ id: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER) }),
  search: z.object(pageSearch),
  answer: pageOf(contained),
  async handle({ params, search: { limit, cursor }, principal }, { query }) {
    if (!(await isVisibleArtifact(query, scopesOf(known(principal), 'inventory:read'), params.id)))
      throw notFound('artifact');
    const after = readCursor(cursor, z.object({ name: z.string(), id: z.number().int() }));
    const rows = await listPackages(query, params.id, { after, limit: limit + 1 });
    return pageFrom(
      rows,
      limit,
      ({ name, id }) => ({ name, id }),
      ({ paths, ...row }) => ({ ...row, paths: [...paths] }),
    );
  },
});

export const assetRoutes: readonly Route[] = [list, get, artifacts, packages];
