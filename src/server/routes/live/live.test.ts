import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Grant, type Principal, permissions, type Scope } from '#identity/index.ts';
import { addAccount, addTeam, enqueue, failJob } from '#storage/index.ts';
import { addMarkedAsset } from '../../../../test/kit/seeded-estate.ts';
import { testContext } from '../../../../test/kit/server-context.ts';
import { emptyStorage } from '../../../../test/kit/storage.ts';
import { createApplication } from '../../application.ts';
import { createLiveHub } from '../../live/index.ts';
import { routes } from '../index.ts';

const storage = await emptyStorage();
const { query } = storage;
const live = createLiveHub(query);
const stopListening = storage.listen('plimsoll_live', live.wake);
const context = { ...testContext(query), live };
const account = (await addAccount(query, { kind: 'person', name: 'ada', email: null }, context.now())) ?? '';
const other = (await addAccount(query, { kind: 'person', name: 'somebody else', email: null }, context.now())) ?? '';
const teams = await Promise.all(['shop', 'bank'].map((name) => addTeam(query, name, context.now())));
const [shop = '', bank = ''] = teams;

let principal: Principal | undefined;
const application = await createApplication({
  context,
  routes,
  authenticate: async () => principal,
  requestsPerMinute: 10_000,
});
const address = await application.listen({ host: '127.0.0.1', port: 0 });
after(async () => {
  await live.close();
  await application.close();
  await stopListening();
});

function reader(scope: Scope, only: Grant['permissions'] = new Set(permissions)): Principal {
  return { account, name: 'ada', kind: 'person', grants: [{ permissions: only, scope }] };
}

interface Event {
  readonly id: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function parse(text: string): Event[] {
  return text.split('\n\n').flatMap((block) => {
    const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s) as [string, string]));
    const event = fields.get('event');
    return event === undefined
      ? []
      : [{ id: fields.get('id') ?? '', event, data: JSON.parse(fields.get('data') ?? '{}') }];
  });
}

async function since(place: string, who: Principal): Promise<Event[]> {
  principal = who;
  const { body, statusCode } = await application.inject({
    url: '/api/v1/live?follow=false',
    headers: { 'last-event-id': place },
  });
  assert.equal(statusCode, 200, body);
  return parse(body);
}

async function end(): Promise<string> {
  principal = reader({ kind: 'all' });
  const { body } = await application.inject('/api/v1/live?follow=false');
  return /^id: (\S+)/.exec(body)?.[1] ?? '';
}

const seed = (path: string, team: string) => addMarkedAsset(query, { kind: 'repository', path, team, account: other });

test('what changes is told to those who may see it, and to nobody else', async () => {
  const place = await end();
  const [mine, theirs] = [await seed('r/shop/', shop), await seed('r/bank/', bank)];
  await query
    .updateTable('finding')
    .set({ state: 'fixed' })
    .where('asset_id', '=', theirs.asset.ids.get('asset') ?? '')
    .execute();
  const idOf = ({ asset }: typeof mine) => asset.ids.get('finding');
  const seen = await since(place, reader({ kind: 'team', team: shop }));
  assert.deepEqual(
    seen.filter(({ event }) => event === 'finding').map(({ data }) => [data['change'], data['subject']]),
    [['opened', idOf(mine)]],
  );
  const all = await since(place, reader({ kind: 'all' }));
  assert.deepEqual(
    all.filter(({ event }) => event === 'finding').map(({ data }) => [data['change'], data['subject'], data['state']]),
    [
      ['opened', idOf(mine), 'open'],
      ['opened', idOf(theirs), 'open'],
      ['fixed', idOf(theirs), 'fixed'],
    ],
  );
  assert.ok(all.some(({ event }) => event === 'exception'));
  assert.ok(!JSON.stringify(seen).includes(theirs.asset.ids.get('exception') ?? 'none'));
  assert.deepEqual(await since(place, reader({ kind: 'all' }, new Set(['inventory:read']))), []);
});

test('dead jobs are told to those who may see how the system does', async () => {
  const place = await end();
  await enqueue(query, { kind: 'weigh', payload: {}, runAt: context.now() });
  const { id } = await query.selectFrom('job').select('id').executeTakeFirstOrThrow();
  await failJob(query, { id }, 'broken', undefined);
  const told = await since(place, reader({ kind: 'all' }));
  assert.deepEqual(
    told.map(({ event, data }) => [event, data['change'], data['kind']]),
    [['job', 'dead', 'weigh']],
  );
  assert.deepEqual(await since(place, reader({ kind: 'team', team: shop })), []);
});

test('of very many findings at once one event is told', async () => {
  const place = await end();
  const { asset } = await seed('r/many/', shop);
  const assetId = asset.ids.get('asset') ?? '';
  const at = context.now();
  const rows = Array.from({ length: 300 }, (_, index) => ({
    asset_id: assetId,
    kind: 'vulnerability',
    rule: `CVE-2026-${index}`,
    subject: 'x',
    title: 't',
    severity: 'high' as const,
    first_seen_at: at,
    last_seen_at: at,
    details: '{}',
  }));
  await query.insertInto('finding').values(rows).execute();
  await query.updateTable('finding').set({ due_at: at }).where('asset_id', '=', assetId).execute();
  const told = (await since(place, reader({ kind: 'team', team: shop }))).filter(({ event }) => event === 'findings');
  assert.deepEqual(
    told.map(({ data }) => [data['subject'], data['count']]),
    [
      [assetId, 300],
      [assetId, 301],
    ],
  );
});

test('what is committed late is not passed over', async () => {
  const place = await end();
  const late = Promise.withResolvers<void>();
  const first = await seed('r/late/', shop);
  const change = (id: string) => query.updateTable('finding').set({ assignee: account }).where('id', '=', id);
  const id = first.asset.ids.get('finding') ?? '';
  const slow = query.transaction().execute(async (transaction) => {
    await transaction.updateTable('finding').set({ assignee: account }).where('id', '=', id).execute();
    await late.promise;
  });
  const second = await seed('r/soon/', shop);
  await change(second.asset.ids.get('finding') ?? '').execute();
  const meanwhile = await since(place, reader({ kind: 'all' }));
  assert.ok(!meanwhile.some(({ data }) => data['change'] === 'changed'));
  late.resolve();
  await slow;
  const rest = await since(meanwhile.at(-1)?.id ?? place, reader({ kind: 'all' }));
  const changed = rest.filter(({ data }) => data['change'] === 'changed').map(({ data }) => data['subject']);
  assert.deepEqual(new Set(changed), new Set([id, second.asset.ids.get('finding')]));
});

test('a browser that watches is told at once, and one whose place is lost is told so', async () => {
  principal = reader({ kind: 'team', team: shop });
  const ending = new AbortController();
  const answer = await fetch(`${address}/api/v1/live`, { signal: ending.signal });
  assert.match(answer.headers.get('content-type') ?? '', /^text\/event-stream/);
  const events: Event[] = [];
  const watching = (async () => {
    let text = '';
    for await (const bytes of answer.body ?? []) {
      text += Buffer.from(bytes).toString();
      events.splice(0, events.length, ...parse(text));
      if (events.some(({ event }) => event === 'finding')) return;
    }
  })();
  await seed('r/bank/', bank);
  const { asset } = await seed('r/shop/', shop);
  await watching;
  ending.abort();
  assert.deepEqual(
    events.filter(({ event }) => event === 'finding').map(({ data }) => data['subject']),
    [asset.ids.get('finding')],
  );
  assert.equal((await since('9223372036854775807-1', reader({ kind: 'all' })))[0]?.event, 'reset');
  const wrong = await application.inject('/api/v1/live?after=elsewhere');
  assert.equal(wrong.statusCode, 400);
});

test('one account watches from so many places and no more', async () => {
  principal = reader({ kind: 'all' });
  const ending = new AbortController();
  const watch = async () => (await fetch(`${address}/api/v1/live`, { signal: ending.signal })).status;
  const statuses: number[] = [];
  for (let index = 0; index < 21; index++) statuses.push(await watch());
  ending.abort();
  assert.deepEqual([statuses.filter((status) => status === 200).length, statuses.at(-1)], [20, 429]);
});
