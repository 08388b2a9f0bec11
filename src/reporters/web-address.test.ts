import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vulnerabilityPage, webAddress } from './web-address.ts';

const addresses: readonly (readonly [string, string | undefined])[] = [
  ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
  ['HTTP://EXAMPLE.com', 'http://example.com/'],
  ['https://example.com/a|b`c{d}%zz', 'https://example.com/a%7Cb%60c%7Bd%7D%25zz'],
  ['https://example.com/#a#b', 'https://example.com/#a%23b'],
  ['javascript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['//example.com/', undefined],
  ['see the changelog', undefined],
  ['https://user:secret@example.com/', undefined],
  [`https://example.com/${'a'.repeat(5_000)}`, undefined],
];

for (const [text, expected] of addresses) {
  test(`web address: ${text.slice(0, 60)}`, () => assert.equal(webAddress(text), expected));
}

test('pages of record', () => {
  assert.equal(vulnerabilityPage('CVE-2024-3094'), 'https://www.cve.org/CVERecord?id=CVE-2024-3094');
  assert.equal(vulnerabilityPage('GHSA-jfh8-c2jp-5v3q'), 'https://github.com/advisories/GHSA-jfh8-c2jp-5v3q');
  assert.equal(vulnerabilityPage('ALPINE-CVE-2024-1'), 'https://osv.dev/vulnerability/ALPINE-CVE-2024-1');
  assert.equal(vulnerabilityPage('"><script>'), undefined);
});
