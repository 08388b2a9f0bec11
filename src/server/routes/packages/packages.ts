import { z } from 'zod';
import { assetKinds, scopesOf } from '#identity/index.ts';
import { packageNames, wherePackage } from '#storage/index.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { nothing, type Route, route } from '../../route.ts';
import { known } from '../accounts/rights.ts';

const place = z.object({
  type: z.string(),
  name: z.string(),
  version: z.string(),
  purl: z.string(),
  artifact: z.object({ id: z.number().int(), digest: z.string(), platform: z.string().nullable() }),
  asset: z.object({ id: z.uuid(), kind: z.enum(assetKinds), name: z.string(), team: z.uuid().nullable() }),
});

const where = route({
  id: 'findPackage',
  method: 'GET',
  path: '/api/v1/packages',
  summary: 'Where a package is: the artifacts that have it',
  permission: 'inventory:read',
  ...nothing,
  search: z.object({
    ...pageSearch,
    name: z
      .string()
      .min(1)
      .max(500)
      .meta({ description: 'Whole, as its ecosystem writes it: org.apache.logging.log4j:log4j-core' }),
    type: z.string().max(40).optional().meta({ description: 'npm, maven, deb, …' }),
    version: z.string().max(400).optional(),
    old: z
      .stringbool()
      .default(false)
      .meta({ description: 'Also artifacts that are neither the newest nor named by a tag' }),
  }),
  answer: pageOf(place),
  async handle({ search: { limit, cursor, name, type, version, old }, principal }, { query }) {
    const after = readCursor(cursor, z.object({ artifact: z.number().int(), id: z.number().int() }));
    const search = {
      name,
      ...(type !== undefined && { type }),
      ...(version !== undefined && { version }),
      includesOld: old,
    };
    const scopes = scopesOf(known(principal), 'inventory:read');
    const rows = await wherePackage(query, scopes, search, { after, limit: limit + 1 });
    return pageFrom(
      rows,
      limit,
      ({ artifact, id }) => ({ artifact, id }),
      ({
        type: kind,
        name: called,
        version: at,
        purl,
        artifact,
        digest,
        platform,
        asset,
        assetKind,
        assetName,
        team,
      }) => ({
        type: kind,
        name: called,
        version: at,
        purl,
        artifact: { id: artifact, digest, platform },
        asset: { id: asset, kind: assetKind, name: assetName, team },
      }),
    );
  },
});

const MAX_NAMES = 20;

const names = route({
  id: 'findPackageNames',
  method: 'GET',
  path: '/api/v1/packages/names',
  summary: 'Names of packages that are somewhere now and have the text in them, the shortest first',
  permission: 'inventory:read',
  ...nothing,
  search: z.object({ text: z.string().trim().min(2).max(200) }),
  answer: z.object({ items: z.array(z.object({ type: z.string(), name: z.string() })) }),
  async handle({ search: { text }, principal }, { query }) {
    return { items: await packageNames(query, scopesOf(known(principal), 'inventory:read'), text, MAX_NAMES) };
  },
});

export const packageRoutes: readonly Route[] = [where, names];
