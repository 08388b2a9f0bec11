import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosenValues, quoted, toggledValue, withoutFields, withTerm, writtenTerms } from './filter-text.ts';

test('terms are read as they are written, whole or half', () => {
  for (const [text, expected] of [
    ['severity>=high is:open', ['severity>=high', 'is:open']],
    ['package:"a b",c -team:shop', ['package:a b|c', '-team:shop']],
    ['"buffer \\"over\\" flow"', ['buffer "over" flow']],
    ['asset:registry.example:5000/a', ['asset:registry.example:5000/a']],
    ['team:"half', ['team:half']],
    ['is:', ['is:']],
    ['-', ['-']],
    ['', []],
  ] as const) {
    const read = writtenTerms(text).map(
      ({ isNegated, field, operator, values }) =>
        `${isNegated ? '-' : ''}${field === undefined ? '' : field + operator}${values.join('|')}`,
    );
    assert.deepEqual(read, expected, text);
  }
});

test('a facet adds a value, adds an alternative, and takes them away', () => {
  assert.equal(toggledValue('is:open', 'severity', 'high'), 'is:open severity:high');
  assert.equal(toggledValue('is:open severity:high', 'severity', 'critical'), 'is:open severity:high,critical');
  assert.equal(toggledValue('severity:high,critical is:open', 'severity', 'high'), 'is:open severity:critical');
  assert.equal(toggledValue('is:open severity:high', 'severity', 'high'), 'is:open');
  assert.equal(toggledValue('', 'team', 'Shop, old'), 'team:"Shop, old"');
  assert.deepEqual([...chosenValues('team:"Shop, old",none -team:x severity>=low', 'team')], ['Shop, old', 'none']);
});

test('what facets have not chosen stays', () => {
  assert.equal(
    withoutFields('severity>=high severity:low -severity:info', ['severity']),
    'severity>=high -severity:info',
  );
});

test('a value that is quoted is read as the same value', () => {
  for (const value of ['plain', 'a b', 'a,b', 'say "hi"', 'back\\slash', ''])
    assert.deepEqual(writtenTerms(`team:${quoted(value)}`)[0]?.values, [value], value);
});

test('a term is added once', () => {
  assert.equal(withTerm('is:open', 'is:open'), 'is:open');
  assert.equal(withTerm('is:open ', 'seen>7d'), 'is:open seen>7d');
});
