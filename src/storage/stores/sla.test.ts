import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSla, type SlaPolicy } from '#findings/index.ts';
import { emptyStorage } from '../../../test/kit/storage.ts';
import { applyOwnership, previewOwnership, replaceOwnershipRules } from './ownership.ts';
import { applySla, currentSla, previewSla, replaceSla } from './sla.ts';

const { query } = await emptyStorage();
const day = (number: number) => new Date(Date.UTC(2026, 10, number));
const account = '00000000-0000-4000-8000-000000000001';
const strict: SlaPolicy = {
  ...defaultSla,
  days: { ...defaultSla.days, critical: { internet: 1, internal: 1, unknown: 1 } },
};

const { id: asset } = await query
  .insertInto('asset')
  .values({ kind: 'repository', name: 'registry.example/shop/app' })
  .returning('id')
  .executeTakeFirstOrThrow();
for (const [rule, byHand] of [
  ['a', false],
  ['b', true],
] as const)
  await query
    .insertInto('finding')
    .values({
      asset_id: asset,
      kind: 'vulnerability',
      rule,
      subject: 's',
      title: 't',
      severity: 'critical',
      first_seen_at: day(1),
      last_seen_at: day(1),
      due_from: day(1),
      due_at: day(16),
      due_by_hand: byHand,
      details: '{}',
    })
    .execute();

test('a policy is looked at before it is made, made once, and moves what no person has set', async () => {
  const everywhere = [{ kind: 'all' }] as const;
  const expected = { findings: 1, earlier: 1, later: 0, unchanged: 0, newlyOverdue: 1 };
  assert.deepEqual(await previewSla(query, everywhere, strict, day(10)), expected);
  assert.deepEqual(await previewSla(query, [], strict, day(10)), {
    ...expected,
    findings: 0,
    earlier: 0,
    newlyOverdue: 0,
  });
  assert.equal((await replaceSla(query, { version: 0, policy: strict }, account, day(10)))?.version, 1);
  assert.equal(await replaceSla(query, { version: 0, policy: strict }, account, day(10)), undefined);
  assert.equal(await applySla(query, asset, await currentSla(query), day(10)), 1);
  const due = await query.selectFrom('finding').select('due_at').orderBy('rule').execute();
  assert.deepEqual(due, [{ due_at: day(2) }, { due_at: day(16) }]);
});

test('rules give assets to teams, and what nobody owns shows', async () => {
  const { id } = await query.insertInto('team').values({ name: 'shop' }).returning('id').executeTakeFirstOrThrow();
  const rules = [{ kind: 'path', pattern: 'registry.example/shop/**', team: 'shop' }] as const;
  const expected = { assets: 1, changed: 1, unownedBefore: 1, unownedAfter: 0 };
  assert.deepEqual(await previewOwnership(query, rules), expected);
  assert.ok(await replaceOwnershipRules(query, { version: 0, rules }, account, day(10)));
  await applyOwnership(query);
  const owned = await query.selectFrom('asset').select(['team_id', 'owned_by']).execute();
  assert.deepEqual(owned, [{ team_id: id, owned_by: 'path registry.example/shop/**' }]);
});
