import { setTimeout as delay } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';

/** Ends it. */
export type StopListening = () => Promise<void>;

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;

/**
 * Tells of every notification of a channel, on a connection of its own that is opened again when it ends. Also told of each new connection:
 * what was said while there was none is not said again.
 *
 * @param channel a plain identifier
 */
export function listen(config: ClientConfig, channel: string, onNotice: () => void): StopListening {
  const ending = new AbortController();
  const running = run(config, channel, onNotice, ending.signal);
  return async () => {
    ending.abort();
    await running;
  };
}

async function run(config: ClientConfig, channel: string, onNotice: () => void, signal: AbortSignal): Promise<void> {
  let retryMs = FIRST_RETRY_MS;
  while (!signal.aborted) {
    const client = new Client({ ...config, connectionTimeoutMillis: 5000, keepAlive: true });
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      retryMs = FIRST_RETRY_MS;
      client.on('notification', onNotice);
      onNotice();
      await untilEnded(client, signal);
    } catch {
      // The next attempt is a moment away.
    }
    client.on('error', () => undefined);
    await client.end().catch(() => undefined);
    await delay(retryMs, undefined, { signal }).catch(() => undefined);
    retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
  }
}

function untilEnded(client: Client, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  client.on('error', () => resolve());
  client.on('end', () => resolve());
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
