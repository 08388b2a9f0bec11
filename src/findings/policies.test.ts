import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OwnershipRule, resolveOwner } from './ownership.ts';
import { defaultSla, dueDate, type SlaFacts } from './sla.ts';

const teams = new Set(['shop', 'bank']);
const rules: readonly OwnershipRule[] = [
  { kind: 'label', label: 'team' },
  { kind: 'path', pattern: 'registry.example/shop/*', team: 'shop' },
  { kind: 'path', pattern: 'registry.example/**/pay', asset: 'repository', team: 'bank' },
  { kind: 'path', pattern: 'registry.example/gone/**', team: 'nobody' },
];

const owners: readonly (readonly [string, Readonly<Record<string, string>>, string | undefined])[] = [
  ['registry.example/x', { team: 'bank' }, 'bank by label team'],
  ['registry.example/shop/app', { team: 'unheard of' }, 'shop by path registry.example/shop/*'],
  ['registry.example/shop/a/b', {}, undefined],
  ['registry.example/a/b/pay', {}, 'bank by path registry.example/**/pay'],
  ['registry.example/gone/a', {}, undefined],
];

for (const [name, labels, expected] of owners)
  test(`owner of ${name}`, () => {
    const owner = resolveOwner(rules, { kind: 'repository', name, labels }, teams);
    assert.equal(owner && `${owner.team} by ${owner.by}`, expected);
  });

test('a pattern of many stars is read in little time', () => {
  const rule: OwnershipRule = { kind: 'path', pattern: `${'**a'.repeat(90)}b`, team: 'shop' };
  assert.equal(resolveOwner([rule], { kind: 'host', name: 'a'.repeat(1000), labels: {} }, teams), undefined);
});

const from = new Date('2026-11-01T00:00:00Z');
const dates: readonly (readonly [SlaFacts, string | undefined])[] = [
  [{ severity: 'critical', exposure: 'internet', isExploited: false }, '2026-11-08'],
  [{ severity: 'low', exposure: 'internet', isExploited: true }, '2026-11-04'],
  [{ severity: 'info', exposure: 'internal', isExploited: false }, undefined],
];

for (const [facts, expected] of dates)
  test(`due: ${JSON.stringify(facts)}`, () => {
    assert.equal(dueDate(defaultSla, facts, from)?.toISOString().slice(0, 10), expected);
  });
