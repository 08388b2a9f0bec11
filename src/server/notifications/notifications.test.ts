import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, test } from 'node:test';
import { type Principal, permissions } from '#identity/index.ts';
import { publish } from '#storage/index.ts';
import { type Answer, startReceiver } from '../../../test/kit/receiver.ts';
import { testContext } from '../../../test/kit/server-context.ts';
import { emptyStorage } from '../../../test/kit/storage.ts';
import { createApplication } from '../application.ts';
import { jobHandlers } from '../jobs/handlers.ts';
import { runNext } from '../jobs/runner.ts';
import { channelRoutes } from '../routes/channels/channels.ts';
import { deliveryRoutes } from '../routes/deliveries/deliveries.ts';
import { notificationRuleRoutes } from '../routes/notification-rules/notification-rules.ts';

const { query } = await emptyStorage();
let now = new Date('2026-11-24T10:00:00Z');
const context = testContext(query, () => now);
const all = new Set(permissions);
const account = '11111111-1111-4111-8111-111111111111';
const admin: Principal = {
  account,
  name: 'admin',
  kind: 'person',
  grants: [{ permissions: all, scope: { kind: 'all' } }],
};
let principal = admin;
const application = await createApplication({
  context,
  routes: [...channelRoutes, ...notificationRuleRoutes, ...deliveryRoutes],
  authenticate: async () => principal,
  secureCookies: false,
  requestsPerMinute: 100_000,
});
after(() => application.close());

let answer: (count: number) => Answer | undefined = () => ({ status: 202 });
const receiver = await startReceiver((_, count) => answer(count));
after(() => receiver.close());

async function call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) {
  const reply = await application.inject({ method, url: `/api/v1/${url}`, ...(body && { payload: body }) });
  return { status: reply.statusCode, body: reply.body === '' ? undefined : reply.json() };
}

async function work(): Promise<void> {
  const options = {
    context,
    handlers: jobHandlers,
    onFailure: (_: unknown, error: unknown) => assert.fail(String(error)),
  };
  while (await runNext(options, AbortSignal.timeout(60_000)));
}

function later(ms: number): void {
  now = new Date(now.getTime() + ms);
}

async function addTeamFinding(name: string, severity: 'critical' | 'low' = 'critical') {
  const team = await query.insertInto('team').values({ name }).returning('id').executeTakeFirstOrThrow();
  const asset = await query
    .insertInto('asset')
    .values({ kind: 'repository', name: `registry.example/${name}`, team_id: team.id })
    .returning('id')
    .executeTakeFirstOrThrow();
  const finding = await query
    .insertInto('finding')
    .values({
      asset_id: asset.id,
      kind: 'vulnerability',
      rule: 'CVE-2026-1',
      subject: 'openssl',
      title: 'CVE-2026-1 in openssl',
      severity,
      first_seen_at: now,
      last_seen_at: now,
      details: '{}',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { team: team.id, finding: finding.id };
}

let names = 0;
async function addChannel(settings: object = {}, kind = 'webhook', team: string | null = null): Promise<string> {
  const given =
    kind === 'webhook' ? { url: `${receiver.origin}/hook`, secret: 'key-of-signature', ...settings } : settings;
  const added = await call('POST', 'channels', { kind, name: `channel ${names++}`, team, settings: given });
  assert.equal(added.status, 201, JSON.stringify(added.body));
  return added.body.id;
}

async function addRule(channel: string, rule: object = {}): Promise<string> {
  const added = await call('POST', 'notification-rules', {
    name: `rule ${names++}`,
    channel,
    grouping: 'finding',
    ...rule,
  });
  assert.equal(added.status, 201, JSON.stringify(added.body));
  return added.body.id;
}

/** What came since; rules of the test before do not disturb the next. */
async function fresh(): Promise<void> {
  principal = admin;
  await query.deleteFrom('channel').execute();
  receiver.received.length = 0;
  answer = () => ({ status: 202 });
}

test('an event goes to the channel of the rule that is about it, signed, once', async () => {
  await fresh();
  const { finding } = await addTeamFinding('shop-one');
  await addRule(await addChannel(), { filter: { severities: ['critical'], events: ['finding.opened'] } });
  await query.transaction().execute(async (transaction) => {
    await publish(
      transaction,
      { kind: 'finding.opened', at: now, finding },
      { kind: 'finding.assigned', at: now, finding },
    );
  });
  await work();
  assert.equal(receiver.received.length, 1);
  const [request] = receiver.received;
  assert.ok(request);
  assert.equal(request.headers['content-type'], 'application/cloudevents+json; charset=utf-8');
  const event = JSON.parse(request.body);
  assert.equal(event.type, 'dev.plimsoll.finding.opened');
  assert.equal(event.subject, `finding/${finding}`);
  assert.deepEqual(event.data.finding, {
    kind: 'vulnerability',
    rule: 'CVE-2026-1',
    asset: 'registry.example/shop-one',
  });
  const seconds = now.getTime() / 1000;
  const signed = createHmac('sha256', 'key-of-signature').update(`${seconds}.${request.body}`).digest('hex');
  assert.equal(request.headers['plimsoll-signature'], `t=${seconds},v1=${signed}`);
  const { body } = await call('GET', 'deliveries');
  assert.deepEqual([body.items.length, body.items[0].state, body.items[0].attempts], [1, 'delivered', 1]);
  await work();
  assert.equal(receiver.received.length, 1);
});

test('a change that is undone tells nobody, and a job that is done twice tells once', async () => {
  await fresh();
  const { finding } = await addTeamFinding('shop-undone');
  await addRule(await addChannel());
  const undone = query.transaction().execute(async (transaction) => {
    await publish(transaction, { kind: 'finding.opened', at: now, finding });
    throw new Error('undone');
  });
  await assert.rejects(undone);
  await work();
  assert.equal(receiver.received.length, 0);
  await publish(query, { kind: 'finding.opened', at: now, finding });
  const job = await query
    .selectFrom('job')
    .selectAll()
    .where('kind', '=', 'notifications.route')
    .executeTakeFirstOrThrow();
  await query
    .insertInto('job')
    .values({ kind: job.kind, payload: JSON.stringify(job.payload), run_at: now })
    .execute();
  await work();
  assert.equal(receiver.received.length, 1);
});

test('what fails is tried again with pauses, also those that the receiver asks for, and dead letters can be replayed', async () => {
  await fresh();
  const { finding } = await addTeamFinding('shop-failing');
  await addRule(await addChannel());
  answer = (count) => (count === 1 ? { status: 429, headers: { 'retry-after': '3600' } } : { status: 503 });
  await publish(query, { kind: 'finding.opened', at: now, finding });
  await work();
  later(3_599_000);
  await work();
  assert.equal(receiver.received.length, 1);
  later(1000);
  await work();
  assert.equal(receiver.received.length, 2);
  for (let attempt = 3; attempt <= 10; attempt++) {
    later(6 * 3_600_000);
    await work();
    assert.equal(receiver.received.length, attempt);
  }
  later(24 * 3_600_000);
  await work();
  assert.equal(receiver.received.length, 10);
  const { body } = await call('GET', 'deliveries?state=dead');
  assert.equal(body.items.length, 1);
  const [dead] = body.items;
  assert.match(dead.error, /status 503/);
  const shown = await call('GET', `deliveries/${dead.id}`);
  assert.equal(shown.body.attemptLog.length, 10);
  assert.equal(shown.body.events[0].title, 'CVE-2026-1 in openssl');
  answer = () => ({ status: 200 });
  assert.equal((await call('POST', `deliveries/${dead.id}/replay`)).status, 202);
  assert.equal((await call('POST', `deliveries/${dead.id}/replay`)).status, 409);
  await work();
  assert.equal((await call('GET', `deliveries/${dead.id}`)).body.state, 'delivered');
  assert.equal(JSON.parse(receiver.received.at(-1)?.body ?? '').id, JSON.parse(receiver.received[0]?.body ?? '').id);
});

test('what is refused for good is not tried again; no answer at all is', async () => {
  const cases = [
    [() => ({ status: 400 }), 'dead'],
    [() => ({ status: 302, headers: { location: 'http://169.254.169.254/' } }), 'dead'],
    [() => undefined, 'waiting'],
  ] as const;
  for (const [told, state] of cases) {
    await fresh();
    const { finding } = await addTeamFinding(`shop-refused-${names++}`);
    await addRule(await addChannel());
    answer = told;
    await publish(query, { kind: 'finding.opened', at: now, finding });
    await work();
    const { body } = await call('GET', 'deliveries');
    assert.deepEqual([body.items[0].state, receiver.received.length], [state, 1]);
  }
});

test('a digest is one message at its time, and quiet hours put off', async () => {
  await fresh();
  const { finding } = await addTeamFinding('shop-digest');
  const other = await addTeamFinding('shop-digest-other');
  const channel = await addChannel();
  now = new Date('2026-11-25T23:10:00Z');
  await addRule(channel, {
    grouping: 'everything',
    schedule: { kind: 'daily', at: '09:00' },
    timeZone: 'Europe/Berlin',
  });
  await addRule(channel, { quietHours: { from: '22:00', to: '07:00' }, filter: { events: ['finding.fixed'] } });
  for (const one of [finding, other.finding]) {
    await publish(query, { kind: 'finding.opened', at: now, finding: one });
    await work();
  }
  await publish(query, { kind: 'finding.fixed', at: now, finding });
  await work();
  now = new Date('2026-11-26T06:59:59Z');
  await work();
  assert.equal(receiver.received.length, 0);
  now = new Date('2026-11-26T07:00:00Z');
  await work();
  assert.equal(receiver.received.length, 1);
  now = new Date('2026-11-26T08:00:00Z');
  await work();
  assert.equal(receiver.received.length, 2);
  const digest = receiver.received[1];
  assert.equal(digest?.headers['content-type'], 'application/cloudevents-batch+json; charset=utf-8');
  assert.equal(JSON.parse(digest?.body ?? '').length, 3);
});

test('messages of a finding are in one thread, in order', async () => {
  await fresh();
  const { finding } = await addTeamFinding('shop-thread');
  const settings = { token: 'xoxb-hidden', channel: 'C1', apiUrl: receiver.origin };
  await addRule(await addChannel(settings, 'slack'));
  answer = (count) =>
    count === 1
      ? { status: 429, headers: { 'retry-after': '30' } }
      : { body: { ok: true, ts: `1700000000.00${count}` } };
  await publish(query, { kind: 'finding.opened', at: now, finding });
  await work();
  later(1000);
  await publish(query, { kind: 'finding.fixed', at: now, finding });
  await work();
  assert.equal(receiver.received.length, 1);
  later(60_000);
  await work();
  later(60_000);
  await work();
  const bodies = receiver.received.map(({ body }) => JSON.parse(body));
  assert.deepEqual(
    bodies.map(({ text, thread_ts }) => [/opened|fixed/.exec(text)?.[0], thread_ts]),
    [
      ['opened', undefined],
      ['opened', undefined],
      ['fixed', '1700000000.002'],
    ],
  );
});

test('findings that are due are told of once for each due date', async () => {
  await fresh();
  const { finding } = await addTeamFinding('shop-due');
  await addRule(await addChannel());
  const dueAt = new Date(now.getTime() + 4 * 86_400_000 - 3_600_000);
  await query.updateTable('finding').set({ due_at: dueAt }).where('id', '=', finding).execute();
  const told: string[] = [];
  for (let day = 0; day < 6; day++) {
    await query.insertInto('job').values({ kind: 'notifications.due', payload: '{}', run_at: now }).execute();
    await work();
    told.push(receiver.received.map(({ body }) => JSON.parse(body).type.replace('dev.plimsoll.finding.', '')).join());
    later(86_400_000);
  }
  assert.deepEqual(told, ['', 'due-soon', 'due-soon', 'due-soon', 'due-soon,overdue', 'due-soon,overdue']);
});

test('a rule of a team sees what the team owns, and who has a say in one team sees nothing of others', async () => {
  await fresh();
  const mine = await addTeamFinding('team-mine');
  const theirs = await addTeamFinding('team-theirs');
  const everybody = await addChannel();
  principal = { ...admin, grants: [{ permissions: all, scope: { kind: 'team', team: mine.team } }] };
  assert.equal(
    (await call('POST', 'channels', { kind: 'teams', name: 'x', settings: { url: receiver.origin } })).status,
    403,
  );
  assert.equal((await call('GET', `channels/${everybody}`)).status, 404);
  const own = await addChannel({}, 'webhook', mine.team);
  await addRule(own, { team: mine.team });
  assert.equal((await call('POST', 'notification-rules', { name: 'x', channel: own, team: theirs.team })).status, 403);
  assert.equal(
    (await call('POST', 'notification-rules', { name: 'x', channel: everybody, team: mine.team })).status,
    400,
  );
  principal = admin;
  assert.equal((await call('POST', 'notification-rules', { name: 'x', channel: own })).status, 400);
  const exception = { kind: 'exception', id: '1' };
  await publish(
    query,
    { kind: 'finding.opened', at: now, finding: mine.finding },
    { kind: 'finding.opened', at: now, finding: theirs.finding },
    { kind: 'exception.requested', at: now, subject: exception, title: 'theirs', team: theirs.team },
    { kind: 'exception.requested', at: now, subject: exception, title: 'mine', team: mine.team },
    { kind: 'exception.requested', at: now, subject: exception, title: 'of nobody' },
  );
  await work();
  assert.deepEqual(receiver.received.map(({ body }) => JSON.parse(body).data.title).sort(), [
    'CVE-2026-1 in openssl',
    'mine',
  ]);
  principal = { ...admin, grants: [{ permissions: all, scope: { kind: 'team', team: theirs.team } }] };
  assert.deepEqual((await call('GET', 'deliveries')).body.items, []);
  assert.deepEqual((await call('GET', 'channels')).body.items, []);
  assert.deepEqual((await call('GET', 'notification-rules')).body.items, []);
});

test('secrets are neither shown nor kept in the clear, and cannot be sent elsewhere by a change', async () => {
  await fresh();
  const hidden = 'hec-token-hidden';
  const id = await addChannel({ url: receiver.origin, token: hidden }, 'splunk-hec');
  const everything = await Promise.all([call('GET', 'channels'), call('GET', `channels/${id}`)]);
  assert.deepEqual(everything[1]?.body.secrets, ['token']);
  const rows = await query.selectFrom('channel').selectAll().execute();
  const audit = await query.selectFrom('audit_entry').selectAll().execute();
  assert.doesNotMatch(JSON.stringify([everything, rows, audit]), /hec-token-hidden|key-of-signature/);
  const moved = await call('PATCH', `channels/${id}`, { settings: { url: 'https://elsewhere.example' } });
  assert.deepEqual([moved.status, moved.body.fields[0].field], [400, 'body.settings.token']);
  const kept = await call('PATCH', `channels/${id}`, {
    settings: { url: receiver.origin, index: 'main' },
    name: 'renamed',
  });
  assert.deepEqual(
    [kept.status, kept.body.settings, kept.body.name],
    [200, { url: receiver.origin, index: 'main' }, 'renamed'],
  );
  assert.deepEqual((await call('POST', `channels/${id}/test`)).body, { outcome: 'delivered' });
  assert.equal(receiver.received[0]?.headers.authorization, `Splunk ${hidden}`);
});

test('wrong settings, rules and addresses are said to be so', async () => {
  await fresh();
  const cases = [
    ['channels', { kind: 'pigeon', name: 'a', settings: {} }, 'body.kind'],
    [
      'channels',
      { kind: 'webhook', name: 'a', settings: { url: 'ftp://x.example', secret: 'k' } },
      'body.settings.url',
    ],
    [
      'channels',
      { kind: 'webhook', name: 'a', settings: { url: 'https://u:p@x.example', secret: 'k' } },
      'body.settings.url',
    ],
    [
      'channels',
      { kind: 'splunk-hec', name: 'a', settings: { url: 'https://x.example', token: 'a\r\nb: c' } },
      'body.settings.token',
    ],
    ['channels', { kind: 'teams', name: 'a', team: account, settings: { url: 'https://x.example' } }, 'body.team'],
    ['notification-rules', { name: 'a', channel: account }, 'body.channel'],
    ['notification-rules', { name: 'a', channel: account, timeZone: 'Mars/Olympus' }, 'body.timeZone'],
    [
      'notification-rules',
      { name: 'a', channel: account, schedule: { kind: 'daily', at: '25:00' } },
      'body.schedule.at',
    ],
  ] as const;
  for (const [url, body, field] of cases) {
    const answered = await call('POST', url, body);
    assert.deepEqual([answered.status, answered.body.fields?.[0]?.field], [400, field]);
  }
  const inside = await addChannel({ url: 'http://10.0.0.1/' });
  const tested = await call('POST', `channels/${inside}/test`);
  assert.deepEqual([tested.body.outcome, /private/.test(tested.body.error)], ['rejected', true]);
  const kinds = await call('GET', 'channel-kinds');
  assert.equal(kinds.body.items.length, 9);
});

test('rules are changed and removed, and what is changed is in the audit log', async () => {
  await fresh();
  const channel = await addChannel();
  const id = await addRule(channel, { quietHours: { from: '22:00', to: '06:00' } });
  const changed = await call('PATCH', `notification-rules/${id}`, { enabled: false, quietHours: null });
  assert.deepEqual([changed.body.enabled, changed.body.quietHours, changed.body.channel], [false, null, channel]);
  assert.equal((await call('DELETE', `notification-rules/${id}`)).status, 204);
  assert.equal((await call('GET', `notification-rules/${id}`)).status, 404);
  assert.equal((await call('DELETE', `channels/${channel}`)).status, 204);
  const actions = await query.selectFrom('audit_entry').select('action').orderBy('seq', 'desc').limit(5).execute();
  assert.deepEqual(actions.map(({ action }) => action).reverse(), [
    'channel.add',
    'notification-rule.add',
    'notification-rule.change',
    'notification-rule.remove',
    'channel.remove',
  ]);
});
