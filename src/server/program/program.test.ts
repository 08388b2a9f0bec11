import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Principal, roles, type Scope } from '#identity/index.ts';
import { addAccount } from '#storage/index.ts';
import { testContext } from '../../../test/kit/server-context.ts';
import { emptyStorage } from '../../../test/kit/storage.ts';
import { createApplication } from '../application.ts';
import { routes } from '../routes/index.ts';
import { checkObjectives, measureProgram, sweepCampaigns } from './jobs.ts';

const { query } = await emptyStorage();
let now = new Date('2026-11-24T12:00:00Z');
const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
const context = testContext(query, () => now);
const signal = new AbortController().signal;

const teams = await query
  .insertInto('team')
  .values([{ name: 'shop' }, { name: 'bank' }])
  .returning('id')
  .execute();
const [shop = '', bank = ''] = teams.map(({ id }) => id);
const assets = await query
  .insertInto('asset')
  .values(
    [
      { name: 'registry.example/shop/web', team_id: shop },
      { name: 'registry.example/bank/api', team_id: bank },
    ].map((one) => ({ ...one, kind: 'repository' as const, first_seen_at: ago(60), last_seen_at: ago(60) })),
  )
  .returning('id')
  .execute();

/** One that was seen so long ago, and fixed so long ago. */
async function addFinding(asset: number, rule: string, seen: number, fixed?: number): Promise<string> {
  const { id } = await query
    .insertInto('finding')
    .values({
      asset_id: assets[asset]?.id ?? '',
      kind: 'vulnerability',
      rule,
      subject: 'pkg:deb/debian/openssl',
      title: rule,
      severity: 'high',
      state: fixed === undefined ? 'open' : 'fixed',
      first_seen_at: ago(seen),
      last_seen_at: ago(fixed ?? 0),
      due_from: ago(seen),
      due_at: ago(seen - 20),
      fixed_at: fixed === undefined ? null : ago(fixed),
      details: '{}',
      decision: null,
      decision_until: null,
      assignee: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (fixed !== undefined)
    await query
      .insertInto('finding_event')
      .values({ finding_id: id, at: ago(fixed), actor: null, kind: 'fixed', details: '{"from":"open","to":"fixed"}' })
      .execute();
  return id;
}

await addFinding(0, 'CVE-2026-1', 50, 40);
await addFinding(0, 'CVE-2026-2', 50, 20);
const open = await addFinding(0, 'CVE-2026-3', 50);
await addFinding(1, 'CVE-2026-3', 10);

const account = (await addAccount(query, { kind: 'person', name: 'ada', email: null }, now)) ?? '';
let principal: Principal | undefined;
function as(role: keyof typeof roles, scope: Scope): void {
  principal = { account, name: 'ada', kind: 'person', grants: [{ permissions: new Set(roles[role]), scope }] };
}
const application = await createApplication({
  context,
  routes,
  authenticate: async () => principal,
  requestsPerMinute: 1_000_000,
  log: 'nothing',
});
after(() => application.close());

async function ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) {
  const answer = await application.inject({ method, url, ...(body && { payload: body }) });
  const json: unknown = answer.body === '' ? undefined : answer.json();
  return { status: answer.statusCode, json: json as { readonly [name: string]: unknown } };
}

interface Shown {
  readonly id: string;
  readonly value: number | null;
  readonly denominator: number;
  readonly filter: string | null;
  readonly groups: readonly { readonly group: string | null; readonly value: number | null; readonly filter: string }[];
}

async function metric(id: string, search = ''): Promise<Shown> {
  const { json } = await ask('GET', `/api/v1/metrics${search}`);
  const found = (json['metrics'] as readonly Shown[]).find((one) => one.id === id);
  assert.ok(found, id);
  return found;
}

test('before anything was counted nothing is known', async () => {
  as('admin', { kind: 'all' });
  assert.equal((await metric('mttr')).value, null);
  assert.equal((await ask('GET', '/api/v1/metrics')).json['countedAt'], null);
});

test('history is counted from its beginning, and each number has its list', async () => {
  await measureProgram({}, context, signal);
  const backlog = await metric('backlog', '?by=team');
  assert.deepEqual([backlog.value, backlog.filter], [2, 'is:open']);
  assert.deepEqual(
    new Map(backlog.groups.map(({ group, value, filter }) => [group, [value, filter]])),
    new Map([
      [shop, [1, 'is:open team:shop']],
      [bank, [1, 'is:open team:bank']],
    ]),
  );
  const list = await ask('GET', `/api/v1/findings?filter=${encodeURIComponent(backlog.groups[0]?.filter ?? '')}`);
  assert.equal((list.json['items'] as unknown[]).length, 1);
  const repair = await metric('mttr');
  assert.ok(repair.value !== null && repair.value > 15 && repair.value < 60, String(repair.value));
  assert.equal(repair.denominator, 4);
  const kept = await metric('sla-kept');
  assert.deepEqual([kept.value, kept.denominator], [1 / 3, 3], 'one in time, one late, one overdue');
  const scanned = await metric('coverage-scanned');
  assert.deepEqual([scanned.value, scanned.denominator], [0, 2]);
});

test('a series has a value a day, as it was then', async () => {
  const { json } = await ask('GET', '/api/v1/metrics/backlog/series?days=55');
  const [all] = json['series'] as [{ points: { day: string; value: number }[] }];
  const at = (days: number) => all.points.find(({ day }) => day === ago(days).toISOString().slice(0, 10))?.value;
  assert.deepEqual([at(52), at(45), at(30), at(15), at(0)], [0, 3, 2, 1, 2]);
});

test('who sees a part has the numbers of that part', async () => {
  as('viewer', { kind: 'team', team: bank });
  assert.equal((await metric('backlog')).value, 1);
  assert.deepEqual((await metric('backlog', `?team=${shop}`)).value, 0);
  as('viewer', { kind: 'assets', asset: 'repository', prefix: 'registry.example/shop/' });
  assert.equal((await metric('exposure-days')).value, (await metric('exposure-days', '?by=kind')).groups[0]?.value);
  assert.equal((await metric('backlog')).value, 1);
});

test('what changes is counted again', async () => {
  as('admin', { kind: 'all' });
  now = new Date(now.getTime() + 60_000);
  await query.updateTable('finding').set({ state: 'in-progress' }).where('id', '=', open).execute();
  const details = '{"from":"open","to":"in-progress"}';
  await query
    .insertInto('finding_event')
    .values({ finding_id: open, at: now, actor: account, kind: 'started', details })
    .execute();
  assert.equal((await metric('mtta')).value, null);
  now = new Date(now.getTime() + 60_000);
  await measureProgram({}, context, signal);
  assert.ok(((await metric('mtta')).value ?? 0) > 20);
});

test('an objective is checked each week, is told of when at risk, and is missed or reached in the end', async () => {
  as('security', { kind: 'team', team: shop });
  const body = { title: 'Nothing open', metric: 'backlog', target: 0, endsOn: '2026-12-24', team: shop };
  assert.equal((await ask('POST', '/api/v1/objectives', { ...body, team: bank })).status, 403);
  assert.equal((await ask('POST', '/api/v1/objectives', { ...body, team: null })).status, 403);
  const made = await ask('POST', '/api/v1/objectives', body);
  assert.deepEqual([made.status, made.json['baseline'], made.json['state']], [201, 1, 'on-track']);
  const id = String(made.json['id']);
  for (let week = 0; week < 5; week++) {
    await measureProgram({}, context, signal);
    await checkObjectives({}, context, signal);
    await checkObjectives({}, context, signal);
    now = new Date(now.getTime() + 7 * DAY_MS);
  }
  await measureProgram({}, context, signal);
  await checkObjectives({}, context, signal);
  const { json } = await ask('GET', `/api/v1/objectives/${id}`);
  const states = (json['checkIns'] as readonly { state: string }[]).map(({ state }) => state).reverse();
  assert.deepEqual(states.slice(0, 5), ['on-track', 'at-risk', 'at-risk', 'at-risk', 'at-risk']);
  assert.equal(states.at(-1), 'missed');
  const told = await query
    .selectFrom('outbox_event')
    .select(['kind', 'team_id'])
    .where('kind', 'in', ['objective.at-risk', 'objective.missed'])
    .execute();
  assert.ok(told.some(({ kind }) => kind === 'objective.missed') && told.every(({ team_id }) => team_id === shop));
  as('viewer', { kind: 'team', team: bank });
  assert.equal((await ask('GET', `/api/v1/objectives/${id}`)).status, 404);
});

test('a campaign takes in what its filter finds, burns down, and ends when all is done', async () => {
  as('security', { kind: 'all' });
  const endsAt = new Date(now.getTime() + 20 * DAY_MS).toISOString();
  const wrong = await ask('POST', '/api/v1/campaigns', { name: 'x', filter: 'rul:1', endsAt });
  assert.equal(wrong.status, 400);
  const made = await ask('POST', '/api/v1/campaigns', {
    name: 'No CVE-2026-3',
    filter: 'rule:CVE-2026-3',
    teams: [shop],
    endsAt,
  });
  assert.equal(made.status, 201, JSON.stringify(made.json));
  const id = String(made.json['id']);
  const read = async () => {
    const { json } = await ask('GET', `/api/v1/campaigns/${id}`);
    return json as unknown as {
      closedAt: string | null;
      progress: { team: { name: string } | null; open: number; fixed: number }[];
      burnDown: { day: string; findings: number; open: number }[];
    };
  };
  assert.deepEqual((await read()).progress, [
    { team: { id: shop, name: 'shop' }, findings: 1, fixed: 0, decided: 0, open: 1 },
  ]);
  now = new Date(now.getTime() + 3 * DAY_MS);
  await query.updateTable('finding').set({ state: 'fixed', fixed_at: now }).where('id', '=', open).execute();
  await sweepCampaigns({}, context, signal);
  now = new Date(now.getTime() + DAY_MS);
  const done = await read();
  assert.ok(done.closedAt !== null);
  assert.deepEqual(
    done.burnDown.map((day) => [day.findings, day.open]),
    [
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 0],
    ],
  );
  const told = await query
    .selectFrom('outbox_event')
    .select('kind')
    .where('subject_kind', '=', 'campaign')
    .orderBy('id')
    .execute();
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['campaign.started', 'campaign.finished'],
  );
  as('viewer', { kind: 'team', team: bank });
  assert.equal((await ask('GET', `/api/v1/campaigns/${id}`)).status, 404);
});
