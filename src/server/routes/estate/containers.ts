import { z } from 'zod';
import { assetKinds, scopesOf } from '#identity/index.ts';
import { estateCounts, listContainers } from '#storage/index.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { nothing, type Route, route } from '../../route.ts';
import { known } from '../accounts/rights.ts';
import { factsOf } from './shape.ts';

const container = z.object({
  id: z.uuid(),
  key: z.string(),
  name: z.string(),
  image: z.string(),
  digests: z.array(z.string()),
  facts: z.record(z.string(), z.unknown()),
  runsIn: z
    .object({ id: z.uuid(), kind: z.enum(assetKinds), name: z.string() })
    .meta({ description: 'Host or workload' }),
  artifact: z
    .object({ id: z.number().int(), repository: z.uuid(), repositoryName: z.string() })
    .nullable()
    .meta({ description: 'What is known of its image; null: it was never scanned' }),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  goneAt: z.iso.datetime().nullable(),
});

const list = route({
  id: 'listContainers',
  method: 'GET',
  path: '/api/v1/containers',
  summary: 'Containers that run on hosts and in workloads, with what is known of their images',
  permission: 'inventory:read',
  ...nothing,
  search: z.object({
    ...pageSearch,
    asset: z.uuid().optional().meta({ description: 'Host or workload' }),
    image: z.string().min(1).max(300).optional().meta({ description: "Part of the image's name" }),
    digest: z.string().max(140).optional(),
    scanned: z.stringbool().optional().meta({ description: 'false: only those of whose images nothing is known' }),
    gone: z.stringbool().default(false).meta({ description: 'Also those that no longer run' }),
  }),
  answer: pageOf(container),
  async handle({ search: { limit, cursor, asset, image, digest, scanned, gone }, principal }, { query }) {
    const after = readCursor(cursor, z.object({ id: z.uuid() }));
    const filter = {
      includesGone: gone,
      ...(asset !== undefined && { asset }),
      ...(image !== undefined && { image }),
      ...(digest !== undefined && { digest }),
      ...(scanned !== undefined && { isScanned: scanned }),
    };
    const scopes = scopesOf(known(principal), 'inventory:read');
    const rows = await listContainers(query, scopes, filter, { after, limit: limit + 1 });
    return pageFrom(rows, limit, ({ id }) => ({ id }), show);
  },
});

type ContainerRow = Awaited<ReturnType<typeof listContainers>>[number];

function show(row: ContainerRow): z.infer<typeof container> {
  const { asset, assetKind, assetName, artifact, repository, repositoryName, facts, digests, ...rest } = row;
  const isKnown = artifact !== null && repository !== null && repositoryName !== null;
  return {
    ...rest,
    digests: [...digests],
    facts: factsOf(facts),
    runsIn: { id: asset, kind: assetKind, name: assetName },
    artifact: isKnown ? { id: artifact, repository, repositoryName } : null,
    firstSeenAt: rest.firstSeenAt.toISOString(),
    lastSeenAt: rest.lastSeenAt.toISOString(),
    goneAt: rest.goneAt?.toISOString() ?? null,
  };
}

const counts = route({
  id: 'countInventory',
  method: 'GET',
  path: '/api/v1/inventory/counts',
  summary: 'How much there is of everything',
  permission: 'inventory:read',
  ...nothing,
  answer: z.object({
    repositories: z.number().int(),
    images: z.number().int(),
    hosts: z.number().int(),
    projects: z.number().int(),
    workloads: z.number().int(),
    containers: z.number().int(),
    unscannedContainers: z.number().int().meta({ description: 'They run, and nothing is known of what is in them' }),
    unownedAssets: z.number().int(),
    exposedAssets: z.number().int(),
  }),
  handle: ({ principal }, { query }) => estateCounts(query, scopesOf(known(principal), 'inventory:read')),
});

export const containerRoutes: readonly Route[] = [list, counts];
