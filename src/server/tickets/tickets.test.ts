import assert from 'node:assert/strict';
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
import { pollTrackers } from './ticket-jobs.ts';

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
  routes: [...trackerRoutes, ...ticketRoutes],
  authenticate: async () => principal,
  secureCookies: false,
  requestsPerMinute: 100_000,
});
after(() => application.close());

async function call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) {
  const reply = await application.inject({ method, url: `/api/v1/${url}`, ...(body && { payload: body }) });
  return { status: reply.statusCode, body: reply.body === '' ? undefined : reply.json() };
}

const failures: string[] = [];

async function work(): Promise<void> {
  const options = {
    context,
    handlers: jobHandlers,
    onFailure: (_: unknown, error: unknown) => failures.push(String(error)),
  };
  while (await runNext(options, AbortSignal.timeout(60_000)));
}

function later(ms: number): void {
  now = new Date(now.getTime() + ms);
}

async function addFinding(name: string) {
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
      title: 'CVE-2026-1 in @openssl',
      severity: 'critical',
      first_seen_at: now,
      last_seen_at: now,
      details: '{}',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { team: team.id, finding: finding.id };
}

async function stateOf(finding: string): Promise<string | undefined> {
  const found = await query.selectFrom('finding').select('state').where('id', '=', finding).executeTakeFirst();
  return found?.state;
}

function change(finding: string, kind: 'fix' | 'return') {
  const made = kind === 'fix' ? ({ kind, provenBy: ['sha256:1'] } as const) : ({ kind, digest: 'sha256:2' } as const);
  return query
    .transaction()
    .execute((transaction) => applyChange(transaction, finding, made, { actor: undefined, at: now }));
}

interface Issue {
  state: string;
  labels: string[];
  comments: string[];
  title: string;
}

/** Issues as `/repos/{owner}/{repo}/issues` has them. */
function fakeGithub() {
  const issues: Issue[] = [];
  let failing: Answer | undefined;
  const shown = (index: number) => ({
    number: index + 1,
    html_url: `https://github.example/shop/app/issues/${index + 1}`,
    state: issues[index]?.state,
    labels: issues[index]?.labels.map((name) => ({ id: 1, name, color: 'ededed' })),
    assignees: [],
  });
  const answer = ({ method, path, body, headers }: Received): Answer => {
    if (failing) return failing;
    if (headers.authorization !== 'Bearer ghp-hidden') return { status: 401, body: { message: 'Bad credentials' } };
    const url = new URL(path, 'http://github.example');
    const [, number, comments] = /^\/repos\/shop\/app\/issues(?:\/(\d+)(\/comments)?)?$/.exec(url.pathname) ?? [];
    const given = body === '' ? {} : JSON.parse(body);
    if (number === undefined && method === 'GET') {
      const label = url.searchParams.get('labels') ?? '';
      return { body: issues.flatMap((issue, index) => (issue.labels.includes(label) ? [shown(index)] : [])) };
    }
    if (number === undefined) {
      issues.push({ state: 'open', labels: given.labels, comments: [], title: given.title });
      return { status: 201, body: shown(issues.length - 1) };
    }
    const issue = issues[Number(number) - 1];
    if (!issue) return { status: 404, body: { message: 'Not Found' } };
    if (comments) issue.comments.push(given.body);
    else if (method === 'PATCH') issue.state = given.state;
    return { status: comments ? 201 : 200, body: comments ? { id: 1 } : shown(Number(number) - 1) };
  };
  return { issues, answer, fail: (told: Answer | undefined) => (failing = told) };
}

const github = fakeGithub();
const githubServer = await startReceiver(github.answer);
after(() => githubServer.close());

async function addGithub(name: string, team: string | null = null): Promise<string> {
  const settings = {
    apiUrl: githubServer.origin,
    token: 'ghp-hidden',
    repository: 'shop/app',
    labels: ['sev: {severity}'],
  };
  const added = await call('POST', 'trackers', { kind: 'github', name, team, settings });
  assert.equal(added.status, 201, JSON.stringify(added.body));
  assert.doesNotMatch(JSON.stringify(added.body), /ghp-hidden/);
  return added.body.id;
}

test('a ticket on GitHub goes both ways: made, commented, closed by proof, opened again, taken up, and closed without proof', async () => {
  const { finding } = await addFinding('github');
  const tracker = await addGithub('github');
  const asked = await call('POST', 'tickets', { finding, tracker });
  assert.deepEqual([asked.status, asked.body.key], [202, null]);
  assert.equal((await call('POST', 'tickets', { finding, tracker })).body.id, asked.body.id);
  await work();
  const { id } = asked.body;
  const made = await call('GET', `tickets/${id}`);
  assert.deepEqual([made.body.key, made.body.url], ['1', 'https://github.example/shop/app/issues/1']);
  assert.deepEqual(github.issues[0]?.labels, ['plimsoll', `plimsoll-${id}`, 'sev: critical']);

  await change(finding, 'fix');
  await work();
  assert.equal(github.issues[0]?.state, 'closed');
  assert.match(github.issues[0]?.comments[0] ?? '', /prove/);
  later(60_000);
  await pollTrackers({}, context, AbortSignal.timeout(5000));
  assert.deepEqual((await call('GET', `tickets/${id}`)).body.conflicts, []);

  await change(finding, 'return');
  await work();
  assert.equal(github.issues[0]?.state, 'open');

  github.issues[0]?.labels.push('in progress');
  later(120_000);
  await pollTrackers({}, context, AbortSignal.timeout(5000));
  assert.equal(await stateOf(finding), 'in-progress');

  if (github.issues[0]) github.issues[0].state = 'closed';
  later(120_000);
  await pollTrackers({}, context, AbortSignal.timeout(5000));
  assert.equal(await stateOf(finding), 'in-progress');
  await work();
  const { conflicts } = (await call('GET', `tickets/${id}`)).body;
  assert.deepEqual(
    conflicts.map(({ description }: { description: string }) => description),
    ['The ticket was closed while scans still find it.'],
  );
  assert.match(github.issues[0]?.comments.at(-1) ?? '', /scans still find it/);
  await pollTrackers({}, context, AbortSignal.timeout(5000));
  assert.equal((await call('GET', `tickets/${id}`)).body.conflicts.length, 1);
  assert.deepEqual(failures, []);
});

test('one that was made before a crash is found again, and one that is refused says why', async () => {
  const { finding } = await addFinding('github-crash');
  const tracker = await addGithub('github-crash');
  const { body } = await call('POST', 'tickets', { finding, tracker });
  const before = github.issues.length;
  github.issues.push({ state: 'open', labels: ['plimsoll', `plimsoll-${body.id}`], comments: [], title: 'made' });
  github.fail({ status: 503 });
  await work();
  assert.match((await call('GET', `tickets/${body.id}`)).body.error, /503/);
  github.fail(undefined);
  later(600_000);
  await work();
  const found = (await call('GET', `tickets/${body.id}`)).body;
  assert.deepEqual([found.key, found.error, github.issues.length], [String(before + 1), null, before + 1]);

  const other = await addFinding('github-refused');
  github.fail({ status: 422, body: { message: 'Validation Failed' } });
  const refused = await call('POST', 'tickets', { finding: other.finding, tracker });
  await work();
  assert.match((await call('GET', `tickets/${refused.body.id}`)).body.error, /422/);
  await pollTrackers({}, context, AbortSignal.timeout(5000));
  assert.match((await call('GET', `trackers/${tracker}`)).body.error, /422/);
  github.fail(undefined);
  later(600_000);
  await work();
  assert.equal(github.issues.length, before + 1);
});

/** Jira's shapes of version 2: statuses have categories, and are reached by transitions. */
function fakeJira() {
  const statuses = new Map([
    ['To Do', 'new'],
    ['Doing', 'indeterminate'],
    ['Done', 'done'],
  ]);
  const issue = { status: 'To Do', comments: [] as string[], fields: {} as Record<string, unknown> };
  let isThere = false;
  const statusOf = (name: string) => ({ name, statusCategory: { id: 1, key: statuses.get(name) } });
  const answer = ({ method, path, body, headers }: Received): Answer => {
    const credentials = `Basic ${Buffer.from('bot@shop.example:jira-hidden').toString('base64')}`;
    if (headers.authorization !== credentials) return { status: 401 };
    const { pathname } = new URL(path, 'http://jira.example');
    const shown = { id: '10001', key: 'SHOP-7', fields: { status: statusOf(issue.status) } };
    if (pathname === '/rest/api/2/search/jql') return { body: { issues: isThere ? [shown] : [], isLast: true } };
    if (pathname === '/rest/api/2/issue' && method === 'POST') {
      isThere = true;
      issue.fields = JSON.parse(body).fields;
      return { status: 201, body: { id: '10001', key: 'SHOP-7', self: 'http://jira.example/rest/api/2/issue/10001' } };
    }
    if (pathname === '/rest/api/2/issue/SHOP-7') return { body: shown };
    if (pathname === '/rest/api/2/issue/SHOP-7/comment') {
      issue.comments.push(JSON.parse(body).body);
      return { status: 201, body: { id: '1' } };
    }
    if (pathname === '/rest/api/2/issue/SHOP-7/transitions' && method === 'GET')
      return {
        body: { transitions: [...statuses.keys()].map((name, id) => ({ id: String(id), name, to: statusOf(name) })) },
      };
    if (pathname === '/rest/api/2/issue/SHOP-7/transitions') {
      issue.status = [...statuses.keys()][Number(JSON.parse(body).transition.id)] ?? '';
      return { status: 204 };
    }
    return { status: 404 };
  };
  return { issue, answer };
}

test('a ticket in Jira goes both ways, with fields of the user and statuses by their categories', async () => {
  const jira = fakeJira();
  const server = await startReceiver(jira.answer);
  after(() => server.close());
  const { finding } = await addFinding('jira');
  const settings = {
    url: server.origin,
    user: 'bot@shop.example',
    token: 'jira-hidden',
    project: 'SHOP',
    fields: { priority: { name: '{severity}' }, customfield_1: ['{team}'] },
  };
  const tracker = await call('POST', 'trackers', { kind: 'jira', name: 'jira', settings });
  assert.equal(tracker.status, 201, JSON.stringify(tracker.body));
  const { body } = await call('POST', 'tickets', { finding, tracker: tracker.body.id });
  failures.length = 0;
  await work();
  const made = (await call('GET', `tickets/${body.id}`)).body;
  assert.deepEqual([made.key, made.url, made.error], ['SHOP-7', `${server.origin}/browse/SHOP-7`, null]);
  const { priority, customfield_1, project, labels, summary } = jira.issue.fields;
  assert.deepEqual([priority, customfield_1, project], [{ name: 'critical' }, ['jira'], { key: 'SHOP' }]);
  assert.deepEqual(
    [labels, summary],
    [['plimsoll', `plimsoll-${body.id}`], 'CVE-2026-1 in @openssl (registry.example/jira)'],
  );
  jira.issue.status = 'Doing';
  later(120_000);
  await pollTrackers({}, context, AbortSignal.timeout(5000));
  assert.equal(await stateOf(finding), 'in-progress');
  await change(finding, 'fix');
  await work();
  assert.equal(jira.issue.status, 'Done');
  assert.equal(jira.issue.comments.length, 1);
  jira.issue.status = 'To Do';
  later(120_000);
  await pollTrackers({}, context, AbortSignal.timeout(5000));
  assert.equal(await stateOf(finding), 'fixed');
  const { conflicts } = (await call('GET', `tickets/${body.id}`)).body;
  assert.deepEqual(conflicts[0].description, 'The ticket was opened again while the finding is fixed.');
  assert.deepEqual(failures, []);
});

test('what somebody may not see is neither shown nor made into a ticket, nor put where another team reads it', async () => {
  const mine = await addFinding('mine');
  const theirs = await addFinding('theirs');
  const tracker = await addGithub('of theirs', theirs.team);
  const ticket = await call('POST', 'tickets', { finding: theirs.finding, tracker });
  assert.equal(ticket.status, 202);
  principal = { ...admin, grants: [{ permissions: all, scope: { kind: 'team', team: mine.team } }] };
  assert.equal((await call('POST', 'tickets', { finding: theirs.finding, tracker })).status, 404);
  assert.equal((await call('POST', 'tickets', { finding: mine.finding, tracker })).status, 400);
  assert.equal((await call('GET', `tickets/${ticket.body.id}`)).status, 404);
  assert.deepEqual((await call('GET', 'tickets')).body.items, []);
  assert.equal((await call('GET', `trackers/${tracker}`)).status, 404);
  assert.equal((await call('DELETE', `trackers/${tracker}`)).status, 404);
  const usable = (await call('GET', 'usable-trackers')).body.items;
  assert.ok(usable.length > 0 && usable.every(({ id }: { id: string }) => id !== tracker));
  principal = admin;
  const moved = await call('PATCH', `trackers/${tracker}`, {
    settings: { apiUrl: 'https://elsewhere.example', repository: 'shop/app' },
  });
  assert.deepEqual([moved.status, moved.body.fields[0].field], [400, 'body.settings.token']);
  assert.equal((await call('PATCH', `trackers/${tracker}`, { enabled: false })).body.enabled, false);
  assert.equal((await call('DELETE', `trackers/${tracker}`)).status, 204);
});
