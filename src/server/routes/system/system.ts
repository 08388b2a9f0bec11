import { statfs } from 'node:fs/promises';
import { z } from 'zod';
import { programVersion } from '#foundation/index.ts';
import { dataSources, lastMigration, systemFigures } from '#storage/index.ts';
import { nothing, type Route, route, type ServerContext } from '../../route.ts';
import { known, needUnlimited } from '../accounts/rights.ts';

const count = z.number().int();

const answer = z.object({
  version: z.string(),
  node: z.string(),
  role: z.enum(['all', 'api', 'worker']),
  startedAt: z.iso.datetime().nullable(),
  database: z.object({
    /** Of PostgreSQL. */
    version: z.string(),
    bytes: count,
    connections: count,
    /** The last change of the tables that was made. */
    migration: z.string(),
  }),
  /** Of the file system with the key file and, where it is the server's own, the database; null where that is not known. */
  disk: z.object({ freeBytes: count, totalBytes: count }).nullable(),
  jobs: z.object({ waiting: count, running: count, dead: count, oldestDueSeconds: z.number() }),
  /** Events that were given to no rule yet. */
  outbox: z.object({ unrouted: count, oldestSeconds: z.number() }),
  /** Messages to channels. `dead` ones wait for a person: see the deliveries. */
  deliveries: z.object({ gathering: count, waiting: count, dead: count }),
  sources: z.array(
    z.object({ name: z.string(), checkedAt: z.iso.datetime().nullable(), appliedAt: z.iso.datetime().nullable() }),
  ),
});

const system = route({
  id: 'getSystem',
  method: 'GET',
  path: '/api/v1/system',
  summary:
    'How the server stands: versions, database, disk, queue, outbox, where its knowledge is from and how old it is',
  permission: 'system:read',
  ...nothing,
  answer,
  async handle({ principal }, context) {
    needUnlimited(known(principal), 'system:read');
    const { query, now, process: own } = context;
    const [{ database, ...work }, migration, sources, disk] = await Promise.all([
      systemFigures(query, now()),
      lastMigration(query),
      dataSources(query),
      diskOf(own),
    ]);
    return {
      version: programVersion,
      node: process.versions.node,
      role: roleOf(own?.role),
      startedAt: own?.startedAt.toISOString() ?? null,
      database: { ...database, migration },
      disk,
      ...work,
      sources: sources.map(({ name, checkedAt, appliedAt }) => ({
        name,
        checkedAt: checkedAt?.toISOString() ?? null,
        appliedAt: appliedAt?.toISOString() ?? null,
      })),
    };
  },
});

function roleOf(role: string | undefined): z.infer<typeof answer>['role'] {
  return role === 'api' || role === 'worker' ? role : 'all';
}

async function diskOf(own: ServerContext['process']): Promise<z.infer<typeof answer>['disk']> {
  try {
    if (own === undefined) return null;
    const { bavail, blocks, bsize } = await statfs(own.directory);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return null;
  }
}

export const systemRoutes: readonly Route[] = [system];
