import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputFile } from '../../../test/kit/input-file.ts';
import { childOf, parseXml, textOf, type XmlElement } from './xml.ts';

function parse(text: string) {
  const parsed = parseXml(inputFile('x.xml', text));
  return parsed.ok ? plain(parsed.value) : parsed.error;
}

function plain({ name, attributes, children, text }: XmlElement): unknown {
  return [name, Object.fromEntries(attributes), text, ...children.map(plain)];
}

for (const [what, text, expected] of [
  ['elements, text and attributes', '<a b="1" c=\'x>y\'><d/>t</a>', ['a', { b: '1', c: 'x>y' }, 't', ['d', {}, '']]],
  ['prefixes', '<m:a xmlns:m="u" m:k="v"><m:b></m:b></m:a>', ['a', { m: 'u', k: 'v' }, '', ['b', {}, '']]],
  [
    'prologue, comments and CDATA',
    '\ufeff<?xml version="1.0"?><!-- <b> --><a><![CDATA[1 < 2]]></a>',
    ['a', {}, '1 < 2'],
  ],
  ['references', '<a b="&quot;">&lt;&#65;&#x42;&unknown;&#9999999;</a>', ['a', { b: '"' }, '<AB&unknown;&#9999999;']],
  ['a document type', '<!DOCTYPE a SYSTEM "a.dtd"><a/>', ['a', {}, '']],
  [
    'its own entities',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    'declares entities of its own',
  ],
  ['an element that is not closed', '<a><b></a>', 'is not well-formed XML'],
  ['nothing', '', 'is not well-formed XML'],
  ['only text', 'not found', 'is not well-formed XML'],
  ['a tag that does not end', '<a b="', 'is not well-formed XML'],
  ['great depth', '<a>'.repeat(100), 'is nested more than 64 levels deep'],
] as const) {
  test(`reads a document with ${what}`, () => assert.deepEqual(parse(text), expected));
}

test('finds elements and texts by their path', () => {
  const parsed = parseXml(inputFile('x.xml', '<a><b><c> text </c></b><b/></a>'));
  assert.ok(parsed.ok);
  assert.equal(textOf(parsed.value, 'b', 'c'), 'text');
  assert.equal(textOf(parsed.value, 'b', 'd'), undefined);
  assert.equal(childOf(parsed.value, 'b')?.children.length, 1);
});
