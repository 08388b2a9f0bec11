import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { printable } from '#foundation/index.ts';
import { fullReport } from '../../../test/kit/full-report.ts';
import { withForeignWords } from '../../../test/kit/hostile-words.ts';
import { cleanReport, hostileReport, hostileText, largeReport, sampleReport } from '../../../test/kit/report.ts';
import { html } from './index.ts';
import { markup } from './markup.ts';

const page = (report = sampleReport()): string =>
  [...html.render(report, { color: false, width: 80, verbose: false })].join('');
const dataset = (text: string) =>
  JSON.parse(between(text, '<script type="application/json" id="dataset">', '</script>'));

describe('the page stands alone and runs nothing but its own script', () => {
  const text = page();
  const policy = between(text, 'http-equiv="Content-Security-Policy" content="', '"');

  test('the policy names the hashes of the style and the script that are there', () => {
    assert.ok(policy.startsWith("default-src 'none'; "));
    assert.ok(policy.includes(`style-src '${hash(between(text, '<style>', '</style>'))}'`));
    assert.ok(policy.includes(`script-src '${hash(between(text, '<script type="module">', '</script>'))}'`));
  });

  test('nothing is loaded and no element brings code or style of its own', () => {
    assert.doesNotMatch(text, /<link(?! rel="icon" href="data:)|<iframe|<object|@import|url\(/);
    assert.doesNotMatch(text.replace(/<script[\s\S]*?<\/script>/g, ''), /\s(?:on\w+|style|src|action)=/);
  });
});

describe('hostile content', () => {
  const text = page(hostileReport());
  const outside = text.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<style>[\s\S]*?<\/style>/, '');

  test('opens no element', () => {
    assert.doesNotMatch(text, /<img/);
    assert.match(outside, /&lt;\/script&gt;&lt;img src=x onerror=alert\(1\)&gt;/);
    assert.equal(text.match(/<script/g)?.length, 2);
    assert.equal(text.match(/<\/script/g)?.length, 2);
  });

  test('comes through the dataset as text, without characters that act', () => {
    const { vulnerabilities, packages } = dataset(text);
    assert.equal(vulnerabilities[0].summary, printable(hostileText));
    assert.equal(packages[0].name, `curl${printable(hostileText)}`);
  });

  test('links lead to web addresses only', () => {
    for (const [, target = ''] of text.matchAll(/href="([^"]*)"/g)) assert.match(target, /^(#|data:image\/svg)/);
    for (const one of dataset(text).vulnerabilities[0].references) assert.match(one, /^https:\/\//);
  });
});

describe('hostile content in findings of every kind', () => {
  const text = page(withForeignWords(fullReport(), (words) => `${words}${hostileText}`));

  test('opens no element and leads nowhere but to the web', () => {
    assert.doesNotMatch(text, /<img/);
    assert.equal(text.match(/<script/g)?.length, 2);
    for (const [, target = ''] of text.matchAll(/href="([^"]*)"/g)) assert.match(target, /^(#|https:|data:image\/svg)/);
  });

  test('comes through the dataset', () => {
    const { decisions, facts } = dataset(text);
    assert.ok(decisions[0].reason.endsWith(printable(hostileText)));
    assert.ok(facts.some(({ value }: { value: string }) => value.endsWith(printable(hostileText))));
  });
});

describe('findings of every kind', () => {
  const text = page(fullReport());
  const overview = between(text, '<section id="overview"', '</section>');

  test('malware and secrets come before vulnerabilities, with their severity in words', () => {
    const order = [
      'Malware and suspicious content: 1 critical',
      'Secrets: 1 critical, 1 medium',
      'class="lead"',
      'How soon',
    ];
    const places = order.map((words) => overview.indexOf(words));
    assert.ok(!places.includes(-1), String(places));
    assert.deepEqual(
      places.toSorted((a, b) => a - b),
      places,
    );
  });

  test('a secret in two places is one, and says which of them a later layer deleted', () => {
    const secrets = between(text, '<section id="secrets"', '</section>');
    assert.equal(secrets.match(/<article/g)?.length, 3);
    assert.match(secrets, /root\/\.netrc:2[^\n]*deleted by a later layer, still in the image/);
    assert.match(secrets, /app\/\.env:7/);
  });

  test('pictures have their numbers beside them, and lead to what they count', () => {
    assert.match(overview, /href="#findings\?soon=3-days">Within 3 days<\/a>[^\n]*<td>1<\/td>/);
    assert.match(overview, /href="#packages\?category=network-copyleft">Network copyleft<\/a>[^\n]*<td>2<\/td>/);
  });

  test('what was decided is told and does not count', () => {
    assert.match(overview, /Decided, so that they do not count: 5 findings/);
    assert.match(overview, /accepted by an exception, by Shop platform team, until 2027-03-31: Nobody logs in/);
    assert.doesNotMatch(between(text, '<table class="findings"', '</table>'), /CVE-2023-4641/);
    assert.match(text, /data-panel="findings">Vulnerabilities <span class="count">8</);
  });

  test('receipts are in the dataset, what repeats in them once', () => {
    const { findings, receipts, facts, windows, decisions } = dataset(text);
    const asked = findings.map(({ r }: { r: number }) => windows[receipts[r].w].id);
    assert.deepEqual([asked.length, asked[0]], [11, '3-days']);
    assert.ok(facts.length < 40);
    assert.deepEqual(
      decisions.map(({ closes }: { closes: boolean }) => closes),
      [true, false, true],
    );
  });

  test('what was not looked for is named', () => {
    assert.match(page(cleanReport()), /Secrets were not looked for\. Malware was not looked for\./);
    const none = page(cleanReport({ scanners: ['vulnerability', 'secret', 'malware'] }));
    assert.match(none, /No secret found\. No malware found\./);
    const secretsOnly = page(fullReport({ findings: fullReport().findings.filter(({ kind }) => kind === 'secret') }));
    assert.doesNotMatch(secretsOnly, /class="lead good"/);
  });
});

describe('content', () => {
  test('the plan comes before the findings', () => {
    const text = page();
    assert.ok(text.indexOf('What to upgrade') < text.indexOf('id="findings"'));
    assert.match(
      text,
      /<strong>2 upgrades<\/strong> remove <strong>3<\/strong> of <strong>7 vulnerabilities<\/strong>/,
    );
  });

  test('gaps are announced at the top', () => {
    assert.match(page(), /This answer is incomplete: 2 gaps are named/);
    assert.doesNotMatch(page(cleanReport()), /This answer is incomplete/);
  });

  test('a clean answer says what it was compared with; an incomplete one is not clean', () => {
    assert.match(page(cleanReport()), /No known vulnerability\.[\s\S]*Compared with[\s\S]*Debian security tracker/);
    assert.doesNotMatch(page(sampleReport({ findings: [] })), /No known vulnerability/);
  });

  test('all findings are in the dataset, the first in the page itself', () => {
    const text = page(largeReport(3_000));
    assert.equal(dataset(text).findings.length, 3_000);
    assert.equal(between(text, '<tbody><tr><td class="severity">', '</table>').match(/<tr>/g)?.length, 199);
    assert.match(text, /The 200 most urgent of 3,000 findings/);
  });

  test('a large dataset stays small: what repeats is written once', () => {
    assert.ok(page(largeReport(20_000)).length < 12_000_000);
  });

  test('ids are unique', () => {
    const ids = [...page(fullReport()).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});

test('markup escapes every value', () => {
  assert.equal(
    markup`<a title="${'"\'<>&`'}">${undefined}${false}${7}${markup`<b>`}</a>`.html,
    '<a title="&quot;&#39;&lt;&gt;&amp;&#96;">7<b></a>',
  );
});

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start) + start.length;
  assert.ok(from >= start.length, start);
  return text.slice(from, text.indexOf(end, from));
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
