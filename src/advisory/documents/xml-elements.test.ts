import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { xmlElements } from './xml-elements.ts';

async function read(text: string, size = 10_000, limit = 1000): Promise<string[]> {
  async function* chunks() {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
  }
  const found: string[] = [];
  for await (const batch of xmlElements(chunks(), ['u', 'v'], limit))
    for (const element of batch)
      found.push(
        element.ok ? `${element.value.attributes.get('id') ?? ''}:${element.value.text}` : `(${element.error})`,
      );
  return found;
}

describe('elements of a document, one by one', () => {
  const table: readonly [title: string, text: string, found: readonly string[]][] = [
    ['two', '<?xml version="1.0"?>\n<us><u id="1">a</u>\n<u id="2">ü</u></us>\n', ['1:a', '2:ü']],
    ['none', '<us></us>', []],
    ['longer names', '<us><ux>a</ux><u>b</u></us>', [':b']],
    ['several names, prefixed and empty', '<us><p:u id="1">a</p:u><v id="2"/><u/></us>', ['1:a', '2:', ':']],
    ['a mark in front', '\uFEFF<us><u>a</u></us>', [':a']],
    ['one that is broken', '<us><u><i></u><u>b</u></us>', ['(is not well-formed XML)', ':b']],
    [
      'one that is too long',
      `<us><u>${'x'.repeat(3000)}</u><u>b</u></us>`,
      ['(an element of more than 1000 bytes)', ':b'],
    ],
  ];
  for (const [title, text, found] of table) {
    test(title, async () => {
      for (const size of [1, 2, 3, 7, 64]) assert.deepEqual(await read(text, size), found, `chunks of ${size}`);
    });
  }
  for (const text of [
    '',
    'x',
    '{"a":1}',
    '<us><u>a</u>',
    '<us><u>a',
    '<us><u>a</u></u',
    `<us><u>${'x'.repeat(3000)}`,
  ]) {
    test(`refuses ${text.slice(0, 20)}`, async () => {
      for (const size of [1, 64]) await assert.rejects(read(text, size), /document/);
    });
  }
});
