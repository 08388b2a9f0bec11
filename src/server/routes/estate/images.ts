import { z } from 'zod';
import { assetKinds, scopesOf } from '#identity/index.ts';
import { severities } from '#model/index.ts';
import { findAsset, findImage, findingsOf, isVisibleArtifact, layersOf, listImages, tagsOf } from '#storage/index.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { notFound } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { byId, known } from '../accounts/rights.ts';
import { factsOf } from './shape.ts';

const image = z.object({
  id: z.number().int(),
  digest: z.string(),
  digests: z.array(z.string()).meta({ description: 'All by which it is known: of manifest, index and configuration' }),
  platform: z.string().nullable(),
  distribution: z.record(z.string(), z.unknown()).nullable(),
  asset: z.object({ id: z.uuid(), kind: z.enum(assetKinds), name: z.string(), team: z.uuid().nullable() }),
  tags: z.array(z.string()).meta({ description: 'Those that name it now' }),
  current: z
    .boolean()
    .meta({ description: 'A tag names it, it runs somewhere, or it is the newest: what is found in it counts' }),
  running: z.number().int().meta({ description: 'Containers' }),
  packages: z.number().int(),
  complete: z.boolean().meta({ description: 'The list of packages has no hole' }),
  inventoryAt: z.iso
    .datetime()
    .nullable()
    .meta({ description: 'When it was scanned; null: what is in it is not known' }),
  matchedAt: z.iso.datetime().nullable().meta({ description: 'When it was last compared with all advisories' }),
  retiredAt: z.iso.datetime().nullable().meta({ description: 'Since when its registry has no tag for it' }),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
});

type ImageRow = Awaited<ReturnType<typeof listImages>>[number];

function show(row: ImageRow): z.infer<typeof image> {
  const { asset, assetKind, assetName, team, isCurrent, isComplete, distribution, facts: _, ...rest } = row;
  return {
    ...rest,
    digests: [...rest.digests],
    tags: [...rest.tags],
    distribution: distribution === null ? null : factsOf(distribution),
    asset: { id: asset, kind: assetKind, name: assetName, team },
    current: isCurrent,
    complete: isComplete,
    inventoryAt: rest.inventoryAt?.toISOString() ?? null,
    matchedAt: rest.matchedAt?.toISOString() ?? null,
    retiredAt: rest.retiredAt?.toISOString() ?? null,
    firstSeenAt: rest.firstSeenAt.toISOString(),
    lastSeenAt: rest.lastSeenAt.toISOString(),
  };
}

const list = route({
  id: 'listImages',
  method: 'GET',
  path: '/api/v1/images',
  summary: 'Images and other artifacts, the newest first',
  permission: 'inventory:read',
  ...nothing,
  search: z.object({
    ...pageSearch,
    repository: z.uuid().optional().meta({ description: 'Or any other asset' }),
    tag: z.string().max(128).optional(),
    digest: z.string().max(140).optional(),
    running: z.stringbool().optional(),
    old: z.stringbool().default(false).meta({ description: 'Also those that do not count any more' }),
  }),
  answer: pageOf(image),
  async handle({ search: { limit, cursor, repository, tag, digest, running, old }, principal }, { query }) {
    const after = readCursor(cursor, z.object({ id: z.number().int() }));
    const filter = {
      includesOld: old,
      ...(repository !== undefined && { repository }),
      ...(tag !== undefined && { tag }),
      ...(digest !== undefined && { digest }),
      ...(running !== undefined && { isRunning: running }),
    };
    const scopes = scopesOf(known(principal), 'inventory:read');
    const rows = await listImages(query, scopes, filter, { after, limit: limit + 1 });
    return pageFrom(rows, limit, ({ id }) => ({ id }), show);
  },
});

const byNumber = z.object({ id: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER) });

const get = route({
  id: 'getImage',
  method: 'GET',
  path: '/api/v1/images/{id}',
  summary: 'One image or other artifact',
  permission: 'inventory:read',
  ...nothing,
  params: byNumber,
  answer: image,
  async handle({ params, principal }, { query }) {
    const found = await findImage(query, scopesOf(known(principal), 'inventory:read'), params.id);
    if (found === undefined) throw notFound('image');
    return show(found);
  },
});

/** As reports tell of layers; see `factsOf` of the intake. */
const keptLayers = z.object({
  layers: z
    .array(z.object({ diffId: z.string(), size: z.number().nullable(), instruction: z.string(), part: z.string() }))
    .default([]),
});

const layer = z.object({
  diffId: z.string().nullable().meta({ description: 'null: what no layer is known of' }),
  size: z.number().nullable(),
  instruction: z.string().nullable().meta({ description: 'The step of the build that made it' }),
  part: z.enum(['base', 'own', 'unknown']),
  packages: z.number().int().meta({ description: 'That it brought and no later one removed' }),
  findings: z.number().int().meta({ description: 'Open ones that came with it' }),
});

const layers = route({
  id: 'listLayers',
  method: 'GET',
  path: '/api/v1/images/{id}/layers',
  summary: 'Layers of an image from the bottom, with what each brought, base and own',
  permission: 'inventory:read',
  ...nothing,
  params: byNumber,
  answer: z.object({ items: z.array(layer) }),
  async handle({ params, principal }, { query }) {
    const found = await findImage(query, scopesOf(known(principal), 'inventory:read'), params.id);
    if (found === undefined) throw notFound('image');
    const read = keptLayers.safeParse(found.facts);
    const brought = new Map((await layersOf(query, params.id)).map((row) => [row.layer, row]));
    const told = (read.success ? read.data.layers : []).map(({ diffId, size, instruction, part }) => {
      const { packages = 0, findings = 0 } = brought.get(diffId) ?? {};
      brought.delete(diffId);
      return { diffId, size, instruction, part: partOf(part), packages, findings };
    });
    const rest = [...brought.values()].map(({ layer: diffId, packages, findings }) => ({
      ...{ diffId, size: null, instruction: null, part: 'unknown' as const, packages, findings },
    }));
    return { items: [...told, ...rest] };
  },
});

function partOf(text: string): 'base' | 'own' | 'unknown' {
  return text === 'base' || text === 'own' ? text : 'unknown';
}

const findings = route({
  id: 'listImageFindings',
  method: 'GET',
  path: '/api/v1/images/{id}/findings',
  summary: 'Open findings that an image has, the most urgent first',
  permission: 'findings:read',
  ...nothing,
  params: byNumber,
  search: z.object(pageSearch),
  answer: pageOf(
    z.object({
      id: z.uuid(),
      kind: z.string(),
      rule: z.string(),
      subject: z.string(),
      title: z.string(),
      severity: z.enum(severities),
      state: z.string(),
      rank: z.number(),
      dueAt: z.iso.datetime().nullable(),
    }),
  ),
  async handle({ params, search: { limit, cursor }, principal }, { query }) {
    if (!(await isVisibleArtifact(query, scopesOf(known(principal), 'findings:read'), params.id)))
      throw notFound('image');
    const after = readCursor(cursor, z.object({ rank: z.number(), id: z.uuid() }));
    const rows = await findingsOf(query, params.id, { after, limit: limit + 1 });
    const shown = ({ dueAt, ...rest }: (typeof rows)[number]) => ({ ...rest, dueAt: dueAt?.toISOString() ?? null });
    return pageFrom(rows, limit, ({ rank, id }) => ({ rank, id }), shown);
  },
});

const tags = route({
  id: 'listTags',
  method: 'GET',
  path: '/api/v1/assets/{id}/tags',
  summary: 'What the tags of a repository named over time, the newest first',
  permission: 'inventory:read',
  ...nothing,
  params: byId,
  search: z.object({ ...pageSearch, name: z.string().max(128).optional() }),
  answer: pageOf(
    z.object({
      name: z.string(),
      platform: z.string(),
      artifact: z.number().int(),
      digest: z.string(),
      since: z.iso.datetime(),
      until: z.iso.datetime().nullable().meta({ description: 'null: it names it still' }),
    }),
  ),
  async handle({ params, search: { limit, cursor, name }, principal }, { query }) {
    if (!(await findAsset(query, scopesOf(known(principal), 'inventory:read'), params.id))) throw notFound('asset');
    const place = readCursor(
      cursor,
      z.object({ since: z.iso.datetime(), artifact: z.number().int(), name: z.string() }),
    );
    const after = place && { ...place, since: new Date(place.since) };
    const rows = await tagsOf(query, params.id, name, { after, limit: limit + 1 });
    return pageFrom(
      rows,
      limit,
      ({ since, artifact, name: called }) => ({ since: since.toISOString(), artifact, name: called }),
      ({ since, until, ...rest }) => ({ ...rest, since: since.toISOString(), until: until?.toISOString() ?? null }),
    );
  },
});

export const imageRoutes: readonly Route[] = [list, get, layers, findings, tags];
