import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caretPlace, completed, completions, type FilterField } from './completion.ts';

const field = (name: string, more: Partial<FilterField> = {}): FilterField => ({
  name,
  type: 'word',
  words: [],
  isOrdered: false,
  isOptional: false,
  about: `About ${name}.`,
  example: '',
  ...more,
});
const fields = [
  field('severity', { words: ['unknown', 'low', 'high', 'critical'], isOrdered: true }),
  field('is', { words: ['open', 'overdue'], about: '`open`: open or in progress. `overdue`: open after its date.' }),
  field('team', { type: 'pattern', isOptional: true }),
  field('due', { type: 'time', isOrdered: true, isOptional: true }),
];

const offered = (text: string, known: readonly string[] = []) =>
  completions(text.replace('|', ''), text.indexOf('|'), fields, known).map(({ text }) => text);

test('what is offered follows from where the caret is', () => {
  for (const [text, expected] of [
    ['|', ['severity:', 'is:', 'team:', 'due']],
    ['sev|', ['severity:']],
    ['is:open te|', ['team:']],
    ['-te|', ['team:']],
    ['is:o|', ['open', 'overdue']],
    ['is:open,ov|', ['overdue']],
    ['severity>=h|', ['high']],
    ['due<|', ['1d', '7d', '2w', '30d', '90d', 'none']],
    ['nothing:x|', []],
  ] as const)
    assert.deepEqual(offered(text), expected, text);
  assert.deepEqual(offered('team:sh|', ['Shop', 'Old shop', 'Payments']), ['Shop', '"Old shop"']);
});

test('a completion says what it means', () => {
  assert.equal(completions('is:over', 7, fields, [])[0]?.about, 'open after its date');
});

test('what is chosen takes the place of what was typed', () => {
  const take = (text: string) => {
    const plain = text.replace('|', '');
    const [first] = completions(plain, text.indexOf('|'), fields, ['Old shop']);
    assert.ok(first, text);
    const { text: done, caret } = completed(plain, first);
    return `${done.slice(0, caret)}|${done.slice(caret)}`;
  };
  assert.equal(take('sev| is:open'), 'severity:| is:open');
  assert.equal(take('is:op|'), 'is:open |');
  assert.equal(take('is:open,ov| due<7d'), 'is:open,overdue |due<7d');
  assert.equal(take('-team:ol|'), '-team:"Old shop" |');
});

test('a comma in quotes ends no value', () => {
  assert.deepEqual(caretPlace('team:"a,b', 9), { kind: 'value', from: 5, to: 9, typed: 'a,b', field: 'team' });
});
