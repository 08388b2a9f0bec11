import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from './dockerfile/index.ts';
import { evaluateChecks } from './evaluate.ts';
import { ChecksTally } from './summary.ts';

const today = '2026-11-24';

function evaluate(text: string) {
  const dockerfile = parseDockerfile(text, today);
  return evaluateChecks('dockerfile', dockerfile, 'app/Dockerfile', { ignores: dockerfile.ignores, today });
}

test('a finding says what, where, why and what to do', () => {
  const finding = evaluate('FROM debian:12\nUSER app\nRUN cd /x\n').findings.find(
    ({ id }) => id === 'dockerfile-run-cd',
  );
  assert.equal(finding?.kind, 'misconfiguration');
  assert.deepEqual(finding?.location, { path: 'app/Dockerfile', line: 3 });
  assert.deepEqual(finding?.position, { line: 3, column: 5, endLine: 3, endColumn: 10 });
  assert.ok(finding && finding.message !== '' && finding.rationale !== '' && finding.remediation !== '');
});

test('a comment accepts a finding, which stays; under another name of the check too', () => {
  const text =
    'FROM debian:12\n# hadolint ignore=DL3003\nRUN cd /x\n# plimsoll:ignore dockerfile-run-cd until 2026-01-01 gone\nRUN cd /y\n';
  const findings = evaluate(text).findings.filter(({ id }) => id === 'dockerfile-run-cd');
  assert.deepEqual(
    findings.map(({ decision }) => [decision?.state, decision?.statedIn]),
    [
      ['accepted', 'app/Dockerfile:2'],
      [undefined, undefined],
    ],
  );
});

test('hits of one check are limited, and it is said', () => {
  const { findings, problems } = evaluate(`FROM debian:12\n${'RUN cd /x\n'.repeat(300)}`);
  assert.equal(findings.filter(({ id }) => id === 'dockerfile-run-cd').length, 200);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['check-hits-limited'],
  );
});

test('the summary counts what was asked, what failed and what did not arise', () => {
  const evaluation = evaluate('FROM debian:12\n');
  const tally = new ChecksTally();
  tally.add(evaluation);
  tally.add(evaluation);
  const summary = tally.total();
  assert.equal(summary.documents, 2);
  assert.equal(summary.evaluated, (evaluation.passed.length + evaluation.failed.length) * 2);
  assert.equal(summary.failed, evaluation.failed.length * 2);
  assert.deepEqual(summary.byCheck['dockerfile-syntax-unpinned'], { passed: 0, failed: 0, notApplicable: 2 });
  assert.deepEqual(summary.notAssessed, []);
});
