import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffPackages, type ScanReport } from '#scan/index.ts';
import { cleanReport, hostileReport, installed, sampleReport } from '../../test/kit/report.ts';
import { renderSbomDiff, type SbomDiffFormat, sbomDiffFormats } from './sbom-diff.ts';

function rendered(before: ScanReport, after: ScanReport, format: SbomDiffFormat, width = 100, color = false): string {
  const diff = diffPackages(before.packages, after.packages);
  return [...renderSbomDiff({ before, after, diff }, format, { color, width })].join('');
}

const [base] = sampleReport().packages;
const before = cleanReport({
  packages: [
    installed({ name: 'curl', version: '7.88.1-10+deb12u4', licences: ['curl'] }),
    installed({ name: 'gone', version: '1' }),
    installed({ name: 'same', version: '1', licences: ['MIT'] }),
    installed({ name: 'lifted', version: '1' }),
  ],
});
const after = cleanReport({
  packages: [
    installed({ name: 'curl', version: '7.88.1-10+deb12u5', licences: ['curl'] }),
    installed({ name: 'same', version: '1', licences: ['BUSL-1.1'] }),
    installed({
      name: 'lifted',
      version: '1',
      origin: { path: 'x', layer: { index: 2, diffId: `sha256:${'b'.repeat(64)}`, part: 'own' } },
    }),
  ],
});

test('the table groups what happened and never cuts a version', () => {
  const text = rendered(before, after, 'table');
  assert.match(text, /1 removed, 1 upgraded, 1 under another licence, 1 brought in by another layer; 0 unchanged\./);
  assert.match(text, /deb {3}curl {5}7\.88\.1-10\+deb12u4 → 7\.88\.1-10\+deb12u5/);
  assert.match(text, /deb {3}same {5}1 {8}MIT → BUSL-1\.1/);
  assert.match(text, /layer 0 → layer 2/);
  const narrow = rendered(before, after, 'table', 40);
  assert.match(narrow, /7\.88\.1-10\+deb12u4/);
  assert.ok(narrow.split('\n').every((line) => line.length <= 40));
});

test('colours only repeat what the words say', () => {
  const colored = rendered(before, after, 'table', 100, true);
  const plain = colored.replace(/\u001b\[\d+m/g, '').replace(/ +$/gm, '');
  assert.equal(plain, rendered(before, after, 'table'));
});

test('no difference is said, and so is what may be missing', () => {
  const text = rendered(sampleReport(), sampleReport(), 'table');
  assert.match(text, /No difference in 8 packages\./);
  assert.match(text, /Not compared\n\n {2}! before: A package record could not be read/);
});

test('JSON has a summary and one difference a line', () => {
  const document = JSON.parse(rendered(before, after, 'json'));
  assert.equal(document.schema, 'plimsoll.sbom-diff.v1');
  assert.deepEqual(document.summary, {
    added: 0,
    removed: 1,
    upgraded: 1,
    downgraded: 0,
    changed: 0,
    relicensed: 1,
    moved: 1,
    unchanged: 0,
  });
  assert.deepEqual(document.differences[1].before.version, '7.88.1-10+deb12u4');
  assert.equal(document.before.packages, 4);
});

test('texts of strangers stay texts in every format', () => {
  const clean = cleanReport({ packages: base ? [base] : [] });
  for (const format of sbomDiffFormats) {
    const text = rendered(clean, hostileReport(), format);
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
    if (format === 'markdown') assert.doesNotMatch(text, /<script|<img|[^\\]\|\|/);
  }
});
