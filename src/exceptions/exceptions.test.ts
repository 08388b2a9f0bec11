import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExceptionStanding } from './exception.ts';
import { exceptionScope } from './exception.ts';
import { advance, type ExceptionStep, reminderDue } from './life-cycle.ts';
import { DAY_MS, notWorseThan, defaultExceptionPolicy as policy, worstOf } from './policy.ts';

const now = new Date('2026-11-24T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * DAY_MS);

const requested: ExceptionStanding = {
  state: 'requested',
  requester: 'ann',
  approvers: [],
  worst: 'high',
  expiresAt: inDays(30),
};

function after(exception: Partial<ExceptionStanding>, step: ExceptionStep): string {
  const done = advance({ ...requested, ...exception }, step, policy, now);
  return done.ok ? done.value.state : done.error;
}

test('requests are decided by others, within the limits of their severity', () => {
  for (const [exception, step, expected] of [
    [{ state: 'draft' }, { kind: 'request', account: 'ann' }, /^requested$/],
    [{ state: 'draft', expiresAt: inDays(31) }, { kind: 'request', account: 'ann' }, /may hold 30 days/],
    [{ state: 'draft', expiresAt: inDays(15), worst: 'critical' }, { kind: 'request', account: 'ann' }, /14 days/],
    [{ state: 'draft', expiresAt: inDays(180), worst: 'low' }, { kind: 'request', account: 'ann' }, /^requested$/],
    [{ state: 'draft', expiresAt: inDays(0) }, { kind: 'request', account: 'ann' }, /end before it begins/],
    [{}, { kind: 'approve', account: 'ann' }, /Nobody approves a request of their own/],
    [{}, { kind: 'approve', account: 'bob' }, /^approved$/],
    [{ state: 'rejected' }, { kind: 'approve', account: 'bob' }, /is rejected; it cannot be approved/],
    [{ expiresAt: inDays(-1) }, { kind: 'approve', account: 'bob' }, /end before it begins/],
    [{}, { kind: 'reject', account: 'ann' }, /Nobody rejects/],
    [{}, { kind: 'reject', account: 'bob' }, /^rejected$/],
    [{ state: 'approved' }, { kind: 'revoke', account: 'bob' }, /^revoked$/],
    [{ state: 'expired' }, { kind: 'revoke', account: 'bob' }, /cannot be revoked/],
    [{ state: 'approved' }, { kind: 'expire' }, /not ended yet/],
    [{ state: 'approved', expiresAt: now }, { kind: 'expire' }, /^expired$/],
  ] as const)
    assert.match(after(exception, step), expected, JSON.stringify([exception, step]));
});

test('two approvals are of two people', () => {
  const strict = { ...policy, tiers: { ...policy.tiers, high: { maxDays: 30, approvals: 2 } } };
  const once = advance(requested, { kind: 'approve', account: 'bob' }, strict, now);
  assert.ok(once.ok && once.value.state === 'requested');
  const same = advance(once.value, { kind: 'approve', account: 'bob' }, strict, now);
  assert.ok(!same.ok);
  const twice = advance(once.value, { kind: 'approve', account: 'cem' }, strict, now);
  assert.ok(twice.ok && twice.value.state === 'approved');
});

test('reminders come once each, and the nearest only', () => {
  for (const [days, reminded, expected] of [
    [15, undefined, undefined],
    [14, undefined, 14],
    [13, 14, undefined],
    [6, 14, 7],
    [0.5, 7, 1],
    [0.5, 1, undefined],
    [0.5, undefined, 1],
  ] as const)
    assert.equal(reminderDue(inDays(days), reminded, policy, now), expected, `${days} ${reminded}`);
});

test('unknown counts as high', () => {
  assert.equal(worstOf(['low', 'unknown', 'medium']), 'unknown');
  assert.equal(worstOf([]), undefined);
  assert.deepEqual(notWorseThan('medium'), ['medium', 'low', 'info']);
  assert.deepEqual(notWorseThan('high'), ['high', 'medium', 'low', 'info', 'unknown']);
});

test('a scope says what it is about', () => {
  for (const [scope, isFine] of [
    [{ rule: 'CVE-2026-1' }, true],
    [{ package: 'openssl', team: '00000000-0000-4000-8000-000000000001' }, true],
    [{ kind: 'secret' }, false],
    [{ rule: '*' }, false],
    [{ rule: 'CVE-{a,b}' }, false],
    [{ assets: { kind: 'repository', name: 'a/*' } }, false],
    [{}, false],
    [{ rule: 'x', other: 1 }, false],
  ] as const)
    assert.equal(exceptionScope.safeParse(scope).success, isFine, JSON.stringify(scope));
});
