import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SavedFinding, SavedReport } from '#scan/index.ts';
import type { Clause, Control, Evidence, Framework, Mapping } from '#standards/index.ts';
import { type Attestation, assessCompliance, type RequirementState } from '../index.ts';

const now = '2026-11-24T12:00:00.000Z';

const privileged: Evidence = { by: 'checks', checks: ['kubernetes-privileged', 'compose-privileged'] };
const rootImage: Evidence = { by: 'checks', checks: ['image-config-user-root'] };
const noSecrets: Evidence = { by: 'findings', kind: 'secret', atLeast: 'any' };
const noHighVulnerability: Evidence = { by: 'findings', kind: 'vulnerability', atLeast: 'high' };
const outside: Evidence = { by: 'outside', source: 'host', what: 'rules of auditd' };
const statement: Evidence = { by: 'statement', ask: 'Does somebody read the logs?' };

const tally = (passed: number, failed = 0, notApplicable = 0) => ({ passed, failed, notApplicable });

function report(
  more: Partial<SavedReport> & { readonly byCheck?: Record<string, ReturnType<typeof tally>> } = {},
): SavedReport {
  const { byCheck, ...rest } = more;
  return {
    schema: 'plimsoll.scan.v1',
    createdAt: now,
    artifact: { kind: 'tree', name: 'shop', scheme: 'directory' },
    scanners: ['vulnerability', 'secret', 'malware', 'misconfiguration'],
    findings: [],
    checks: { documents: 1, evaluated: 1, failed: 0, byCheck: byCheck ?? {}, notAssessed: [] },
    unassessed: [],
    problems: [],
    assessment: 'complete',
    ...rest,
  };
}

function found(kind: string, id: string, more: Partial<SavedFinding> = {}): SavedFinding {
  return { kind, id, severity: 'high', location: { path: 'deploy/web.yaml', line: 3 }, ...more };
}

const accepted: SavedFinding['decision'] = {
  source: 'exception',
  state: 'accepted',
  reason: 'behind a gateway',
  expires: '2027-01-01',
  statedIn: 'exceptions.yaml:2',
};

function stated(state: Attestation['state'], more: Partial<Attestation> = {}): Attestation {
  return {
    subject: { control: 'PLM-ONE' },
    state,
    statement: 'as we said',
    by: 'Platform team',
    date: '2026-01-01',
    expires: '2027-01-01',
    evidence: [],
    statedIn: 'attestations.yaml:2',
    ...more,
  };
}

function control(id: string, evidence: readonly Evidence[]): Control {
  return {
    id,
    family: 'workload',
    title: id,
    anchors: ['AC-6'],
    why: '',
    attack: '',
    remedy: '',
    evidence,
    proofs: [],
  };
}

function framework(mappings: readonly Mapping[], more: Partial<Clause> = {}): Framework {
  const clause: Clause = { id: '1.1', title: 'A clause', text: 'Do it.', section: 'One', mappings, ...more };
  return { id: 'own', title: 'Own', publisher: 'us', version: '1', wording: 'own', references: [], clauses: [clause] };
}

const row = (id: string, relation: Mapping['relation'] = 'exact'): Mapping => ({
  control: id,
  relation,
  source: 'own reading',
});

interface Given {
  readonly evidence: readonly Evidence[];
  readonly reports?: readonly SavedReport[];
  readonly attestations?: readonly Attestation[];
}

function assessOne({ evidence, reports = [report()], attestations = [] }: Given) {
  const result = assessCompliance([framework([row('PLM-ONE')])], [control('PLM-ONE', evidence)], {
    reports,
    attestations,
    now,
  });
  const [requirement] = result.frameworks[0]?.requirements ?? [];
  assert.ok(requirement);
  return { ...requirement, result };
}

const kubernetesGood = report({ byCheck: { 'kubernetes-privileged': tally(4) } });
const kubernetesBad = report({
  byCheck: { 'kubernetes-privileged': tally(3, 1) },
  findings: [found('misconfiguration', 'kubernetes-privileged')],
});

describe('the state of a requirement follows from what was looked at', () => {
  const cases: readonly (readonly [what: string, given: Given, state: RequirementState, missing?: RegExp])[] = [
    ['a check of each kind that was met passes', { evidence: [privileged], reports: [kubernetesGood] }, 'pass'],
    ['a check fails', { evidence: [privileged], reports: [kubernetesBad] }, 'fail'],
    ['one of two reports fails', { evidence: [privileged], reports: [kubernetesGood, kubernetesBad] }, 'fail'],
    [
      'no document of the kind was there',
      { evidence: [privileged] },
      'not-assessed',
      /no Kubernetes manifest or Compose file/,
    ],
    [
      'no report at all',
      { evidence: [privileged, noSecrets], reports: [] },
      'not-assessed',
      /nothing that was scanned was looked through for secrets/,
    ],
    [
      'the question arose for no document that is all there is',
      { evidence: [rootImage], reports: [report({ byCheck: { 'image-config-user-root': tally(0, 0, 3) } })] },
      'not-applicable',
    ],
    [
      'the question arose for no manifest of those that were there',
      { evidence: [privileged], reports: [report({ byCheck: { 'kubernetes-privileged': tally(0, 0, 3) } })] },
      'not-assessed',
      /none of the manifests that were checked is about it \(kubernetes-privileged\)/,
    ],
    [
      'what failed was declared no fault',
      {
        evidence: [privileged],
        reports: [
          report({
            byCheck: { 'kubernetes-privileged': tally(0, 1) },
            findings: [
              found('misconfiguration', 'kubernetes-privileged', {
                decision: { ...accepted, state: 'false-positive' },
              }),
            ],
          }),
        ],
      },
      'pass',
    ],
    [
      'a check of a kind that was met was skipped',
      {
        evidence: [{ by: 'checks', checks: ['kubernetes-privileged', 'kubernetes-run-as-non-root'] }],
        reports: [kubernetesGood],
      },
      'partial',
      /the check kubernetes-run-as-non-root was not asked/,
    ],
    [
      'a check is asked for that is not there',
      { evidence: [{ by: 'checks', checks: ['kubernetes-privileged', 'constructor'] }], reports: [kubernetesGood] },
      'partial',
      /the check constructor was not asked/,
    ],
    [
      'a file of the kind could not be read',
      {
        evidence: [privileged],
        reports: [
          report({
            checks: {
              documents: 1,
              evaluated: 1,
              failed: 0,
              byCheck: { 'kubernetes-privileged': tally(1) },
              notAssessed: [{ path: 'deploy/x.yaml', reason: 'no YAML' }],
            },
          }),
        ],
      },
      'partial',
      /deploy\/x\.yaml in shop could not be checked: no YAML/,
    ],
    [
      'a file of another kind could not be read',
      {
        evidence: [rootImage],
        reports: [
          report({
            checks: {
              documents: 1,
              evaluated: 1,
              failed: 0,
              byCheck: { 'image-config-user-root': tally(1) },
              notAssessed: [{ path: 'deploy/x.yaml', reason: 'no YAML' }],
            },
          }),
        ],
      },
      'pass',
    ],
    [
      'a document failed and its finding is not listed',
      { evidence: [privileged], reports: [report({ byCheck: { 'kubernetes-privileged': tally(1, 2) } })] },
      'fail',
    ],
    ['no secret, looked for', { evidence: [noSecrets] }, 'pass'],
    ['a secret', { evidence: [noSecrets], reports: [report({ findings: [found('secret', 'aws-key')] })] }, 'fail'],
    [
      'secrets were not looked for',
      { evidence: [noSecrets], reports: [report({ scanners: ['vulnerability'] })] },
      'not-assessed',
    ],
    [
      'secrets were looked for in one of two',
      { evidence: [noSecrets], reports: [report(), report({ scanners: [] })] },
      'partial',
      /shop was not looked through for secrets/,
    ],
    [
      'less severe than asked about',
      {
        evidence: [noHighVulnerability],
        reports: [report({ findings: [found('vulnerability', 'CVE-1', { severity: 'medium' })] })],
      },
      'pass',
    ],
    [
      'a severity that nobody gave',
      {
        evidence: [noHighVulnerability],
        reports: [report({ findings: [found('vulnerability', 'CVE-1', { severity: 'unknown' })] })],
      },
      'partial',
      /1 open finding has no severity/,
    ],
    [
      'packages that no advisory speaks for',
      {
        evidence: [noHighVulnerability],
        reports: [
          report({
            unassessed: [{ reason: 'no-advisory-data', message: 'No data is here.', packages: 9 }],
            assessment: 'incomplete',
          }),
        ],
      },
      'partial',
      /No data is here/,
    ],
    [
      'something could not be read',
      {
        evidence: [noSecrets],
        reports: [
          report({
            problems: [{ code: 'tar-truncated', message: 'A layer is cut.', effect: 'incomplete' }],
            assessment: 'incomplete',
          }),
        ],
      },
      'partial',
      /A layer is cut/,
    ],
    [
      'findings were left out of the report',
      {
        evidence: [noHighVulnerability],
        reports: [
          report({
            problems: [{ code: 'findings-not-shown', message: 'Findings not shown: 3 less severe.', effect: 'note' }],
          }),
        ],
      },
      'partial',
      /scan again|leaves findings out/,
    ],
    [
      'a finding that was accepted',
      { evidence: [noSecrets], reports: [report({ findings: [found('secret', 'aws-key', { decision: accepted })] })] },
      'partial',
    ],
    [
      'a finding that was none',
      {
        evidence: [noSecrets],
        reports: [
          report({ findings: [found('secret', 'aws-key', { decision: { ...accepted, state: 'false-positive' } })] }),
        ],
      },
      'pass',
    ],
    [
      'a decision that leaves it open',
      {
        evidence: [noSecrets],
        reports: [
          report({
            findings: [found('secret', 'aws-key', { decision: { ...accepted, state: 'under-investigation' } })],
          }),
        ],
      },
      'fail',
    ],
    [
      'one part holds, one needs another place',
      { evidence: [noSecrets, outside] },
      'partial',
      /what is on the host: rules of auditd/,
    ],
    ['one part fails, one is not known', { evidence: [privileged, outside], reports: [kubernetesBad] }, 'fail'],
    ['only another place can tell', { evidence: [outside] }, 'not-assessed'],
    ['only a person can say', { evidence: [statement] }, 'manual', /Does somebody read the logs/],
    ['a person says so', { evidence: [statement], attestations: [stated('met')] }, 'manual'],
    ['a person answers for another place', { evidence: [noSecrets, outside], attestations: [stated('met')] }, 'pass'],
    ['a person denies', { evidence: [noSecrets], attestations: [stated('not-met')] }, 'fail'],
    [
      'a statement does not outweigh a finding',
      { evidence: [privileged], reports: [kubernetesBad], attestations: [stated('met')] },
      'fail',
    ],
    [
      'nor does one that it does not arise',
      { evidence: [privileged], reports: [kubernetesBad], attestations: [stated('not-applicable')] },
      'fail',
    ],
    [
      'it does not arise, as a person says',
      { evidence: [outside], attestations: [stated('not-applicable')] },
      'not-applicable',
    ],
    [
      'a statement has expired',
      { evidence: [outside], attestations: [stated('met', { expires: '2026-11-24' })] },
      'not-assessed',
      /held until 2026-11-24/,
    ],
    [
      'a denial that has expired denies no more',
      { evidence: [noSecrets], attestations: [stated('not-met', { expires: '2026-11-01' })] },
      'pass',
    ],
  ];
  for (const [what, given, state, missing] of cases)
    test(`${what}: ${state}`, () => {
      const requirement = assessOne(given);
      assert.equal(requirement.state, state);
      if (missing)
        assert.ok(
          requirement.missing.some(({ why, how }) => missing.test(`${why}; ${how}`)),
          JSON.stringify(requirement.missing),
        );
      if (state === 'pass') assert.deepEqual(requirement.missing, []);
      if (state === 'not-assessed' || state === 'partial')
        assert.ok(requirement.missing.length + requirement.counts.accepted > 0, 'says what is missing');
    });
});

describe('several controls cover a clause as their relations say', () => {
  const holds = control('PLM-HOLDS', [noSecrets]);
  const other = control('PLM-OTHER', [noHighVulnerability]);
  const open = control('PLM-OPEN', [outside]);
  const fails = control('PLM-FAILS', [privileged]);
  const absent = control('PLM-ABSENT', [rootImage]);
  const reports = [
    report({
      ...kubernetesBad,
      checks: {
        ...kubernetesBad.checks,
        documents: 2,
        evaluated: 2,
        failed: 1,
        notAssessed: [],
        byCheck: { 'kubernetes-privileged': tally(0, 1), 'image-config-user-root': tally(0, 0, 1) },
      },
    }),
  ];
  const cases: readonly (readonly [rows: readonly Mapping[], state: RequirementState])[] = [
    [[row('PLM-HOLDS', 'exact')], 'pass'],
    [[row('PLM-HOLDS', 'subset')], 'pass'],
    [[row('PLM-HOLDS', 'superset')], 'partial'],
    [[row('PLM-HOLDS', 'intersects')], 'partial'],
    [[row('PLM-HOLDS', 'superset'), row('PLM-OTHER', 'superset')], 'pass'],
    [[row('PLM-HOLDS', 'superset'), row('PLM-ABSENT', 'superset')], 'pass'],
    [[row('PLM-HOLDS', 'superset'), row('PLM-OTHER', 'intersects')], 'partial'],
    [[row('PLM-HOLDS', 'intersects'), row('PLM-OTHER', 'intersects')], 'partial'],
    [[row('PLM-HOLDS', 'exact'), row('PLM-OTHER', 'intersects')], 'pass'],
    [[row('PLM-ABSENT', 'exact'), row('PLM-OTHER', 'intersects')], 'partial'],
    [[row('PLM-ABSENT', 'exact')], 'not-applicable'],
    [[row('PLM-HOLDS', 'superset'), row('PLM-OPEN', 'superset')], 'partial'],
    [[row('PLM-OPEN', 'superset'), row('PLM-OPEN', 'exact')], 'not-assessed'],
    [[row('PLM-HOLDS', 'exact'), row('PLM-FAILS', 'intersects')], 'fail'],
    [[], 'not-assessed'],
  ];
  for (const [rows, state] of cases) {
    const words = rows.map(({ control: id, relation }) => `${relation} ${id}`).join(' and ') || 'no control';
    test(`${words}: ${state}`, () => {
      const result = assessCompliance([framework(rows)], [holds, other, open, fails, absent], {
        reports,
        attestations: [],
        now,
      });
      assert.equal(result.frameworks[0]?.requirements[0]?.state, state);
    });
  }
});

describe('a statement about the clause', () => {
  const about = { subject: { framework: 'own', clause: '1.1' } };
  const cases: readonly (readonly [rows: readonly Mapping[], given: Attestation, state: RequirementState])[] = [
    [[], stated('met', about), 'manual'],
    [[row('PLM-HOLDS', 'superset')], stated('met', about), 'pass'],
    [[row('PLM-OPEN')], stated('met', about), 'manual'],
    [[row('PLM-HOLDS')], stated('not-met', about), 'fail'],
    [[row('PLM-OPEN')], stated('not-applicable', about), 'not-applicable'],
    [[row('PLM-OPEN')], stated('met', { ...about, expires: '2026-11-01' }), 'not-assessed'],
    [[row('PLM-OPEN')], stated('met', { subject: { framework: 'own', clause: '9' } }), 'not-assessed'],
  ];
  for (const [rows, given, state] of cases)
    test(`${given.state} until ${given.expires} on ${rows.map((one) => one.control).join() || 'no control'}: ${state}`, () => {
      const controls = [control('PLM-HOLDS', [noSecrets]), control('PLM-OPEN', [outside])];
      const result = assessCompliance([framework(rows)], controls, { reports: [report()], attestations: [given], now });
      assert.equal(result.frameworks[0]?.requirements[0]?.state, state);
    });
});

describe('the numbers', () => {
  test('all states together are all requirements, and what was accepted counts once', () => {
    const clause = (id: string, ...mappings: Mapping[]): Clause => ({ id, title: id, text: '', section: '', mappings });
    const clauses = [
      clause('1', row('PLM-A')),
      clause('2', row('PLM-B')),
      clause('3', row('PLM-B')),
      clause('4', row('PLM-C')),
      clause('5', row('PLM-D')),
      clause('6'),
    ];
    const controls = [
      control('PLM-A', [privileged]),
      control('PLM-B', [noSecrets]),
      control('PLM-C', [statement]),
      control('PLM-D', [rootImage]),
    ];
    const reports = [
      report({
        byCheck: { 'kubernetes-privileged': tally(1) },
        findings: [found('secret', 'aws-key', { decision: accepted, fingerprint: 'f1' })],
      }),
    ];
    const attestations = [stated('met', { subject: { control: 'PLM-C' }, expires: '2026-11-01' })];
    const { frameworks, attestations: given } = assessCompliance([{ ...framework([]), clauses }], controls, {
      reports,
      attestations,
      now,
    });
    assert.deepEqual(frameworks[0]?.summary, {
      requirements: 6,
      pass: 1,
      fail: 0,
      partial: 2,
      notAssessed: 2,
      manual: 1,
      notApplicable: 0,
      manualMet: 0,
      expired: 1,
      acceptedFindings: 1,
    });
    assert.deepEqual(
      given.map(({ isExpired, isUsed }) => [isExpired, isUsed]),
      [[true, true]],
    );
  });
});
