import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { frameworks } from '#standards/index.ts';
import { sampleCompliance } from '../../../test/kit/compliance.ts';
import { hostileText } from '../../../test/kit/report.ts';
import type { ComplianceReport } from '../index.ts';
import { complianceFormats } from './index.ts';

const sample = sampleCompliance();
const hostile = sampleCompliance((text) => `${text}${hostileText}`);

function rendered(
  id: string,
  report: ComplianceReport = sample,
  more: { width?: number; verbose?: boolean } = {},
): string {
  const format = complianceFormats.find((one) => one.id === id);
  assert.ok(format);
  return [...format.render(report, { color: false, width: 100, verbose: false, ...more })].join('');
}

describe('every format', () => {
  for (const { id } of complianceFormats) {
    test(`${id} names every clause of every standard`, () => {
      const text = rendered(id, sample, { width: 160, verbose: true });
      const missing = frameworks
        .flatMap(({ clauses }) => clauses)
        .filter((clause) => !text.includes(clause.id.replaceAll('&', '&amp;')));
      // In OSCAL a number is a part of a token.
      assert.deepEqual(id === 'oscal' ? [] : missing.map((clause) => clause.id), []);
    });

    test(`${id} gives the same bytes for the same report`, () => {
      assert.equal(rendered(id), rendered(id, sampleCompliance()));
    });

    test(`${id} has nothing that acts on a terminal`, () => {
      assert.doesNotMatch(
        rendered(id, hostile, { verbose: true }),
        /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e\u2066]/,
      );
    });

    test(`${id} of no scan says that nothing was looked at`, () => {
      const text = rendered(id, { ...sample, evidence: [] });
      assert.ok(text.length > 0);
      if (id === 'table' || id === 'html') assert.match(text, /nothing was looked at/);
    });
  }
});

describe('the page', () => {
  const text = rendered('html', hostile);
  const outside = text.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<style>[\s\S]*?<\/style>/, '');

  test('stands alone: its policy names the hashes of the style and the script', () => {
    const hash = (part: string) => `sha256-${createHash('sha256').update(part).digest('base64')}`;
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
    assert.ok(policy.startsWith("default-src 'none'; "));
    assert.ok(policy.includes(hash(/<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '')));
    assert.ok(policy.includes(hash(/<script type="module">([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '')));
    const plain = rendered('html').replace(/<script[\s\S]*?<\/script>/g, '');
    assert.doesNotMatch(plain, /\s(?:on\w+|style|src|action)=/);
  });

  test('foreign words open no element and lead nowhere', () => {
    assert.doesNotMatch(text, /<img/);
    assert.equal(text.match(/<script/g)?.length, 1);
    assert.ok(outside.includes('&lt;/script&gt;&lt;img'));
    for (const [, target = ''] of text.matchAll(/href="([^"]*)"/g)) assert.match(target, /^(#|data:image\/svg)/);
  });

  test('every tile leads to a requirement, and ids are unique', () => {
    const ids = [...outside.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const [, target = ''] of outside.matchAll(/href="#([^"]*)"/g)) assert.ok(ids.includes(target), target);
  });
});

test('the CSV has a line for each requirement, and no cell that a spreadsheet would run', () => {
  const [framework, ...rest] = sample.frameworks;
  assert.ok(framework);
  const [first, ...others] = framework.requirements;
  assert.ok(first);
  const evil = { ...first, title: '=HYPERLINK("x")', reason: 'a "b", c' };
  const text = rendered('csv', { ...sample, frameworks: [{ ...framework, requirements: [evil, ...others] }, ...rest] });
  assert.ok(text.includes(`"'=HYPERLINK(""x"")"`));
  assert.ok(text.includes('"a ""b"", c"'));
  const requirements = sample.frameworks.reduce((sum, one) => sum + one.requirements.length, 0);
  assert.equal(text.split('\r\n').length, requirements + 2);
});

describe('the OSCAL document', () => {
  const document = JSON.parse(rendered('oscal', hostile));
  const text = JSON.stringify(document);
  const results = document['assessment-results'];

  test('has ids of a version that the schema takes, each once where it is given', () => {
    const given: string[] = [];
    JSON.stringify(document, (key, value) => {
      if (key === 'uuid') given.push(value);
      return value;
    });
    assert.equal(new Set(given).size, given.length);
    for (const id of given) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    for (const [, id = ''] of text.matchAll(/"(?:subject|observation|risk)-uuid":"([^"]*)"/g))
      assert.ok(given.includes(id), id);
    assert.ok(given.includes(results['import-ap'].href.slice(1)));
  });

  test('names controls by tokens, has no empty list and no text with blanks at its ends', () => {
    for (const [, id = ''] of text.matchAll(/"(?:control|target)-id":"([^"]*)"/g))
      assert.match(id, /^[\p{L}_][\p{L}\p{N}._-]*$/u);
    assert.doesNotMatch(text, /\[\]/);
    for (const [, value = ''] of text.matchAll(/"value":"([^"\\]*)"/g)) assert.match(value, /^\S(?:.*\S)?$/);
  });

  test('has a finding for each requirement, satisfied only where it is met', () => {
    for (const [index, framework] of hostile.frameworks.entries()) {
      const { findings } = results.results[index];
      assert.equal(findings.length, framework.requirements.length);
      for (const [at, { state, statement }] of framework.requirements.entries()) {
        const isMet = state === 'pass' || state === 'not-applicable' || (state === 'manual' && statement === 'given');
        assert.equal(findings[at].target.status.state, isMet ? 'satisfied' : 'not-satisfied');
      }
    }
  });
});

test('the table says why, where and what to do, and fits a narrow terminal', () => {
  const text = rendered('table', sample, { width: 60 });
  assert.match(text, /What fails/);
  assert.match(text, /What is not known, and how to learn it/);
  assert.match(text, /What is accepted though it is not so/);
  assert.match(rendered('table', sample, { width: 160 }), /! .*expired on 2026-06-01/);
  for (const line of text.split('\n')) assert.ok(line.length <= 60, line);
});
