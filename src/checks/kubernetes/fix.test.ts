import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exampleSubject } from '../../../test/kit/check-subjects.ts';
import type { CheckHit } from '../check.ts';
import { checks } from '../registry.ts';
import { deployment } from './examples.ts';

function hitsOf(id: string, text: string): CheckHit[] {
  const check = checks.find((one) => one.id === id);
  assert.ok(check);
  const outcome = check.evaluate(exampleSubject(check.subject, text));
  return Symbol.iterator in outcome ? [...outcome] : [];
}

const context = (members: string) => `securityContext: {${members}}`;

describe('edits that the cluster would refuse, or a program would miss', () => {
  const table: readonly [id: string, container: string, pod: string, fix: 'safe' | 'breaking' | 'none'][] = [
    ['kubernetes-privilege-escalation', '', '', 'safe'],
    ['kubernetes-privilege-escalation', context('privileged: true'), '', 'none'],
    ['kubernetes-privilege-escalation', context('capabilities: {add: [SYS_ADMIN]}'), '', 'none'],
    ['kubernetes-run-as-non-root', '', '', 'breaking'],
    ['kubernetes-run-as-non-root', context('runAsUser: 10001'), '', 'safe'],
    ['kubernetes-run-as-non-root', '', context('runAsUser: 10001'), 'safe'],
    ['kubernetes-run-as-non-root', context('runAsUser: 0'), context('runAsUser: 10001'), 'none'],
    ['kubernetes-seccomp-missing', '', '', 'safe'],
    ['kubernetes-seccomp-unconfined', context('seccompProfile: {type: Unconfined}'), '', 'breaking'],
    ['kubernetes-writable-root-filesystem', '', '', 'breaking'],
  ];
  for (const [id, container, pod, expected] of table)
    test(`${id}: ${container} ${pod}`, () => {
      const [hit, ...others] = hitsOf(id, deployment(container, pod));
      assert.ok(hit && others.length === 0);
      const found = hit.fix === undefined ? 'none' : hit.fixMayBreak === undefined ? 'safe' : 'breaking';
      assert.equal(found, expected);
    });
});
