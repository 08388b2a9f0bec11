import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { exceptionStates } from '#exceptions/index.ts';
import { verifyAudit } from '#storage/index.ts';
import { testContext } from '../../test/kit/server-context.ts';
import { emptyStorage } from '../../test/kit/storage.ts';
import { makeEstate } from './estate.ts';
import { seedDemo } from './seed.ts';
import { sizes } from './size.ts';

const now = new Date('2026-11-24T10:00:00Z');
const { query } = await emptyStorage();
await seedDemo(
  testContext(query, () => now),
  { seed: 'test', size: sizes.small, now },
);

test('there are findings of all kinds, in all states that people and scans bring about, some of which came back', async () => {
  const { rows } = await sql<{ kind: string; state: string; reopened: number }>`
    select distinct kind, state, least(reopened, 1) as reopened from finding`.execute(query);
  assert.deepEqual([...new Set(rows.map(({ kind }) => kind))].sort(), [
    'licence',
    'malware',
    'misconfiguration',
    'runtime',
    'secret',
    'vulnerability',
  ]);
  const states = new Set(rows.map(({ state }) => state));
  for (const state of ['open', 'in-progress', 'fixed', 'accepted', 'not-affected']) assert.ok(states.has(state), state);
  assert.ok(rows.some(({ reopened }) => reopened > 0));
});

test('every fix is proven by a digest, and nothing happened after today or before it was found', async () => {
  const { rows: unproven } = await sql`
    select 1 from finding_event where kind = 'fixed' and jsonb_array_length(details -> 'provenBy') = 0`.execute(query);
  assert.equal(unproven.length, 0);
  const { rows: late } = await sql`select 1 from finding_event where at > ${now}`.execute(query);
  assert.equal(late.length, 0);
  const { rows: early } = await sql`select 1 from finding where fixed_at < first_seen_at`.execute(query);
  assert.equal(early.length, 0);
});

test('exceptions are in every state, and nobody approved their own', async () => {
  const found = await query.selectFrom('exception').select(['id', 'state', 'requester']).execute();
  assert.deepEqual([...new Set(found.map(({ state }) => state))].sort(), [...exceptionStates].sort());
  const approvals = await query.selectFrom('exception_approval').select(['exception_id', 'account_id']).execute();
  for (const { exception_id, account_id } of approvals)
    assert.notEqual(found.find(({ id }) => id === exception_id)?.requester, account_id);
});

test('messages arrived and failed, and nothing is left to be sent when a server starts on it', async () => {
  const { rows } = await sql<{ state: string }>`select distinct state from delivery order by state`.execute(query);
  assert.deepEqual(rows, [{ state: 'dead' }, { state: 'delivered' }]);
  const jobs = await query.selectFrom('job').select('kind').execute();
  assert.deepEqual(jobs, []);
  const unrouted = await query.selectFrom('outbox_event').select('id').where('routed_at', 'is', null).execute();
  assert.deepEqual(unrouted, []);
});

test('the audit log holds', async () => {
  const { brokenAt, entries } = await verifyAudit(query);
  assert.equal(brokenAt, undefined);
  assert.ok(entries > 100);
});

test('the same seed makes the same organisation, another one another', () => {
  const text = (seed: string) => JSON.stringify(makeEstate(seed, sizes.small));
  assert.equal(text('one'), text('one'));
  assert.notEqual(text('one'), text('two'));
});
