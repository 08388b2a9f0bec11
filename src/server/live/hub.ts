import { setTimeout as delay } from 'node:timers/promises';
import { type LiveAudience, type LiveEvent, type LivePlace, liveEvents, type Query } from '#storage/index.ts';
import { RequestProblem } from '../request-problem.ts';
import { observeLiveClients } from '../telemetry/metrics.ts';

/** Somebody who watches. */
export interface LiveClient {
  readonly audience: LiveAudience;
  place: LivePlace;
  /** Takes events; it is not told of more once it returns false. */
  take(events: readonly LiveEvent[]): boolean;
  /** Keeps proxies in between from ending a silent connection; called every quarter of a minute. */
  beat(): boolean;
  end(): void;
}

export interface LiveHub {
  /** Throws when there are too many. The function takes it away again. */
  join(client: LiveClient): () => void;
  /** There may be something new. */
  wake(): void;
  close(): Promise<void>;
}

const MAX_CLIENTS = 1000;
const MAX_OF_ACCOUNT = 20;
const BATCH = 500;
/** What became visible late, behind a transaction that took long, comes without a notice. */
const LOOK_MS = 2000;
/** Many changes at once are one look. */
const GATHER_MS = 100;
const BEAT_MS = 15_000;

/** Gives every client of this process what is new and for it: one query for all that may see the same. */
export function createLiveHub(query: Query): LiveHub {
  const clients = new Set<LiveClient>();
  const ending = new AbortController();
  let waking = Promise.withResolvers<void>();
  const leave = (client: LiveClient): void => {
    if (clients.delete(client)) client.end();
    observeLiveClients(clients.size);
  };
  const beat = setInterval(() => {
    for (const client of clients) if (!client.beat()) leave(client);
  }, BEAT_MS);
  beat.unref();
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const wait = new AbortController();
      const isEmpty = clients.size === 0;
      await Promise.race([waking.promise, isEmpty ? new Promise(() => undefined) : pause(LOOK_MS, wait.signal)]);
      wait.abort();
      waking = Promise.withResolvers();
      await pause(GATHER_MS, ending.signal);
      // The database may be away for a while: everybody goes on from their place when it is back.
      await deliver(query, clients, leave).catch(() => undefined);
    }
  };
  const running = run();
  return {
    join(client) {
      const own = [...clients].filter(({ audience }) => audience.account === client.audience.account);
      if (clients.size >= MAX_CLIENTS || own.length >= MAX_OF_ACCOUNT)
        throw new RequestProblem(429, 'too-many-streams', 'There are too many live streams; close one first.', [], 30);
      clients.add(client);
      observeLiveClients(clients.size);
      waking.resolve();
      return () => leave(client);
    },
    wake: () => waking.resolve(),
    async close() {
      ending.abort();
      clearInterval(beat);
      for (const client of clients) leave(client);
      waking.resolve();
      await running;
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}

async function deliver(
  query: Query,
  clients: ReadonlySet<LiveClient>,
  leave: (client: LiveClient) => void,
): Promise<void> {
  const groups = Map.groupBy(clients, ({ place, audience }) => JSON.stringify([place, audience]));
  for (const group of groups.values()) await deliverTo(query, group, leave);
}

async function deliverTo(
  query: Query,
  group: readonly LiveClient[],
  leave: (client: LiveClient) => void,
): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  let { place } = first;
  for (;;) {
    const found = await liveEvents(query, place, first.audience, BATCH);
    if (found.place.id === place.id && found.place.transaction === place.transaction) return;
    place = found.place;
    for (const client of group) {
      client.place = place;
      if (found.events.length > 0 && !client.take(found.events)) leave(client);
    }
  }
}
