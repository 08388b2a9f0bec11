import assert from 'node:assert/strict';
import { type Reporter, reporters, sbomReporters } from '#reporters/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { fullReport } from '../../kit/full-report.ts';
import { withForeignWords } from '../../kit/hostile-words.ts';
import { cyclonedxSchema, sarifSchema } from '../../kit/published-schemas.ts';
import { hostileText } from '../../kit/report.ts';
import type { FuzzTarget } from '../target.ts';

const options = { color: false, width: 80, verbose: true };
const schemas: ReadonlyMap<string, ReturnType<typeof sarifSchema>> = new Map([
  ['sarif', sarifSchema()],
  ['cyclonedx', cyclonedxSchema()],
]);

/** Every word of strangers begins with the text, ends with it, or is it. */
function reportsWith(text: string): ScanReport[] {
  const changes = [(words: string) => `${text}${words}`, (words: string) => `${words}${text}`, () => text];
  return changes.map((change) => withForeignWords(fullReport(), change));
}

/** Line ends are made by reporters; no other character that a terminal or an editor acts on may be left. */
const acting = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u;

function check(reporter: Reporter, report: ScanReport): void {
  const text = [...reporter.render(report, options)].join('');
  assert.doesNotMatch(text, acting, `${reporter.id}: a character that acts`);
  if (reporter.mediaType.includes('json')) checkJson(reporter, JSON.parse(text));
  if (reporter.id === 'html') checkPage(text);
  if (reporter.id === 'github') checkCommands(text);
}

/** Foreign words give the runner no command of their own. */
function checkCommands(text: string): void {
  for (const line of text.trimEnd().split('\n')) assert.match(line, /^(?:- (?!.*::)|::(?:error|warning|notice) )/);
}

function checkJson({ id }: Reporter, document: unknown): void {
  const schema = schemas.get(id);
  assert.ok(schema === undefined || schema(document), `${id}: ${JSON.stringify(schema?.errors?.slice(0, 2))}`);
}

const ownElements: ReadonlySet<string> = elementsOf(pageOf(fullReport()));

/** Foreign words make no element, no attribute and no link of their own kind. */
function checkPage(text: string): void {
  const data = text.slice(text.indexOf('id="dataset">') + 13, text.lastIndexOf('</script>\n<script type="module">'));
  JSON.parse(data);
  assert.doesNotMatch(data, /[<>&]/, 'markup inside the script element');
  for (const element of elementsOf(text)) assert.ok(ownElements.has(element), `the page has a new element ${element}`);
}

function pageOf(report: ScanReport): string {
  const page = reporters.find(({ id }) => id === 'html') ?? assert.fail('no page');
  return [...page.render(report, options)].join('');
}

/** Each kind of element with the names of its attributes and where its links lead: `a href=https: rel target`. */
function elementsOf(page: string): Set<string> {
  const markup = page.replace(/<script[^>]*>[\s\S]*?<\/script>/g, '').replace(/<style>[\s\S]*?<\/style>/, '');
  const elements = markup.match(/<[^>]*>/g) ?? [];
  return new Set(elements.map((element) => element.replace(/="([^"]*)"/g, (_, value: string) => schemeOf(value))));
}

function schemeOf(value: string): string {
  const scheme = /^(https?|data|javascript|file):/i.exec(value);
  return scheme ? `=${scheme[0].replace('http:', 'https:')}` : '';
}

export const reportTexts: FuzzTarget = {
  id: 'report-texts',
  title: 'Every reporter on a report whose every foreign word is hostile',
  form: 'text',
  seeds: () =>
    [
      hostileText,
      '</script><!--<img src=x onerror=alert(1)>',
      'javascript:alert(1)//',
      '"><a href="javascript:alert(1)" onclick=x>',
      ']]></text> & &amp; \u0000\ud800',
      '2026-11-24T09:30:00Z',
      '| [a](javascript:x) `b` ~~c~~ |\n# d',
      '\n::stop-commands::x%0A::error::\r##[add-path]y',
    ].map((each) => Buffer.from(each)),
  // Longer than the longest text that a format's schema allows. Each input stands in some thousand places of three reports.
  maxBytes: 1_100,
  maxMs: 4_000,
  testIterations: 10,
  run(bytes) {
    // UTF-8 cannot say half of a surrogate pair; JSON, which much of a report comes from, can.
    const text = `${Buffer.from(bytes).toString('utf8')}${bytes.length % 7 === 0 ? '\ud800' : ''}`;
    for (const report of reportsWith(text)) {
      for (const reporter of [...reporters, ...sbomReporters]) check(reporter, report);
    }
  },
};
