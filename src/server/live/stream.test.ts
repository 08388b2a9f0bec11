import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LiveClient, LiveHub } from './hub.ts';
import { liveStream, placeText, readPlace } from './stream.ts';

const event = {
  transaction: '7',
  id: 1,
  at: new Date(0),
  topic: 'finding',
  change: 'opened',
  subject: 'x',
  asset: null,
};
const audience = { account: 'ada', findings: [], messages: [], system: false } as const;

/** The one client of a hub that gives nothing by itself. */
function watched() {
  const clients: LiveClient[] = [];
  const hub: LiveHub = {
    join: (client) => {
      clients.push(client);
      return () => client.end();
    },
    wake: () => undefined,
    close: async () => undefined,
  };
  const stream = liveStream(hub, 'retry: 1000\n', { transaction: '7', id: 0 }, audience);
  const [client] = clients;
  assert.ok(client);
  return { stream, client };
}

test('a client that does not read is dropped before it holds much, and one that reads gets all', async () => {
  const slow = watched();
  let taken = 0;
  while (slow.client.take([{ ...event, facts: { words: 'x'.repeat(10_000) } }])) taken++;
  assert.ok(taken > 5 && taken < 60, `${taken} were taken`);
  assert.ok(slow.stream.destroyed && !slow.client.beat());
  const reading = watched();
  let text = '';
  reading.stream.on('data', (bytes: Buffer) => {
    text += bytes.toString();
  });
  for (let index = 0; index < 100; index++) {
    assert.ok(reading.client.take([{ ...event, id: index, facts: { words: 'x'.repeat(10_000) } }]));
    await new Promise(setImmediate);
  }
  reading.client.end();
  assert.equal(text.match(/^id: /gm)?.length, 100);
  assert.ok(text.includes('id: 7-99\nevent: finding\ndata: {"change":"opened"'));
});

test('a place is read as it was written, and nothing else is one', () => {
  assert.deepEqual(readPlace(placeText({ transaction: '1234567890123', id: 9 })), {
    transaction: '1234567890123',
    id: 9,
  });
  for (const text of ['', '7', '7-', '-7', '7-1; drop', '7-1.5', `${'9'.repeat(30)}-1`])
    assert.equal(readPlace(text), undefined, text);
});
