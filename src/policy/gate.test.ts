import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AffectedStatus } from '#advisory/index.ts';
import type { Decision, DecisionState, FindingBase, Severity } from '#model/index.ts';
import { type VulnerabilityFinding, viewOf } from '#vulnerability/index.ts';
import { pkg } from '../../test/kit/matching.ts';
import { gate } from './gate.ts';

function finding(id: string, severity: Severity, state: AffectedStatus = 'fixed'): VulnerabilityFinding {
  return {
    kind: 'vulnerability',
    id,
    aliases: [],
    package: pkg('deb', `p-${id} 1`),
    state,
    severity,
    scores: [],
    references: [],
    enrichment: {},
    evidence: [],
  };
}

const findings = [
  finding('CVE-1', 'critical', 'affected'),
  finding('CVE-2', 'high'),
  finding('CVE-3', 'low', 'will-not-fix'),
  finding('CVE-4', 'unknown', 'under-investigation'),
  finding('CVE-5', 'critical', 'not-affected'),
];

describe('gate', () => {
  const table: [Parameters<typeof gate>[1], string[], RegExp][] = [
    [
      { failOn: 'critical' },
      ['CVE-1'],
      /^1 vulnerability in 1 package \(1 critical\); 1 without a rating not counted$/,
    ],
    [{ failOn: 'high' }, ['CVE-1', 'CVE-2'], /^2 vulnerabilities in 2 packages \(1 critical, 1 high\)/],
    [{ failOn: 'high', onlyFixed: true }, ['CVE-2'], /^1 vulnerability in 1 package \(1 high\)$/],
    [{ failOn: 'any' }, ['CVE-1', 'CVE-2', 'CVE-3', 'CVE-4'], /\(1 critical, 1 high, 1 low, 1 unknown\)$/],
    [{ failOn: 'unknown' }, ['CVE-1', 'CVE-2', 'CVE-3', 'CVE-4'], /1 unknown/],
    [{ failOn: 'critical', onlyFixed: true }, [], /^nothing stands against it$/],
  ];
  for (const [options, expected, message] of table) {
    test(JSON.stringify(options), () => {
      const result = gate(findings, options);
      assert.deepEqual(
        result.failing.map(({ id }) => id),
        expected,
      );
      assert.equal(result.pass, expected.length === 0);
      assert.match(result.message, message);
    });
  }
});

describe('gate with decisions, for every kind', () => {
  const decided = (state: DecisionState): { decision: Decision } => ({
    decision: { source: 'exception', state, reason: 'x', statedIn: 'x' },
  });
  const file = (kind: string, path: string, more: object = {}): FindingBase => ({
    kind,
    id: `${kind}-rule`,
    severity: 'high',
    ...{ location: { path } },
    ...more,
  });
  const table: [FindingBase[], string][] = [
    [[{ ...finding('CVE-1', 'high'), ...decided('accepted') }], 'nothing stands against it'],
    [
      [
        { ...finding('CVE-1', 'high'), ...decided('affected') },
        { ...finding('CVE-2', 'low'), ...decided('under-investigation') },
      ],
      '2 vulnerabilities in 2 packages (1 high, 1 low)',
    ],
    [[file('secret', 'a', decided('false-positive'))], 'nothing stands against it'],
    [
      [file('secret', 'a'), file('secret', 'a'), file('malware', 'b'), file('secret', 'c', decided('deferred'))],
      '2 secrets in 1 file (2 high); 1 malware finding in 1 file (1 high)',
    ],
    [
      [{ kind: 'licence', id: 'x', severity: 'low', ...{ package: pkg('npm', 'a 1') } }],
      '1 licence finding in 1 package (1 low)',
    ],
    [[{ kind: 'other', id: 'x', severity: 'low' }], '1 other finding (1 low)'],
  ];
  for (const [findings, message] of table) {
    test(message, () => assert.equal(gate(findings, { failOn: 'any' }).message, message));
  }
  test('a fix is asked of vulnerabilities only', () => {
    assert.equal(gate([file('secret', 'a')], { failOn: 'any', onlyFixed: true }).pass, false);
  });
});

describe('view', () => {
  test('says what it hides', () => {
    const view = viewOf(findings, { severities: ['critical', 'high'], onlyFixed: true });
    assert.deepEqual(
      view.findings.map(({ id }) => id),
      ['CVE-2'],
    );
    assert.deepEqual(
      view.problems.map(({ message, effect }) => [message, effect]),
      [['Findings not shown, as asked for: 2 of another severity than critical, high; 2 without a fix.', 'note']],
    );
  });
  test('says nothing when it hides nothing', () => {
    assert.deepEqual(viewOf(findings, {}), { findings, problems: [] });
  });
});
