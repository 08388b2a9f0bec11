import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseVex } from '#vulnerability/index.ts';
import { vulnerability } from '../../test/kit/findings.ts';
import { openVex } from '../../test/kit/vex.ts';
import { baselineOf, decide, gate, parseExceptions } from './index.ts';

const context = { names: ['app:1'], digests: [], packages: [], today: '2026-06-15' };
const findings = ['CVE-1', 'CVE-2', 'CVE-3', 'CVE-4'].map((id) => vulnerability(id));

test('VEX, exceptions and baseline, each for what the ones before left open', () => {
  const said = (name: string, status: string) => ({ vulnerability: { name }, products: ['pkg:npm/lodash'], status });
  const vex = parseVex(openVex([said('CVE-1', 'not_affected'), said('CVE-2', 'affected')]), 'vex.json');
  assert.ok(vex.ok);
  const entry = (id: string) => `  - {id: ${id}, reason: r, expires: 2027-01-01}\n`;
  const { exceptions } = parseExceptions(`exceptions:\n${entry('CVE-1')}${entry('CVE-2')}`, 'e.yaml');
  const value = baselineOf(findings.slice(0, 3), { createdAt: '2026-01-01', artifact: 'app:1' });
  const decided = decide(
    findings,
    { vex: vex.value.statements, exceptions, baseline: { value, statedIn: 'b.json' } },
    context,
  );
  assert.deepEqual(
    decided.findings.map(({ decision }) => decision && `${decision.source} ${decision.state} ${decision.statedIn}`),
    ['vex not-affected vex.json', 'exception accepted e.yaml:3', 'baseline accepted b.json', undefined],
  );
  assert.deepEqual(
    decided.problems.map(({ code }) => code),
    ['exceptions-unused', 'baseline-applied'],
  );
  assert.deepEqual(
    gate(decided.findings, { failOn: 'any' }).failing.map(({ id }) => id),
    ['CVE-4'],
  );
});

test('nothing decided changes nothing', () => {
  assert.deepEqual(decide(findings, {}, context), { findings, problems: [] });
});
