import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Decision } from '#model/index.ts';
import { applyVex, parseVex } from '#vulnerability/index.ts';
import { cleanReport, finding, installed, sampleReport } from '../../../test/kit/report.ts';
import { cyclonedx } from './index.ts';

const owner = installed({ name: 'curl', version: '1' });
const decided = (state: Decision['state'], more: Partial<Decision> = {}): Decision => ({
  source: 'exception',
  state,
  reason: 'because',
  statedIn: 'e.yaml:3',
  ...more,
});
const written = (decision: Decision): string => {
  const report = cleanReport({
    packages: [owner],
    findings: [finding({ id: 'CVE-2024-1', package: owner, decision })],
  });
  return [...cyclonedx.render(report, { color: false, width: 80, verbose: false })].join('');
};

describe('decisions', () => {
  const table: [decision: Decision, analysis: object, status: string, readAs: string | undefined][] = [
    [
      decided('not-affected', { justification: 'vulnerable_code_not_in_execute_path', author: 'Ann' }),
      {
        state: 'not_affected',
        justification: 'code_not_reachable',
        detail: 'not-affected by Ann: because (exception, e.yaml:3)',
      },
      'unaffected',
      'not-affected',
    ],
    [
      decided('false-positive'),
      { state: 'false_positive', detail: 'false-positive: because (exception, e.yaml:3)' },
      'unaffected',
      'not-affected',
    ],
    [decided('fixed'), { state: 'resolved', detail: 'fixed: because (exception, e.yaml:3)' }, 'unaffected', 'fixed'],
    [
      decided('affected'),
      { state: 'exploitable', detail: 'affected: because (exception, e.yaml:3)' },
      'affected',
      'affected',
    ],
    [
      decided('accepted', { expires: '2027-01-01' }),
      { response: ['will_not_fix'], detail: 'accepted until 2027-01-01: because (exception, e.yaml:3)' },
      'affected',
      undefined,
    ],
    [
      decided('deferred'),
      { state: 'in_triage', detail: 'deferred: because (exception, e.yaml:3)' },
      'affected',
      'under-investigation',
    ],
  ];
  for (const [decision, analysis, status, readAs] of table) {
    test(decision.state, () => {
      const text = written(decision);
      const [vulnerability] = JSON.parse(text).vulnerabilities;
      assert.deepEqual([vulnerability.analysis, vulnerability.affects[0].versions[0].status], [analysis, status]);
      const read = parseVex(text, 'v.json');
      assert.ok(read.ok);
      const { manifestDigest } = sampleReport().artifact;
      const context = { names: [], digests: manifestDigest ? [manifestDigest] : [], packages: [owner] };
      const again = applyVex([finding({ id: 'CVE-2024-1', package: owner })], read.value.statements, context);
      assert.equal(again.findings[0]?.decision?.state, readAs, 'and read again');
    });
  }
});
