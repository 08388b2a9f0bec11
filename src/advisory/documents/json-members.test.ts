import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type JsonMember, jsonMembers } from './json-members.ts';

async function read(text: string, size: number, limit = 1000): Promise<JsonMember[]> {
  async function* chunks() {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
  }
  const members: JsonMember[] = [];
  for await (const batch of jsonMembers(chunks(), limit)) members.push(...batch);
  return members;
}

const document = {
  plain: { a: 1, b: 'two', c: [1, { x: [] }], d: { 'deep "key"': { er: null } } },
  'quo"te\\': { 'e\\': 'ends in a backslash \\', '}{:,"': 'looks like syntax }{][:,"', ü: 'ümlaut \u2028' },
  empty: {},
  scalar: 5,
  list: [{ a: 1 }],
  text: 'a: {"b": 1}',
  last: { z: true },
};

test('finds every member at depth two, wherever the chunks are cut', async () => {
  const expected = Object.entries(document).flatMap(([key, value]) =>
    typeof value === 'object' && !Array.isArray(value)
      ? Object.entries(value).map(([name, inner]) => ({ path: [key, name], value: inner }))
      : [],
  );
  for (const text of [
    JSON.stringify(document),
    JSON.stringify(document, undefined, 2),
    ` ${JSON.stringify(document)}\n`,
  ]) {
    for (const size of [1, 2, 3, 7, 64, 10_000])
      assert.deepEqual(await read(text, size), expected, `chunks of ${size}`);
  }
});

test('refuses what is not one whole object of small values', async () => {
  const refused = [
    '',
    '[]',
    '"x"',
    '<html>{}</html>',
    '{"a":{"b":1}',
    '{"a":{"b":1}}{}',
    '{"a":{"b":1}} x',
    '{"a":{"b":nul}}',
    '{"a":{"b":1]}}',
    '{"a":{"b',
    '{"a" {"b":1}}',
    '{"a":{"b" {}}}',
    '{"a":{"b":1},- "c":{"d":2}}',
    '{"a":{"b":1} "c":{"d":2}}',
    '{"a":{"b":1,}}',
    '{"a":{"b":1}],"c":{}}',
    '{"a":{"b":1]}',
    '{"a":nul}',
    '{"a":}',
    '{,"a":{"b":1}}',
    '{"a":{5:1}}',
  ];
  for (const text of refused) {
    for (const size of [1, 1000]) await assert.rejects(read(text, size), SyntaxError, text);
  }
  await assert.rejects(read(`{"a":{"b":"${'x'.repeat(5000)}"}}`, 100), /more than 1000 bytes/);
});
