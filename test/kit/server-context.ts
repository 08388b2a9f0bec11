import { createOutbound } from '../../src/server/outbound/index.ts';
import type { ServerContext } from '../../src/server/route.ts';
import { createSecretBox } from '../../src/server/secrets/index.ts';

/** What routes and jobs work with, for tests: loopback servers may be talked to, and time stands still unless `now` says otherwise. */
export function testContext(
  query: ServerContext['query'],
  now: () => Date = () => new Date('2026-11-24T10:00:00Z'),
): ServerContext {
  return {
    query,
    now,
    origin: () => 'https://plimsoll.example',
    secrets: createSecretBox(Buffer.alloc(32, 7)),
    outbound: createOutbound({ allowed: ['127.0.0.1', '::1'], timeoutMs: 2000 }),
  };
}
