import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cleanReport, finding, hostileReport, installed, largeReport, sampleReport } from '../../../test/kit/report.ts';
import { assertMatchesFile } from '../../../test/kit/snapshot.ts';
import { columnsOf } from '../columns.ts';
import { table } from './index.ts';

const render = (
  report = sampleReport(),
  options: { width?: number; color?: boolean; verbose?: boolean } = {},
): string => [...table.render(report, { width: 80, color: false, verbose: false, ...options })].join('');

describe('what a person sees at 80 columns', () => {
  test('with findings', () => assertMatchesFile(render(), new URL('./testdata/sample.txt', import.meta.url)));
  test('with findings, verbose', () =>
    assertMatchesFile(render(sampleReport(), { verbose: true }), new URL('./testdata/verbose.txt', import.meta.url)));
  test('with nothing found', () =>
    assertMatchesFile(render(cleanReport()), new URL('./testdata/clean.txt', import.meta.url)));
});

describe('width', () => {
  for (const width of [40, 80, 100, 140, 10_000]) {
    test(`no line is wider than ${width} columns`, () => {
      for (const report of [sampleReport(), hostileReport(), largeReport(200), wideReport()]) {
        for (const line of render(report, { width, verbose: true }).split('\n')) {
          assert.ok(columnsOf(line) <= Math.min(width, 160), line);
        }
      }
    });
  }

  test('a version is never cut', () => {
    const version = '1:2.3.4+really1.2.3-0ubuntu0.24.04.1~esm1+security20260101.2';
    const owner = installed({ name: 'long-package-name', version });
    const report = sampleReport({
      packages: [owner],
      findings: [finding({ id: 'CVE-2025-1', package: owner, fixedVersion: `${version}0` })],
    });
    assert.match(render(report), new RegExp(`${escaped(version)}0`));
  });

  test('a width of nonsense is as good as none', () => {
    assert.equal(render(sampleReport(), { width: Number.NaN }), render());
  });
});

test('colours only add to what is there', () => {
  const colored = render(sampleReport(), { color: true });
  assert.notEqual(colored, render());
  assert.equal(colored.replace(/\u001b\[\d+m/g, ''), render());
});

test('an incomplete answer without findings does not read as a clean one', () => {
  const text = render(sampleReport({ findings: [] }));
  assert.match(text, /No vulnerability found, but the answer is incomplete\./);
  assert.doesNotMatch(text, /No known vulnerability/);
});

test('unknown distribution and no data are said', () => {
  const { distribution: _distribution, ...rest } = sampleReport({ sources: [] });
  assert.match(render(rest), /not recognised/);
  assert.match(render(rest), /none: nothing could be said/);
});

test('no command is offered where no package manager is', () => {
  const { distribution } = sampleReport();
  assert.ok(distribution);
  assert.doesNotMatch(render(sampleReport({ distribution: { ...distribution, distroless: true } })), /apt-get/);
});

function wideReport(): ReturnType<typeof sampleReport> {
  const owner = installed({
    name: '漢字漢字漢字-パッケージ',
    version: '1.0-1',
    source: { name: '漢字漢字', version: '1.0-1' },
  });
  return sampleReport({
    packages: [owner],
    findings: [finding({ id: 'CVE-2025-2', package: owner, fixedVersion: '1.0-2', summary: '漢字'.repeat(60) })],
  });
}

function escaped(text: string): string {
  return text.replace(/[.+]/g, '\\$&');
}

test('packages that could not be assessed keep a report from reading as clean', () => {
  const { unassessed } = sampleReport();
  const text = render(cleanReport({ unassessed }));
  assert.match(text, /No known vulnerability in what could be assessed; 1 package could not\./);
});
