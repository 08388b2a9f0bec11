import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Control, Framework } from '#standards/index.ts';
import { foreignSubjects } from './load.ts';
import { parseAttestations } from './parse.ts';

const whole = 'control: PLM-A, state: met, statement: s, by: b, date: 2026-01-01, expires: 2027-01-01';

test('an entry is read with its line', () => {
  const text = `# ours
attestations:
  - control: PLM-A
    state: not-met
    statement: |
      nobody
      looks
    by: Platform team
    date: 2026-01-01
    expires: 2027-01-01
    evidence: [OPS-1, "https://example.com"]
  - {framework: nist-800-190, clause: 4.6, state: met, statement: s, by: b, date: 2026-01-01, expires: 2027-01-01}
`;
  const { attestations, problems } = parseAttestations(text, 'a.yaml');
  assert.deepEqual(problems, []);
  assert.deepEqual(attestations[0], {
    subject: { control: 'PLM-A' },
    state: 'not-met',
    statement: 'nobody\nlooks',
    by: 'Platform team',
    date: '2026-01-01',
    expires: '2027-01-01',
    evidence: ['OPS-1', 'https://example.com'],
    statedIn: 'a.yaml:3',
  });
  assert.deepEqual(attestations[1]?.subject, { framework: 'nist-800-190', clause: '4.6' });
});

describe('what is wrong is named with its place, and not heard', () => {
  const cases: readonly (readonly [entry: string, fault: RegExp])[] = [
    [whole.replace('control: PLM-A, ', ''), /a\.yaml:2:5: says not what it is about/],
    [`${whole}, framework: x, clause: y`, /about a control or about a clause of a framework, not both/],
    [whole.replace('control: PLM-A', 'framework: x'), /has no "clause"/],
    [whole.replace('state: met', 'state: mett'), /a\.yaml:2:29: unknown state "mett"; did you mean "met"\?/],
    [whole.replace('by: b, ', ''), /has no "by"/],
    [whole.replace('statement: s', 'statement: ""'), /"statement" is a text/],
    [whole.replace('2027-01-01', '2027-02-30'), /"expires" is a day of the calendar/],
    [whole.replace('2027-01-01', '2025-01-01'), /"expires" is later than "date"/],
    [whole.replace(', expires: 2027-01-01', ''), /has no "expires"/],
    [`${whole}, evidence: {a: 1}`, /"evidence" is a list of texts/],
    [`${whole}, expire: 2027-01-01`, /unknown member "expire"; did you mean "expires"\?/],
    [`${whole}, by: c`, /by stands twice/],
    [whole.replace('statement: s', `statement: ${'s'.repeat(4001)}`), /more than 4000 characters/],
  ];
  for (const [entry, fault] of cases)
    test(String(fault), () => {
      const { attestations, problems } = parseAttestations(`attestations:\n  - {${entry}}\n  - {${whole}}\n`, 'a.yaml');
      assert.equal(attestations.length, 1, 'the other one holds');
      assert.ok(
        problems.some(({ message, effect }) => fault.test(message) && effect === 'degraded'),
        JSON.stringify(problems),
      );
    });
});

describe('a file that is none', () => {
  const cases: readonly (readonly [text: string, fault: RegExp])[] = [
    ['- a', /has no list "attestations:"/],
    ['attestations: yes', /"attestations" is a list/],
    ['attestations: []\nexceptions: []', /unknown member "exceptions"/],
    ['attestations: &a [*a]', /anchors and aliases/],
    ['attestations: [', /not valid YAML/],
    ['attestations:\n  - met', /an attestation is a mapping/],
  ];
  for (const [text, fault] of cases)
    test(String(fault), () => {
      const { attestations, problems } = parseAttestations(text, 'a.yaml');
      assert.equal(attestations.length, 0);
      assert.match(problems[0]?.message ?? '', fault);
    });
  test('an empty one states nothing', () => {
    assert.deepEqual(parseAttestations('', 'a.yaml'), { attestations: [], problems: [] });
  });
});

test('statements about what does not exist are named', () => {
  const about = (subject: string) =>
    parseAttestations(`attestations:\n  - {${whole.replace('control: PLM-A', subject)}}\n`, 'a.yaml').attestations;
  const control: Control = {
    id: 'PLM-A',
    family: 'host',
    title: '',
    anchors: [],
    why: '',
    attack: '',
    remedy: '',
    evidence: [],
    proofs: [],
  };
  const framework: Framework = {
    id: 'own',
    title: 'Own',
    publisher: 'us',
    version: '1',
    wording: 'own',
    references: [],
    clauses: [{ id: '1', title: '', text: '', section: '', mappings: [] }],
  };
  const faults = (subject: string) =>
    foreignSubjects(about(subject), [control], [framework]).map(({ message }) => message);
  assert.deepEqual(faults('control: PLM-A'), []);
  assert.deepEqual(faults('framework: own, clause: 1'), []);
  assert.match(faults('control: PLM-B')[0] ?? '', /a\.yaml:2: there is no control "PLM-B"/);
  assert.match(faults('framework: owm, clause: 1')[0] ?? '', /there is no framework "owm"; did you mean "own"\?/);
  assert.match(faults('framework: own, clause: 2')[0] ?? '', /Own has no clause "2" here/);
});
