import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fullReport } from '../../../test/kit/full-report.ts';
import { finding, hostileReport, installed, sampleReport } from '../../../test/kit/report.ts';
import { sarif } from './index.ts';
import { cutForCodeScanning, limits } from './limits.ts';

const plain = { color: false, width: 80, verbose: false };
const log = (report = sampleReport()) => JSON.parse([...sarif.render(report, plain)].join(''));
const fingerprints = (report = sampleReport()): string[] =>
  log(report).runs[0].results.map(
    (one: { partialFingerprints: Record<string, string> }) => one.partialFingerprints['plimsoll/v1'],
  );

describe('rules and results', () => {
  const { tool, results, invocations } = log().runs[0];

  test('a vulnerability in two packages is one rule and two results', () => {
    assert.equal(tool.driver.rules.filter((one: { id: string }) => one.id === 'CVE-2023-46218').length, 1);
    assert.equal(results.filter((one: { ruleId: string }) => one.ruleId === 'CVE-2023-46218').length, 2);
  });

  test('every result points to its rule', () => {
    for (const one of results) assert.equal(tool.driver.rules[one.ruleIndex].id, one.ruleId);
  });

  test('not affected is no result, and said', () => {
    assert.ok(results.every((one: { ruleId: string }) => one.ruleId !== 'CVE-2024-0232'));
    assert.match(JSON.stringify(invocations[0].toolExecutionNotifications), /1 statement by publishers/);
  });

  test('an incomplete answer is a successful run with warnings', () => {
    assert.equal(invocations[0].executionSuccessful, true);
    const levels = invocations[0].toolExecutionNotifications.map((one: { level: string }) => one.level);
    assert.deepEqual(levels, ['warning', 'warning', 'note', 'note']);
  });

  test('an unknown severity has no number', () => {
    const owner = installed({ name: 'x', version: '1' });
    const report = sampleReport({ findings: [finding({ id: 'CVE-2025-3', package: owner, severity: 'unknown' })] });
    const [rule] = log(report).runs[0].tool.driver.rules;
    assert.equal(rule.properties['security-severity'], undefined);
    assert.equal(rule.defaultConfiguration.level, 'warning');
  });

  test('locations are relative addresses inside the artifact', () => {
    const [result] = log(hostileReport()).runs[0].results;
    const { uri } = result.locations[0].physicalLocation.artifactLocation;
    assert.match(uri, /^[A-Za-z0-9\-._~%!*'()/]+$/);
    assert.doesNotMatch(uri, /^\/|\.\./);
  });

  test('markdown from feeds is taken by its word', () => {
    const [rule] = log(hostileReport()).runs[0].tool.driver.rules;
    assert.match(rule.help.markdown, /\\<img src=x/);
    assert.doesNotMatch(rule.help.markdown, /javascript:/);
  });
});

describe('edits', () => {
  const found = fullReport().findings.filter(({ id }) => id === 'compose-privileged');
  const artifact = { kind: 'tree', scheme: 'directory', name: './shop', tags: [], layers: [] } as const;
  const [result] = log(fullReport({ artifact, findings: found })).runs[0].results;

  test('are fixes of the file, from the top of the repository', () => {
    const file = { uri: 'shop/compose.yaml', uriBaseId: '%SRCROOT%' };
    assert.deepEqual(result.locations[0].physicalLocation.artifactLocation, file);
    assert.deepEqual(result.fixes[0].artifactChanges, [
      {
        artifactLocation: file,
        replacements: [{ deletedRegion: { charOffset: 52, charLength: 4 }, insertedContent: { text: 'false' } }],
      },
    ]);
  });

  test('stand beside level, place and the page of help', () => {
    assert.equal(result.level, 'error');
    const { region } = result.locations[0].physicalLocation;
    assert.deepEqual(region, { startLine: 4, startColumn: 5, endLine: 4, endColumn: 21 });
    const [rule] = log(fullReport({ findings: found })).runs[0].tool.driver.rules;
    assert.match(rule.helpUri, /^https:\/\/docs.docker.com\//);
  });
});

describe('fingerprints', () => {
  const { artifact, packages } = sampleReport();

  test('differ from each other', () => {
    assert.equal(new Set(fingerprints()).size, fingerprints().length);
  });

  test('stay the same in the next build', () => {
    const next = sampleReport({
      createdAt: '2027-01-01T00:00:00.000Z',
      artifact: { ...artifact, name: 'registry.example.com/shop/checkout:1.5' },
      packages: packages.map((one) => ({ ...one, version: `${one.version}.1` })),
    });
    assert.deepEqual(fingerprints(next), fingerprints());
  });

  test('differ for another repository', () => {
    const other = sampleReport({ artifact: { ...artifact, name: 'registry.example.com/shop/basket:1.4' } });
    assert.notDeepEqual(fingerprints(other), fingerprints());
  });
});

describe('limits of code scanning', () => {
  const owner = installed({ name: 'x', version: '1' });
  const many = Array.from({ length: 10 }, (_, index) =>
    finding({ id: `CVE-2025-${index % 5}`, package: owner, severity: index === 9 ? 'critical' : 'low' }),
  );

  test('the worst are kept and the rest is counted', () => {
    const { kept, omissions } = cutForCodeScanning(many, { results: 3, rules: 100 });
    assert.equal(kept.length, 3);
    assert.equal(kept[0]?.severity, 'critical');
    assert.match(omissions.join(), /7 results of the lowest severity left out/);
  });

  test('results without a rule are not written', () => {
    const { kept, rules } = cutForCodeScanning(many, { results: 100, rules: 2 });
    assert.equal(rules.size, 2);
    assert.ok(kept.every((one) => rules.has(one.id)));
  });

  test('nothing is said when nothing is cut', () => {
    assert.deepEqual(cutForCodeScanning(many, limits).omissions, []);
  });

  test('texts are cut', () => {
    const report = sampleReport({
      findings: [finding({ id: 'CVE-2025-4', package: owner, summary: 'long '.repeat(5_000) })],
    });
    const { tool, results } = log(report).runs[0];
    assert.ok(tool.driver.rules[0].fullDescription.text.length <= limits.shortText);
    assert.ok(results[0].message.text.length <= limits.messageText);
  });
});
