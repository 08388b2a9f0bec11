import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Principal, type Role, roles, type Scope } from '#identity/index.ts';
import { parseExceptions } from '#policy/index.ts';
import { verifyAudit } from '#storage/index.ts';
import { testContext } from '../../../../test/kit/server-context.ts';
import { emptyStorage } from '../../../../test/kit/storage.ts';
import { createApplication } from '../../application.ts';
import { sweepExceptions } from '../../exceptions/jobs.ts';
import { routes } from '../index.ts';

const { query } = await emptyStorage();
let now = new Date('2026-11-24T12:00:00Z');
const DAY_MS = 86_400_000;

const teams = await query
  .insertInto('team')
  .values([{ name: 'shop' }, { name: 'bank' }])
  .returning('id')
  .execute();
const [shop = '', bank = ''] = teams.map(({ id }) => id);
const assets = await query
  .insertInto('asset')
  .values([
    { kind: 'repository', name: 'registry.example/shop/web', team_id: shop },
    { kind: 'repository', name: 'registry.example/bank/api', team_id: bank },
  ])
  .returning('id')
  .execute();

async function person(name: string, role: Role, scope: Scope): Promise<Principal> {
  const { id } = await query
    .insertInto('account')
    .values({
      kind: 'person',
      name,
      email: null,
      password: null,
      totp_secret: null,
      totp_confirmed_at: null,
      disabled_at: null,
    } as never)
    .returning('id')
    .executeTakeFirstOrThrow();
  return { account: id, name, kind: 'person', grants: [{ permissions: new Set(roles[role]), scope }] };
}

const people = new Map<string, Principal>();
for (const [name, role, scope] of [
  ['dev', 'developer', { kind: 'team', team: shop }],
  ['lead', 'approver', { kind: 'team', team: shop }],
  ['banker', 'approver', { kind: 'team', team: bank }],
  ['chief', 'admin', { kind: 'all' }],
] as const)
  people.set(name, await person(name, role, scope));
await query
  .insertInto('team_member')
  .values({ team_id: shop, account_id: people.get('dev')?.account ?? '' })
  .execute();
await query
  .insertInto('team_member')
  .values({ team_id: shop, account_id: people.get('lead')?.account ?? '' })
  .execute();

const rows = await query
  .insertInto('finding')
  .values(
    [0, 1, 2, 3, 4, 5, 6, 7].map((index) => ({
      asset_id: assets[index % 2]?.id ?? '',
      kind: 'vulnerability',
      rule: `CVE-2026-000${Math.floor(index / 2)}`,
      subject: 'pkg:deb/debian/openssl',
      title: index === 0 ? '=cmd|"x", a title' : 'A title',
      severity: (['high', 'medium', 'info', 'critical'] as const)[Math.floor(index / 2)] ?? 'low',
      rank: index,
      due_at: null,
      assignee: null,
      fixed_at: null,
      first_seen_at: now,
      last_seen_at: now,
      details: '{}',
    })) as never,
  )
  .returning(['id', 'rule', 'asset_id'])
  .execute();

const application = await createApplication({
  context: testContext(query, () => now),
  routes,
  authenticate: async ({ headers }) => people.get(String(headers.authorization)),
  requestsPerMinute: 10_000,
});
after(() => application.close());

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, each looked at where it is expected
  readonly body: any;
  readonly headers: Record<string, unknown>;
  readonly text: string;
}

async function ask(
  who: string,
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  url: string,
  payload?: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await application.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: who, ...headers },
    ...(payload && { payload }),
  });
  const isJson = String(answer.headers['content-type']).includes('json');
  return {
    status: answer.statusCode,
    body: isJson ? answer.json() : undefined,
    headers: answer.headers,
    text: answer.body,
  };
}

const idOf = (rule: string, asset = 0) =>
  rows.find((row) => row.rule === rule && row.asset_id === assets[asset]?.id)?.id ?? '';
const stateOf = async (id: string) => (await ask('chief', 'GET', `/findings/${id}`)).body.state;

test('lists, counts, facets and exports of one filter agree, for each who asks', async () => {
  for (const [who, filter, expected] of [
    ['chief', '', 8],
    ['dev', '', 4],
    ['dev', 'severity>=high', 2],
    ['banker', 'team:shop', 0],
  ] as const) {
    const search = `filter=${encodeURIComponent(filter)}`;
    assert.equal((await ask(who, 'GET', `/findings?${search}`)).body.items.length, expected);
    assert.deepEqual((await ask(who, 'GET', `/findings/count?${search}`)).body, { count: expected, isMore: false });
    assert.equal((await ask(who, 'GET', `/findings/facets?${search}`)).body.total, expected);
    assert.equal((await ask(who, 'GET', `/findings/facets?frequent=package&${search}`)).body.total, expected);
    assert.equal((await ask(who, 'GET', `/findings/export?format=json&${search}`)).body.length, expected);
    const csv = await ask(who, 'GET', `/findings/export?${search}`);
    assert.equal(csv.text.trim().split('\r\n').length, expected + 1);
  }
  const csv = await ask('chief', 'GET', '/findings/export?filter=rule:CVE-2026-0000');
  assert.match(csv.text, /,"'=cmd\|""x"", a title",/);
  const fault = await ask('dev', 'GET', '/findings?filter=severty:high');
  assert.deepEqual([fault.status, fault.body.fields[0].field], [400, 'query.filter']);
  const first = await ask('chief', 'GET', '/findings?limit=3&sort=-seen');
  const second = await ask('chief', 'GET', `/findings?limit=5&sort=-seen&cursor=${first.body.next}`);
  assert.equal(new Set([...first.body.items, ...second.body.items].map(({ id }) => id)).size, 8);
  assert.equal((await ask('chief', 'GET', `/findings?sort=rank&cursor=${first.body.next}`)).status, 400);
});

test('a finding is commented, assigned and worked on by who may, and not overwritten', async () => {
  const url = `/findings/${idOf('CVE-2026-0001')}`;
  assert.equal((await ask('banker', 'GET', url)).status, 404);
  assert.equal((await ask('banker', 'POST', `${url}/comments`, { text: 'x' })).status, 404);
  assert.equal((await ask('dev', 'POST', `${url}/comments`, { text: 'Looking.' })).status, 201);
  const { headers, body } = await ask('dev', 'GET', url);
  const assignee = people.get('dev')?.account;
  const changed = await ask(
    'dev',
    'PATCH',
    url,
    { assignee, state: 'in-progress' },
    { 'if-match': String(headers['etag']) },
  );
  assert.deepEqual(
    [changed.status, changed.body.state, changed.body.assigneeName],
    [200, 'in-progress', 'dev'],
    JSON.stringify(body),
  );
  const again = await ask('dev', 'PATCH', url, { state: 'open' }, { 'if-match': String(headers['etag']) });
  assert.equal(again.status, 412);
  const alone = await ask('dev', 'PATCH', url, { state: 'accepted', reason: 'so', until: '2026-11-30T00:00:00Z' });
  assert.match(alone.body.detail, /nobody decides alone/);
  const info = await ask('dev', 'PATCH', `/findings/${idOf('CVE-2026-0002')}`, {
    state: 'false-positive',
    reason: 'a test file',
    until: '2026-12-30T00:00:00Z',
  });
  assert.equal(info.body.state, 'false-positive', info.text);
  const events = await ask('dev', 'GET', `${url}/events`);
  assert.deepEqual(
    events.body.items.map(({ kind }: { kind: string }) => kind),
    ['started', 'assigned', 'commented'],
  );
});

test('many are changed at once, after a look at how many, and only where it is allowed', async () => {
  const ask1 = { filter: 'is:open severity:medium', change: { state: 'in-progress' }, preview: true };
  assert.deepEqual((await ask('dev', 'POST', '/findings/bulk', ask1)).body, { matched: 1, changed: 0, refused: [] });
  const both = { ids: rows.map(({ id }) => id), change: { state: 'open', reason: 'all again' } };
  const done = await ask('dev', 'POST', '/findings/bulk', both);
  assert.equal(done.body.matched, 4);
  assert.equal((await ask('dev', 'POST', '/findings/bulk', { ...both, expected: 2 })).status, 409);
  assert.equal((await ask('dev', 'POST', '/findings/bulk', { change: { state: 'open' } })).status, 400);
});

test('an exception is asked for by one, approved by another, hides what it is for, and ends', async () => {
  const scope = { rule: 'CVE-2026-0000', package: 'openssl', team: shop };
  const preview = await ask('dev', 'POST', '/exceptions/preview', { scope });
  assert.deepEqual(preview.body.counts, [{ team: 'shop', severity: 'high', findings: 1 }]);
  const asked = {
    scope,
    reason: 'vulnerable_code_not_in_execute_path',
    explanation: 'Not called.',
    expiresAt: '2026-12-20T00:00:00Z',
  };
  assert.equal((await ask('dev', 'POST', '/exceptions', { ...asked, expiresAt: '2027-12-20T00:00:00Z' })).status, 422);
  assert.equal((await ask('dev', 'POST', '/exceptions', { ...asked, scope: { rule: 'CVE-2026-0000' } })).status, 403);
  assert.equal(
    (await ask('dev', 'POST', '/exceptions', { ...asked, scope: { finding: idOf('CVE-2026-0000', 1) } })).status,
    403,
  );
  const { status, body } = await ask('dev', 'POST', '/exceptions', asked);
  assert.equal(status, 201);
  const url = `/exceptions/${body.id}`;
  assert.equal((await ask('dev', 'POST', `${url}/approve`, {})).status, 403);
  assert.equal((await ask('banker', 'POST', `${url}/approve`, {})).status, 404);
  const approved = await ask('lead', 'POST', `${url}/approve`, { comment: 'Seen.' });
  assert.deepEqual([approved.status, approved.body.state], [200, 'approved'], approved.text);
  assert.equal(await stateOf(idOf('CVE-2026-0000')), 'not-affected');
  assert.equal(await stateOf(idOf('CVE-2026-0000', 1)), 'open');
  assert.equal((await ask('lead', 'GET', '/findings/count?filter=is:excepted')).body.count, 1);

  const text = (await ask('dev', 'GET', '/exceptions/export')).text;
  const read = parseExceptions(text, 'exceptions.yaml');
  assert.deepEqual([read.exceptions.length, read.problems], [1, []], text);
  assert.ok(read.exceptions[0]?.image?.matches('registry.example/shop/web:1.2'));
  assert.equal(read.exceptions[0]?.image?.matches('registry.example/shop/web-2:1.2'), false);
  const vex = JSON.parse((await ask('dev', 'GET', '/exceptions/export?format=openvex')).text);
  assert.equal(vex.statements[0].justification, 'vulnerable_code_not_in_execute_path');
  const csaf = JSON.parse((await ask('dev', 'GET', '/exceptions/export?format=csaf')).text);
  assert.deepEqual(
    [csaf.vulnerabilities[0].cve, csaf.vulnerabilities[0].flags[0].label],
    ['CVE-2026-0000', asked.reason],
  );
  assert.equal(JSON.parse((await ask('banker', 'GET', '/exceptions/export?format=openvex')).text).statements.length, 0);

  const sweep = () =>
    sweepExceptions(
      {},
      testContext(query, () => now),
      AbortSignal.timeout(60_000),
    );
  now = new Date('2026-12-15T12:00:00Z');
  await sweep();
  assert.equal((await ask('dev', 'GET', url)).body.state, 'expiring');
  assert.equal((await ask('dev', 'GET', '/exceptions?state=expiring')).body.items.length, 1);
  const renewal = await ask('dev', 'POST', `${url}/renewals`, {
    explanation: 'Still not.',
    expiresAt: '2027-01-10T00:00:00Z',
  });
  const renewed = await ask('lead', 'POST', `/exceptions/${renewal.body.id}/approve`, {});
  assert.equal(renewed.body.state, 'approved', renewed.text);
  assert.equal((await ask('dev', 'GET', url)).body.state, 'revoked');
  now = new Date('2027-01-10T00:00:01Z');
  await sweep();
  assert.equal((await ask('dev', 'GET', `/exceptions/${renewal.body.id}`)).body.state, 'expired');
  const { body: events } = await ask('dev', 'GET', `/findings/${idOf('CVE-2026-0000')}/events`);
  assert.equal(events.items[0].kind, 'reopened');
  assert.equal(events.items[0].details.cause.kind, 'exception-expired');
  assert.equal(await stateOf(idOf('CVE-2026-0000')), 'open');
});

test('what comes later is hidden unless it is worse; revoking opens again; nobody approves their own', async () => {
  const expiresAt = new Date(now.getTime() + 20 * DAY_MS).toISOString();
  const asked = { scope: { rule: 'CVE-2026-0001' }, reason: 'risk-accepted', explanation: 'Accepted.', expiresAt };
  const { body } = await ask('chief', 'POST', '/exceptions', asked);
  assert.match((await ask('chief', 'POST', `/exceptions/${body.id}/approve`, {})).body.detail, /of their own/);
  assert.equal((await ask('lead', 'POST', `/exceptions/${body.id}/approve`, {})).status, 404);
  people.set('other', await person('other', 'approver', { kind: 'all' }));
  assert.equal((await ask('other', 'POST', `/exceptions/${body.id}/approve`, {})).body.state, 'approved');
  assert.equal(await stateOf(idOf('CVE-2026-0001')), 'accepted');
  const worse = { rule: 'CVE-2026-0001', subject: 'pkg:deb/debian/curl', severity: 'critical' };
  const later = { ...worse, severity: 'low', subject: 'pkg:deb/debian/zlib' };
  const added = await query
    .insertInto('finding')
    .values(
      [worse, later].map((one) => ({
        ...one,
        asset_id: assets[0]?.id,
        kind: 'vulnerability',
        title: 'x',
        first_seen_at: now,
        last_seen_at: now,
        details: '{}',
      })) as never,
    )
    .returning('id')
    .execute();
  await sweepExceptions(
    {},
    testContext(query, () => now),
    AbortSignal.timeout(60_000),
  );
  assert.deepEqual(await Promise.all(added.map(({ id }) => stateOf(id))), ['open', 'accepted']);
  assert.equal(
    (await ask('other', 'POST', `/exceptions/${body.id}/revoke`, { comment: 'No more.' })).body.state,
    'revoked',
  );
  assert.equal(await stateOf(idOf('CVE-2026-0001')), 'open');
  assert.equal((await ask('other', 'POST', `/exceptions/${body.id}/revoke`, {})).status, 409);
});

test('the policy of exceptions is changed by who may everywhere, and only as it was read', async () => {
  const { body } = await ask('chief', 'GET', '/exception-policy');
  const policy = { ...body.policy, tiers: { ...body.policy.tiers, low: { maxDays: 10, approvals: 2 } } };
  assert.equal((await ask('lead', 'PUT', '/exception-policy', policy)).status, 403);
  assert.equal((await ask('chief', 'PUT', '/exception-policy', policy, { 'if-match': '"x"' })).status, 412);
  assert.equal((await ask('chief', 'PUT', '/exception-policy', policy)).body.version, 1);
});

test('views are private or of a team', async () => {
  const view = { name: 'Mine', filter: 'assignee:me is:open', columns: ['rule', 'severity'], sort: '-seen' };
  const mine = await ask('dev', 'POST', '/views', view);
  const ours = await ask('dev', 'POST', '/views', { ...view, name: 'Ours', team: shop });
  assert.deepEqual([mine.status, ours.status], [201, 201], mine.text);
  assert.equal((await ask('dev', 'POST', '/views', { ...view, filter: 'nothing:x' })).status, 400);
  assert.equal((await ask('dev', 'POST', '/views', { ...view, team: bank })).status, 403);
  const names = async (who: string) =>
    (await ask(who, 'GET', '/views')).body.items.map(({ name }: { name: string }) => name);
  assert.deepEqual([await names('dev'), await names('lead'), await names('banker')], [['Mine', 'Ours'], ['Ours'], []]);
  assert.equal((await ask('lead', 'GET', `/views/${mine.body.id}`)).status, 404);
  assert.equal(
    (await ask('lead', 'PUT', `/views/${ours.body.id}`, { ...view, name: 'Ours now', team: shop })).body.name,
    'Ours now',
  );
  assert.equal((await ask('lead', 'PUT', `/views/${ours.body.id}`, view)).status, 403);
  assert.equal((await ask('banker', 'DELETE', `/views/${ours.body.id}`)).status, 404);
  assert.equal((await ask('dev', 'DELETE', `/views/${ours.body.id}`)).status, 204);
});

test('all of it is in the audit log, whose chain holds', async () => {
  const { brokenAt, entries } = await verifyAudit(query);
  assert.deepEqual([brokenAt, entries > 15], [undefined, true]);
});
