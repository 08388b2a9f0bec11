import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isVulnerability, prioritise } from '#vulnerability/index.ts';
import { sampleReport } from '../../../test/kit/report.ts';
import { findingsNamed, renderExplanation } from './explanation.ts';

const plain = sampleReport();
const report = {
  ...plain,
  findings: plain.findings.map((one) =>
    isVulnerability(one)
      ? { ...one, priority: prioritise(one, {}, plain.sources), dependencyPath: ['web@1', 'deep@2'] }
      : one,
  ),
};
const [first] = plain.findings.filter(isVulnerability);
assert.ok(first);

const explain = (id: string, width = 120) =>
  [...renderExplanation(report, id, { color: false, width, verbose: false })].join('');

test('says how soon and why, where it is, and by whose word', () => {
  const text = explain(first.id);
  for (const part of [
    first.id,
    'How soon:',
    'the base table says',
    'Known to be exploited?',
    'What would change that',
    `In  ${first.package.name} ${first.package.version}`,
    'Because of web@1 > deep@2',
    `${first.evidence[0]?.source} ${first.evidence[0]?.advisoryId}`,
  ])
    assert.ok(text.includes(part), `${part} in\n${text}`);
});

test('finds it by any of its names, however they are written', () => {
  assert.ok(findingsNamed(report, first.id.toLowerCase()).length > 0);
  for (const alias of first.aliases) assert.ok(findingsNamed(report, alias).length > 0);
});

test('says so when no package has it, and that the answer has holes', () => {
  assert.match(explain('CVE-1999-9999'), /No package of .* is known to have CVE-1999-9999; .* not whole/s);
});

test('fits a narrow terminal', () => {
  const words = explain(first.id, 40)
    .split('\n')
    .filter((line) => !line.includes('https://'));
  assert.deepEqual(
    words.filter((line) => line.length > 60),
    [],
  );
});
