import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingLanguage } from './findings.ts';
import { parseFilter } from './parse.ts';

const now = new Date('2026-11-24T12:00:00Z');

/** The filter in short: `-field op value|value`. */
function read(text: string): string {
  const filter = parseFilter(text, findingLanguage, now);
  if (!filter.ok) return `${filter.error.at}: ${filter.error.message}`;
  return filter.value
    .map(({ field, isNegated, operator, values }) => {
      const shown = values.map((value) => {
        if (value.kind === 'time') return value.time.toISOString().slice(0, 13);
        return value.kind === 'none' ? 'NONE' : 'number' in value ? value.number : value.text;
      });
      return `${isNegated ? '-' : ''}${field} ${operator} ${shown.join('|')}`;
    })
    .join('; ');
}

test('filters are read with the types of their fields', () => {
  for (const [text, expected] of [
    ['', ''],
    ['  severity>=high ', 'severity >= high'],
    ['severity:high,critical -state:fixed', 'severity : high|critical; -state : fixed'],
    ['package:"a b",c', 'package : a b|c'],
    ['due<7d due:none', 'due < 2026-12-01T12; due : NONE'],
    ['due<-1d', 'due < 2026-11-23T12'],
    ['seen>2w', 'seen > 2026-11-10T12'],
    ['seen:2026-11-01', 'seen : 2026-11-01T00'],
    ['rank>=12.5', 'rank >= 12.5'],
    ['openssl "buffer \\"over\\" flow"', 'text : openssl; text : buffer "over" flow'],
    ['asset:registry.example:5000/a', 'asset : registry.example:5000/a'],
    ['assignee:me', 'assignee : me'],
    ['team:constructor', 'team : constructor'],
  ] as const)
    assert.equal(read(text), expected, text);
});

test('what does not fit is named with its place', () => {
  for (const [text, expected] of [
    ['severty:high', /^0: There is no field severty; did you mean "severity"/],
    ['state:open severity:hihg', /^20: severity: "hihg" is none of its words; did you mean "high"/],
    ['package>openssl', /^0: package has no order/],
    ['severity>=high,low', /^0: severity>= takes one value/],
    ['severity:', /^9: A value is missing/],
    ['severity:high,', /^14: A value is missing/],
    ['"open', /^0: This quote is not closed/],
    ['""', /^0: There is nothing between/],
    ['due<2026-02-30', /^4: due: This takes a day/],
    ['due<none', /^4: due: none is not more or less/],
    ['rank>1e9', /^5: rank: This takes a number/],
    ['assignee:bob', /^9: assignee: Give the id/],
    ['constructor:x', /^0: There is no field constructor/],
    ['...', /^0: text: There is no letter/],
    ['-', /^1: A value is missing/],
    [`${'a '.repeat(41)}`, /^80: A filter has 40 terms/],
    [`rule:${'a,'.repeat(60)}a`, /A term has 50 values/],
    ['a'.repeat(4001), /^4000: A filter has 4000 characters/],
  ] as const)
    assert.match(read(text), expected, text);
});

test('every field has an example that is read as that field', () => {
  for (const { name, example } of findingLanguage.fields) {
    const filter = parseFilter(example, findingLanguage, now);
    assert.ok(filter.ok && filter.value.length === 1 && filter.value[0]?.field === name, example);
  }
});
