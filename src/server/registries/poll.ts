import { z } from 'zod';
import { fits } from '#findings/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import {
  enqueue,
  findRegistry,
  knownRepositories,
  notePolled,
  reconcileRepository,
  requestRescans,
  type StoredRegistry,
  takeDueRegistries,
} from '#storage/index.ts';
import type { JobHandler } from '../jobs/runner.ts';
import type { ServerContext } from '../route.ts';
import { accessOf, assetName } from './access.ts';
import { createRegistryClient, type RegistryClient } from './client.ts';

export const POLL_REGISTRY = 'registries.poll';
export const DUE_REGISTRIES = 'registries.due';

/** Has those looked through that are due. */
export const pollDue: JobHandler = async (_, { query, now }) => {
  for (const registry of await takeDueRegistries(query, now()))
    await enqueue(query, { kind: POLL_REGISTRY, payload: { registry }, runAt: now(), key: registry });
};

const payload = z.object({ registry: z.uuid(), repository: z.string().optional() });

const DAY_MS = 24 * 60 * 60_000;

/** Looks through a registry, or one repository of it that a notification was about, and brings what is known to what it lists. */
export const pollRegistry: JobHandler = async (given, context, signal) => {
  const { query, now } = context;
  const { registry: id, repository } = payload.parse(given);
  const registry = await findRegistry(query, id);
  if (registry === undefined || !registry.enabled) return;
  const client = createRegistryClient(accessOf(context.secrets, registry), context.outbound, signal);
  const failed =
    repository === undefined
      ? await pollAll(context, registry, client, signal)
      : await pollOne(context, registry, client, repository);
  if (repository === undefined) await notePolled(query, id, failed.ok ? null : failed.error, now());
  const { rescanDays } = registry.settings;
  if (rescanDays !== null)
    await query
      .transaction()
      .execute((transaction) =>
        requestRescans(transaction, id, new Date(now().getTime() - rescanDays * DAY_MS), now()),
      );
};

/** What one repository does not tell leaves the others; all of it is said. */
async function pollAll(
  context: ServerContext,
  registry: StoredRegistry,
  client: RegistryClient,
  signal: AbortSignal,
): Promise<Result<void>> {
  const listed = await repositoriesOf(registry, client);
  if (!listed.ok) return listed;
  const known = await knownRepositories(context.query, registry.id);
  const errors: string[] = [];
  for (const repository of new Set([...listed.value, ...known])) {
    signal.throwIfAborted();
    const done = await pollOne(context, registry, client, repository);
    if (!done.ok) errors.push(done.error);
  }
  return errors.length === 0
    ? ok(undefined)
    : err(`${errors.length} repositories could not be read. ${errors.slice(0, 3).join(' ')}`);
}

/** Registries of services often list no catalogue: names without a pattern in them are then enough. */
async function repositoriesOf(
  { settings }: StoredRegistry,
  client: RegistryClient,
): Promise<Result<readonly string[]>> {
  const patterns = settings.repositories.filter((one) => one.includes('*'));
  const named = settings.repositories.filter((one) => !one.includes('*'));
  if (patterns.length === 0) return ok(named);
  const catalogue = await client.repositories();
  if (!catalogue.ok) return catalogue;
  return ok([
    ...new Set([...named, ...catalogue.value.filter((name) => patterns.some((pattern) => fits(pattern, name)))]),
  ]);
}

async function pollOne(
  { query, now }: ServerContext,
  registry: StoredRegistry,
  client: RegistryClient,
  repository: string,
): Promise<Result<void>> {
  const { repositories, tags: wanted, excludedTags } = registry.settings;
  if (!repositories.some((pattern) => fits(pattern, repository))) return ok(undefined);
  const listed = await client.tags(repository);
  if (!listed.ok) return listed;
  const tags = new Map<string, string | undefined>();
  for (const tag of listed.value) {
    const isWatched =
      wanted.some((pattern) => fits(pattern, tag)) && !excludedTags.some((pattern) => fits(pattern, tag));
    const digest = isWatched ? await client.digest(repository, tag) : ok(undefined);
    // Half a list would make what is missing look gone.
    if (!digest.ok) return digest;
    if (digest.value !== undefined || !isWatched) tags.set(tag, digest.value);
  }
  const asset = assetName(registry, repository);
  await query
    .transaction()
    .execute((transaction) =>
      reconcileRepository(transaction, { registry: registry.id, asset, repository, tags }, now()),
    );
  return ok(undefined);
}
