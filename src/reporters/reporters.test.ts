import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { cleanReport, hostileReport, largeReport, sampleReport } from '../../test/kit/report.ts';
import { type ReporterOptions, reporters, sbomReporters } from './index.ts';

const plain: ReporterOptions = { color: false, width: 80, verbose: false };
const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
);

describe('every reporter', () => {
  test('has a folder of its name, and every folder is registered', () => {
    assert.deepEqual(folders.map(({ name }) => name).sort(), reporters.map(({ id }) => id).sort());
  });

  for (const reporter of reporters) {
    test(`${reporter.id}: describes itself`, () => {
      assert.match(reporter.title, /^[A-Z].{10,100}$/);
      assert.match(reporter.fileExtension, /^(\.[a-z]+)+$/);
      assert.match(reporter.mediaType, /^[a-z]+\/[a-z.+-]+/);
      assert.ok(reporter.references.length > 0 && reporter.references.every((reference) => URL.canParse(reference)));
    });

    test(`${reporter.id}: the same report gives the same bytes`, () => {
      const text = whole(reporter.render(sampleReport(), plain));
      assert.equal(whole(reporter.render(sampleReport(), plain)), text);
      assert.ok(text.endsWith('\n'), 'ends with a line end');
    });

    test(`${reporter.id}: leaves no character of scanned content that acts`, () => {
      const text = whole(reporter.render(hostileReport(), plain));
      const acting = text.match(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu,
      );
      assert.equal(acting, null);
    });

    test(`${reporter.id}: says what could not be assessed`, () => {
      const marker = 'nodejs 20.11.1-1nodesource1';
      const said = whole(reporter.render(sampleReport(), plain)).includes(marker);
      assert.equal(said, reporter.id !== 'openvex', 'OpenVEX speaks of vulnerabilities only');
    });

    test(`${reporter.id}: a clean report is not empty`, () => {
      const text = whole(reporter.render(cleanReport(), plain));
      if (reporter.id === 'gitlab') assert.equal(text, '[]\n', 'a list of issues and nothing else');
      else assert.ok(text.length > 200);
    });

    test(`${reporter.id}: a large report comes in pieces`, () => {
      const pieces = [...reporter.render(largeReport(3_000), plain)];
      assert.ok(Math.max(...pieces.map(({ length }) => length)) < 400_000);
    });
  }
});

describe('an SBOM', () => {
  for (const reporter of sbomReporters) {
    test(`${reporter.id}: lists packages and says nothing about vulnerabilities`, () => {
      const text = whole(reporter.render(sampleReport(), plain));
      assert.match(text, /\blibcurl4\b/);
      assert.doesNotMatch(text, /CVE-|["<]vulnerabilities|"findings"/);
    });
  }
});

function whole(pieces: Iterable<string>): string {
  return [...pieces].join('');
}
