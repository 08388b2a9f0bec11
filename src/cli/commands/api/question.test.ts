import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Operation } from './operations.ts';
import { findOperation, parseFields, plainQuestion, questionOf } from './question.ts';
import { renderAnswer } from './render.ts';

const changeFinding: Operation = {
  id: 'changeFinding',
  method: 'PATCH',
  path: '/api/v1/findings/{id}',
  summary: '',
  permission: '',
  inPath: ['id'],
  inQuery: [],
  takesBytes: false,
};
const listFindings: Operation = {
  ...changeFinding,
  id: 'listFindings',
  method: 'GET',
  path: '/api/v1/findings',
  inPath: [],
  inQuery: ['filter', 'limit'],
};

function asked(operation: Operation, ...words: readonly string[]) {
  const fields = parseFields(words);
  return fields.ok ? questionOf(operation, fields.value, undefined) : fields;
}

test('fields go where the operation takes them', () => {
  assert.deepEqual(asked(changeFinding, 'id=a/b', 'state=open', 'assignee:=null', 'reason=a=b:=c'), {
    ok: true,
    value: {
      method: 'PATCH',
      path: '/api/v1/findings/a%2Fb',
      search: {},
      body: { state: 'open', assignee: null, reason: 'a=b:=c' },
    },
  });
  assert.deepEqual(asked(listFindings, 'filter=is:open x', 'limit:=5'), {
    ok: true,
    value: { method: 'GET', path: '/api/v1/findings', search: { filter: 'is:open x', limit: '5' } },
  });
  assert.deepEqual(plainQuestion('POST', '/api/v1/teams', [{ name: 'name', value: 'shop' }], undefined).body, {
    name: 'shop',
  });
});

test('what cannot be meant is refused in words', () => {
  const cases: readonly [words: readonly string[], message: RegExp][] = [
    [['state'], /"state" is no field/],
    [['=x'], /is no field/],
    [['a=1', 'a=2'], /a is given twice/],
    [['a:=nothing'], /a:= is no JSON/],
    [['state=open'], /needs id=/],
  ];
  for (const [words, message] of cases) {
    const result = asked(changeFinding, ...words);
    assert.match(result.ok ? '' : result.error, message);
  }
  const unknown = asked(listFindings, 'filtr=x');
  assert.equal(unknown.ok ? '' : unknown.error, 'listFindings takes no filtr; it takes filter, limit.');
  const near = findOperation('listFinding', [listFindings, changeFinding]);
  assert.match(near.ok ? '' : near.error, /Did you mean listFindings/);
});

test('a name of the language is a field as any other', () => {
  const result = asked(changeFinding, 'id=1', '__proto__:={"a":1}');
  assert.equal(JSON.stringify(result.ok && result.value.body), '{"__proto__":{"a":1}}');
});

test('answers are shown as tables and lines, without what a terminal would obey', () => {
  const answer = {
    items: [
      { name: 'a\u001b[2J', asset: { kind: 'host' } },
      { name: 'long'.repeat(3), asset: { kind: 'x' } },
    ],
  };
  const [head, first] = renderAnswer(answer).split('\n');
  assert.equal(head, 'name          asset.kind');
  assert.ok(first !== undefined && !first.includes('\u001b') && first.endsWith('host'));
  assert.equal(renderAnswer({ items: [] }), 'Nothing.\n');
  assert.equal(renderAnswer({ a: null, b: [1], c: { d: true } }), 'a:\nb:\n  - 1\nc:\n  d: true\n');
});
