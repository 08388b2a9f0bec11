import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeState, type FindingChange } from './change.ts';
import type { FindingStanding, StandingDecision } from './finding.ts';

const now = new Date('2026-11-24T12:00:00Z');
const open: FindingStanding = { state: 'open', isDueSetByHand: false, reopened: 0 };
const decision: StandingDecision = { state: 'accepted', source: 'person', reason: 'not reachable from outside' };
const accepted: FindingStanding = { ...open, state: 'accepted', decision };
const fixed: FindingStanding = { ...open, state: 'fixed', fixedAt: now };
const person: FindingChange = { kind: 'reopen', cause: { kind: 'person', reason: 'it is reachable' } };

const rows: readonly (readonly [string, FindingStanding, FindingChange, string])[] = [
  ['work begins', open, { kind: 'start' }, 'in-progress started'],
  ['twice is once', { ...open, state: 'in-progress' }, { kind: 'start' }, 'in-progress'],
  ['nobody works on what is decided', accepted, { kind: 'start' }, 'error'],
  ['work ends', { ...open, state: 'in-progress' }, { kind: 'stop' }, 'open stopped'],
  ['a decision', open, { kind: 'decide', decision }, 'accepted decided'],
  ['the same decision', accepted, { kind: 'decide', decision }, 'accepted'],
  ['a new reason', accepted, { kind: 'decide', decision: { ...decision, reason: 'other' } }, 'accepted decided'],
  ['no reason', open, { kind: 'decide', decision: { ...decision, reason: ' ' } }, 'error'],
  ['over before it begins', open, { kind: 'decide', decision: { ...decision, until: '2026-11-24' } }, 'error'],
  ['nothing to decide about', fixed, { kind: 'decide', decision }, 'error'],
  ['a person opens it again', accepted, person, 'open reopened'],
  ['what is proven is not opened by a word', fixed, person, 'error'],
  ['proven', accepted, { kind: 'fix', provenBy: ['sha256:1'] }, 'fixed fixed'],
  ['back', fixed, { kind: 'return', digest: 'sha256:2' }, 'open reopened'],
  ['back, and the decision holds', { ...fixed, decision }, { kind: 'return', digest: 'd' }, 'accepted came-back'],
  [
    'back, and the decision has ended',
    { ...fixed, decision: { ...decision, until: '2026-11-01' } },
    { kind: 'return', digest: 'd' },
    'open reopened',
  ],
  ['not gone at all', open, { kind: 'return', digest: 'd' }, 'open'],
  ['the policy sets it', open, { kind: 'due', dueAt: now, byHand: false, reason: 'policy' }, 'open due-changed'],
  [
    'the policy leaves what a person set',
    { ...open, isDueSetByHand: true },
    { kind: 'due', dueAt: now, byHand: false, reason: 'policy' },
    'open',
  ],
  ['a comment', fixed, { kind: 'comment', text: 'thanks' }, 'fixed commented'],
];

for (const [name, finding, change, expected] of rows)
  test(name, () => {
    const changed = changeState(finding, change, now);
    const told = changed.ok
      ? [changed.value.finding.state, changed.value.event?.kind].filter(Boolean).join(' ')
      : 'error';
    assert.equal(told, expected);
  });

test('opening again counts, and ends the decision', () => {
  const changed = changeState(accepted, person, now);
  assert.ok(changed.ok);
  assert.deepEqual(changed.value.finding, { ...open, reopened: 1 });
  assert.deepEqual(changed.value.event?.details, {
    from: 'accepted',
    to: 'open',
    cause: { kind: 'person', reason: 'it is reachable' },
  });
});
