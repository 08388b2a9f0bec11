import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fullReport } from '../../test/kit/full-report.ts';
import { sampleReport } from '../../test/kit/report.ts';
import { parseSavedReport, readSavedReport, type SavedReport, type ScanReport } from './index.ts';

const saved = (report: unknown) => parseSavedReport(JSON.stringify(report), 'scan.json');

function read(report: unknown): SavedReport {
  const parsed = saved(report);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.error);
  return parsed.value;
}

describe('a report that was kept', () => {
  const report = fullReport();
  const kept = read(report);

  test('has every finding, with its decision', () => {
    assert.equal(kept.findings.length, report.findings.length);
    for (const [index, { kind, id, severity, decision }] of report.findings.entries()) {
      const one = kept.findings[index];
      assert.deepEqual([one?.kind, one?.id, one?.severity], [kind, id, severity]);
      assert.equal(one?.decision?.state, decision?.state);
      assert.equal(one?.decision?.expires, decision?.expires);
    }
  });

  test('says what was looked for, what was checked and what was not', () => {
    assert.deepEqual(kept.scanners, report.scanners);
    assert.deepEqual(kept.checks, report.checks);
    assert.equal(kept.unassessed.length, report.unassessed.length);
    assert.equal(kept.problems.length, report.problems.length);
    assert.equal(kept.assessment, report.assessment);
  });

  test('a report that was just made is one too', () => {
    const made: ScanReport = report;
    const same: SavedReport = made;
    assert.equal(same.artifact.name, kept.artifact.name);
  });
});

test('an SBOM has no findings, as nobody looked', () => {
  const { findings: _, ...sbom } = { ...sampleReport(), scanners: [] };
  assert.deepEqual(read(sbom).findings, []);
});

test('a name of the platform is an ordinary name of a check', () => {
  const tally = { passed: 1, failed: 0, notApplicable: 0 };
  const text = JSON.stringify(fullReport()).replace('"byCheck":{', `"byCheck":{"__proto__":${JSON.stringify(tally)},`);
  const parsed = parseSavedReport(text, 'scan.json');
  assert.ok(parsed.ok);
  assert.ok(Object.hasOwn(parsed.value.checks?.byCheck ?? {}, '__proto__'));
});

describe('what is no report is refused, and says why', () => {
  const sample = JSON.parse(JSON.stringify(fullReport()));
  const cases: readonly (readonly [what: string, text: string, error: RegExp])[] = [
    ['no JSON', 'hello', /scan\.json is not valid JSON; plimsoll scan TARGET --format json/],
    ['other JSON', '{"a":1}', /scan\.json is not a scan report/],
    [
      'a later form',
      '{"schema":"plimsoll.scan.v2"}',
      /has the form "plimsoll\.scan\.v2"; this version reads plimsoll\.scan\.v1/,
    ],
    [
      'a cut one',
      JSON.stringify({ ...sample, findings: undefined }),
      /no list of findings though something was looked for/,
    ],
    ['no scanners', JSON.stringify({ ...sample, scanners: undefined }), /has no list scanners/],
    ['an unknown scanner', JSON.stringify({ ...sample, scanners: ['cloud'] }), /scanners names "cloud"/],
    [
      'checks of an older version',
      JSON.stringify({ ...sample, checks: { ...sample.checks, byCheck: undefined } }),
      /an older version wrote it; scan again/,
    ],
    [
      'a tally that is no count',
      JSON.stringify({ ...sample, checks: { ...sample.checks, byCheck: { a: { passed: -1 } } } }),
      /byCheck\["a"\]\.passed is no count/,
    ],
    [
      'a finding without id',
      JSON.stringify({ ...sample, findings: [{ kind: 'secret', severity: 'high' }] }),
      /findings\[0\] has no id/,
    ],
    [
      'a decision of an unknown kind',
      JSON.stringify({
        ...sample,
        findings: [{ ...sample.findings[0], decision: { source: 'friend', state: 'accepted' } }],
      }),
      /findings\[0\]\.decision has no known word/,
    ],
    ['a time that is none', JSON.stringify({ ...sample, createdAt: 'yesterday' }), /createdAt is "yesterday", no time/],
  ];
  for (const [what, text, error] of cases)
    test(what, () => {
      const parsed = parseSavedReport(text, 'scan.json');
      assert.ok(!parsed.ok);
      assert.match(parsed.error, error);
    });
});

test('a file is read, and one that is not there is named', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'saved-')), 'scan.json');
  writeFileSync(path, JSON.stringify(sampleReport()));
  assert.ok((await readSavedReport(path)).ok);
  const missing = await readSavedReport(`${path}.missing`);
  assert.ok(!missing.ok);
  assert.match(missing.error, /scan\.json\.missing cannot be read/);
});
