import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { reporters } from '#reporters/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { fullReport } from '../kit/full-report.ts';
import { hostileReport, largeReport, sampleReport } from '../kit/report.ts';

const chromium = ['chromium', 'chromium-browser', 'google-chrome']
  .flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)))
  .find((path) => existsSync(path));
const skip = chromium === undefined ? 'no Chromium on PATH' : false;
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-page-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('the report page in a browser', { skip }, () => {
  test('shows the overview first and hides the other parts', () => {
    const dom = opened(sampleReport(), '');
    assert.match(dom, /<section id="overview"(?![^>]*hidden)/);
    assert.match(dom, /<section id="findings"[^>]*hidden/);
    assert.match(dom, /id="tab-overview"[^>]*aria-selected="true"|aria-selected="true"[^>]*id="tab-overview"/);
  });

  test('filters 20,000 findings by what the address says', () => {
    const dom = opened(largeReport(20_000), '#findings?severity=high&source=source-7');
    assert.match(dom, /id="findings-summary"[^>]*>24 of 20,000 findings, the most urgent first</);
    assert.match(dom, /data-value="high"[^>]*aria-pressed="true"/);
    assert.match(dom, /built from source-7 ×/);
  });

  test('hides what was decided until it is asked for', () => {
    const hidden = opened(fullReport(), '#findings?soon=60-days');
    assert.match(hidden, /id="findings-summary"[^>]*>5 of 8 findings, the most urgent first; 1 decided not shown</);
    assert.doesNotMatch(hidden, /<tr class="decided"/);
    const shown = opened(fullReport(), '#findings?decided=yes');
    assert.match(shown, /id="findings-summary"[^>]*>10 findings, the most urgent first</);
    assert.match(shown, /<tr class="decided">[\s\S]*?decided: not affected/);
  });

  test('filters packages by what their licences ask for', () => {
    const dom = opened(fullReport(), '#packages?category=network-copyleft');
    assert.match(dom, /id="packages-summary"[^>]*>2 of 13 packages</);
  });

  test('shows hostile content as text', () => {
    const dom = opened(hostileReport(), '#findings');
    assert.match(dom, /&lt;img src=x onerror=alert\(1\)&gt;/);
    assert.doesNotMatch(dom, /<img/);
  });
});

/** The document as it stands after its script ran. */
function opened(report: ScanReport, hash: string): string {
  const page = reporters.find(({ id }) => id === 'html');
  assert.ok(page && chromium);
  const path = join(folder, 'report.html');
  writeFileSync(path, [...page.render(report, { color: false, width: 80, verbose: false })].join(''));
  const run = spawnSync(chromium, [...quietly, '--dump-dom', `${pathToFileURL(path)}${hash}`], {
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 100_000_000,
  });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout;
}

const quietly = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--virtual-time-budget=5000',
  `--user-data-dir=${join(folder, 'profile')}`,
];
