import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, test } from 'node:test';
import { type Principal, permissions } from '#identity/index.ts';
import { applyChange } from '#storage/index.ts';
import { type Answer, type Received, startReceiver } from '../../../test/kit/receiver.ts';
import { testContext } from '../../../test/kit/server-context.ts';
import { emptyStorage } from '../../../test/kit/storage.ts';
import { createApplication } from '../application.ts';
import { jobHandlers } from '../jobs/handlers.ts';
import { runNext } from '../jobs/runner.ts';
import { ticketRoutes } from '../routes/tickets/tickets.ts';
import { trackerRoutes } from '../routes/tickets/trackers.ts';
import { webhookRoutes } from '../routes/tickets/webhooks.ts';
import { pollTrackers } from './ticket-jobs.ts';

const { query } = await emptyStorage();
let now = new Date('2026-11-24T10:00:00Z');
const context = testContext(query, () => now);
const principal: Principal = {
  account: '11111111-1111-4111-8111-111111111111',
  name: 'admin',
  kind: 'person',
  grants: [{ permissions: new Set(permissions), scope: { kind: 'all' } }],
};
const application = await createApplication({
  context,
  routes: [...trackerRoutes, ...ticketRoutes, ...webhookRoutes],
  authenticate: async () => principal,
  secureCookies: false,
  requestsPerMinute: 100_000,
});
after(() => application.close());

async function call(method: 'GET' | 'POST', url: string, body?: object) {
  const reply = await application.inject({ method, url: `/api/v1/${url}`, ...(body && { payload: body }) });
  return { status: reply.statusCode, body: reply.body === '' ? undefined : reply.json() };
}

const failures: string[] = [];
async function work(): Promise<void> {
  const onFailure = (_: unknown, error: unknown) => void failures.push(String(error));
  while (await runNext({ context, handlers: jobHandlers, onFailure }, AbortSignal.timeout(60_000)));
}

function later(ms: number): void {
  now = new Date(now.getTime() + ms);
}

async function addFinding(name: string): Promise<string> {
  const asset = await query
    .insertInto('asset')
    .values({ kind: 'repository', name: `registry.example/${name}`, team_id: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id } = await query
    .insertInto('finding')
    .values({
      asset_id: asset.id,
      kind: 'vulnerability',
      rule: 'CVE-2026-1',
      subject: 'openssl',
      title: 'CVE-2026-1 in [openssl] /close @all',
      severity: 'critical',
      first_seen_at: now,
      last_seen_at: now,
      details: '{}',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function stateOf(finding: string): Promise<string | undefined> {
  return (await query.selectFrom('finding').select('state').where('id', '=', finding).executeTakeFirst())?.state;
}

async function fix(finding: string): Promise<void> {
  const change = { kind: 'fix', provenBy: ['sha256:1'] } as const;
  await query.transaction().execute((one) => applyChange(one, finding, change, { actor: undefined, at: now }));
}

const SECRET = 'a-secret-of-the-hook';
const signature = (body: string, secret = SECRET) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

async function send(tracker: string, headers: Readonly<Record<string, string>>, body: string) {
  const url = `/api/v1/webhooks/trackers/${tracker}`;
  const reply = await application.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    payload: body,
  });
  return [reply.statusCode, reply.json()['isTaken']];
}

/** Issues as version 4 of GitLab's interface has them. */
function fakeGitlab() {
  const issue = { state: 'opened', labels: ['plimsoll'], notes: [] as string[], title: '', description: '' };
  let isThere = false;
  let failing: Answer | undefined;
  const shown = () => ({
    id: 900,
    iid: 4,
    project_id: 7,
    web_url: 'https://gitlab.example/shop/app/-/issues/4',
    state: issue.state,
    labels: issue.labels,
    title: issue.title,
  });
  const answer = ({ method, path, body, headers }: Received): Answer => {
    if (failing) return failing;
    if (headers['private-token'] !== 'glpat-hidden') return { status: 401, body: { message: '401 Unauthorized' } };
    const { pathname } = new URL(path, 'http://gitlab.example');
    const given = body === '' ? {} : JSON.parse(body);
    const base = '/api/v4/projects/shop%2Fapp/issues';
    if (pathname === base && method === 'GET') return { body: isThere ? [shown()] : [] };
    if (pathname === base) {
      isThere = true;
      issue.labels = given.labels.split(',');
      issue.title = given.title;
      issue.description = given.description;
      return { status: 201, body: shown() };
    }
    if (pathname === `${base}/4/notes`) {
      issue.notes.push(given.body);
      return { status: 201, body: { id: 1 } };
    }
    if (pathname !== `${base}/4`) return { status: 404, body: { message: '404 Not found' } };
    if (method === 'PUT') issue.state = given.state_event === 'close' ? 'closed' : 'opened';
    return { body: shown() };
  };
  return { issue, answer, fail: (told: Answer | undefined) => (failing = told) };
}

test('a ticket on GitLab goes both ways, and its webhook tells at once', async () => {
  const gitlab = fakeGitlab();
  const server = await startReceiver(gitlab.answer);
  after(() => server.close());
  const finding = await addFinding('gitlab');
  const settings = {
    url: server.origin,
    token: 'glpat-hidden',
    project: 'shop/app',
    labels: ['severity::{severity}'],
    webhookSecret: SECRET,
  };
  const tracker = await call('POST', 'trackers', { kind: 'gitlab', name: 'gitlab', settings });
  assert.equal(tracker.status, 201, JSON.stringify(tracker.body));
  assert.doesNotMatch(JSON.stringify(tracker.body), /glpat-hidden|a-secret-of/);
  // The first attempts are refused with too many requests and a fault of the server.
  const { body } = await call('POST', 'tickets', { finding, tracker: tracker.body.id });
  for (const status of [429, 502]) {
    gitlab.fail({ status, headers: { 'retry-after': '1' } });
    await work();
    later(600_000);
  }
  assert.equal(failures.length, 2);
  gitlab.fail(undefined);
  await work();
  const made = (await call('GET', `tickets/${body.id}`)).body;
  assert.deepEqual([made.key, made.url], ['4', 'https://gitlab.example/shop/app/-/issues/4']);
  assert.deepEqual(gitlab.issue.labels, ['plimsoll', `plimsoll-${body.id}`, 'severity::critical']);
  assert.ok(!/(?:^|\n)\/close|@all/.test(gitlab.issue.description), gitlab.issue.description);

  gitlab.issue.labels.push('in progress');
  later(1000);
  const hook = JSON.stringify({
    object_kind: 'issue',
    event_type: 'issue',
    object_attributes: { iid: 4, state: 'closed' },
  });
  const { id } = tracker.body;
  assert.deepEqual(await send(id, { 'x-gitlab-token': 'another-secret-here' }, hook), [401, undefined]);
  assert.deepEqual(await send(id, {}, hook), [401, undefined]);
  assert.deepEqual(await send('00000000-0000-4000-8000-000000000000', { 'x-gitlab-token': SECRET }, hook), [
    401,
    undefined,
  ]);
  assert.deepEqual(await send(id, { 'x-gitlab-token': SECRET }, JSON.stringify({ object_kind: 'push' })), [202, false]);
  const asked = server.received.length;
  for (let times = 0; times < 3; times++)
    assert.deepEqual(await send(id, { 'x-gitlab-token': SECRET }, hook), [202, true]);
  await work();
  // What it says of the state is not believed: the issue is asked for, once.
  assert.equal(server.received.length, asked + 1);
  assert.equal(await stateOf(finding), 'in-progress');

  await fix(finding);
  await work();
  assert.deepEqual([gitlab.issue.state, gitlab.issue.notes.length], ['closed', 1]);
  gitlab.issue.state = 'opened';
  later(1000);
  await send(id, { 'x-gitlab-token': SECRET }, hook);
  await work();
  // The same once more, much later: nothing new comes of it.
  later(86_400_000);
  await send(id, { 'x-gitlab-token': SECRET }, hook);
  await work();
  const { conflicts } = (await call('GET', `tickets/${body.id}`)).body;
  assert.equal(conflicts.length, 1);
  assert.equal(await stateOf(finding), 'fixed');
});

const SYS_ID = '0123456789abcdef0123456789abcdef';

/** Records as the Table API of ServiceNow has them. */
function fakeServiceNow() {
  const record: Record<string, string> = { sys_id: SYS_ID, number: 'INC0010001', state: '1' };
  const notes: string[] = [];
  let isThere = false;
  const answer = ({ method, path, body, headers }: Received): Answer | undefined => {
    if (headers.authorization !== `Basic ${Buffer.from('bot:sn-hidden').toString('base64')}`)
      return { status: 401, body: { error: { message: 'User Not Authenticated' }, status: 'failure' } };
    const { pathname } = new URL(path, 'http://servicenow.example');
    if (pathname === '/api/now/table/incident' && method === 'GET')
      return { body: { result: isThere ? [record] : [] } };
    if (pathname === '/api/now/table/incident') {
      isThere = true;
      Object.assign(record, JSON.parse(body));
      return { status: 201, body: { result: record } };
    }
    if (pathname !== `/api/now/table/incident/${SYS_ID}`)
      return { status: 404, body: { error: { message: 'No Record found' }, status: 'failure' } };
    if (method === 'PATCH') {
      const { work_notes: note, ...change } = JSON.parse(body);
      if (note) notes.push(note);
      Object.assign(record, change);
    }
    return { body: { result: record } };
  };
  return { record, notes, answer };
}

test('a record in ServiceNow goes both ways: made with fields, closed with what that needs, opened again', async () => {
  const now1 = fakeServiceNow();
  const server = await startReceiver(now1.answer);
  after(() => server.close());
  const finding = await addFinding('servicenow');
  const settings = {
    url: server.origin,
    user: 'bot',
    token: 'sn-hidden',
    fields: { urgency: '1', assignment_group: 'Security {severity}' },
    webhookSecret: SECRET,
  };
  const tracker = await call('POST', 'trackers', { kind: 'servicenow', name: 'servicenow', settings });
  assert.equal(tracker.status, 201, JSON.stringify(tracker.body));
  const { body } = await call('POST', 'tickets', { finding, tracker: tracker.body.id });
  await work();
  const made = (await call('GET', `tickets/${body.id}`)).body;
  assert.deepEqual([made.key, made.url], [SYS_ID, `${server.origin}/incident.do?sys_id=${SYS_ID}`]);
  assert.deepEqual(
    [now1.record['correlation_id'], now1.record['assignment_group'], now1.record['correlation_display']],
    [`plimsoll-${body.id}`, 'Security critical', 'plimsoll'],
  );
  now1.record['state'] = '2';
  later(1000);
  const hook = JSON.stringify({ sys_id: SYS_ID });
  const { id } = tracker.body;
  assert.deepEqual(await send(id, { 'x-plimsoll-signature': signature(`${hook} `) }, hook), [401, undefined]);
  assert.deepEqual(await send(id, { 'x-plimsoll-signature': signature(hook) }, hook), [202, true]);
  await work();
  assert.equal(await stateOf(finding), 'in-progress');
  await fix(finding);
  await work();
  assert.deepEqual([now1.record['state'], now1.record['close_code'], now1.notes.length], ['6', 'Solution provided', 1]);
  now1.record['state'] = '1';
  later(120_000);
  await pollTrackers({}, context, AbortSignal.timeout(5000));
  const { conflicts } = (await call('GET', `tickets/${body.id}`)).body;
  assert.equal(conflicts[0].description, 'The ticket was opened again while the finding is fixed.');
  await work();
  assert.match(now1.notes.at(-1) ?? '', /fixed in Plimsoll/);
});

test('webhooks of GitHub and Jira are signed over their bytes and name their ticket', async () => {
  const cases = [
    {
      kind: 'github',
      settings: { repository: 'shop/app' },
      header: 'x-hub-signature-256',
      document: { action: 'closed', issue: { number: 7 } },
      key: '7',
    },
    {
      kind: 'jira',
      settings: { url: 'https://jira.example', project: 'SHOP' },
      header: 'x-hub-signature',
      document: { webhookEvent: 'jira:issue_updated', issue: { key: 'SHOP-7' } },
      key: 'SHOP-7',
    },
  ];
  for (const { kind, settings, header, document, key } of cases) {
    const made = await call('POST', 'trackers', {
      kind,
      name: `hook of ${kind}`,
      settings: { ...settings, token: 'hidden', webhookSecret: SECRET },
    });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const body = JSON.stringify(document);
    assert.deepEqual(await send(made.body.id, { [header]: signature(body) }, body), [202, true]);
    assert.deepEqual(await send(made.body.id, { [header]: signature(body, 'not-this-secret-no') }, body), [
      401,
      undefined,
    ]);
    const waiting = await query
      .selectFrom('job')
      .select('payload')
      .where('kind', '=', 'tickets.refresh')
      .where('state', '=', 'waiting')
      .execute();
    assert.ok(
      waiting.some(({ payload }) => JSON.stringify(payload).includes(`"${key}"`)),
      key,
    );
    assert.equal((await send(made.body.id, { [header]: signature('{') }, '{'))[0], 400);
  }
  const unsigned = await call('POST', 'trackers', {
    kind: 'github',
    name: 'without',
    settings: { repository: 'shop/app', token: 'hidden' },
  });
  assert.deepEqual(await send(unsigned.body.id, { 'x-hub-signature-256': signature('{}', '') }, '{}'), [
    401,
    undefined,
  ]);
});
