import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inChunks, jsonText, Rows } from './json-text.ts';

test('objects are spread, rows stand one a line, undefined is left out', () => {
  const text = [
    ...jsonText({ a: 1, gone: undefined, list: new Rows([{ b: [1, 2], c: 'x' }, { b: [] }]), none: new Rows([]) }),
  ].join('');
  assert.equal(text, '{\n  "a": 1,\n  "list": [\n    {"b":[1,2],"c":"x"},\n    {"b":[]}\n  ],\n  "none": []\n}\n');
});

test('rows inside rows are written lazily as well', () => {
  const text = [...jsonText({ runs: [{ results: new Rows([1, 2]) }] })].join('');
  assert.deepEqual(JSON.parse(text), { runs: [{ results: [1, 2] }] });
});

test('characters that act are escaped and come back the same', () => {
  const value = { 'k\u202e': 'a\u001b\u009b\u202e\u2028\ufeff\ud800', deep: [{ text: '\u0085' }] };
  const text = [...jsonText(value)].join('');
  assert.doesNotMatch(text, /[\u007f-\u009f\u2028-\u202e\ufeff]/);
  assert.deepEqual(JSON.parse(text), value);
});

test('chunks hold many small texts and lose none', () => {
  const texts = Array.from({ length: 50_000 }, (_, index) => `${index},`);
  const chunks = [...inChunks(texts)];
  assert.ok(chunks.length < 10);
  assert.equal(chunks.join(''), texts.join(''));
});
