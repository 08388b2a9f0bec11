import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYamlDocuments, type YamlPath } from '#manifests/index.ts';
import { editListItem, editMember, type Written } from './index.ts';

function edited(text: string, change: 'member' | 'item', path: YamlPath, value: Written): string | undefined {
  const document = parseYamlDocuments(text).documents[0];
  if (document === undefined) throw new Error('no document');
  const edits = change === 'item' ? editListItem(document, path, String(value)) : editMember(document, path, value);
  const [edit] = edits ?? [];
  return edit && text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

for (const [what, path, value, before, after] of [
  ['replaces a scalar', ['a', 'b'], false, 'a:\n  b: true # why\n', 'a:\n  b: false # why\n'],
  ['keeps quotes', ['a'], 'IfNotPresent', 'a: "Never"\n', 'a: "IfNotPresent"\n'],
  [
    'behind the first line',
    ['l', 0, 'x'],
    true,
    'l:\n  - name: web # n\n    y: 1\n',
    'l:\n  - name: web # n\n    x: true\n    y: 1\n',
  ],
  [
    'with the mappings on the way',
    ['l', 0, 's', 'c', 'drop'],
    ['ALL'],
    'l:\n- name: web\n  y: 1',
    'l:\n- name: web\n  s:\n    c:\n      drop: ["ALL"]\n  y: 1',
  ],
  ['before a first member of several lines', ['s', 'x'], 1, 's:\n  l:\n    - 1\n', 's:\n  x: 1\n  l:\n    - 1\n'],
  ['at the end of a text without a newline', ['s', 'x'], 1, 's:\n  a: 1', 's:\n  a: 1\n  x: 1'],
  ['into a flow mapping', ['s', 'x', 'y'], true, 's: {a: 1}\n', 's: {x: {y: true}, a: 1}\n'],
  ['into an empty one', ['s', 'x'], true, 's: {}\n', 's: {"x": true}\n'],
  ['into JSON', ['s', 'x', 'y'], 'z', '{"s": {"a": 1}}', '{"s": {"x": {"y": "z"}, "a": 1}}'],
  ['with the line breaks of the file', ['s', 'x'], 1, 's:\r\n  a: 1\r\n', 's:\r\n  a: 1\r\n  x: 1\r\n'],
  ['in the second document', ['x'], 1, '# c\na: 1\n---\n', '# c\na: 1\nx: 1\n---\n'],
  ['not behind an anchor', ['s', 'x'], 1, 's: &s\n  a: 1\nt: *s\n', undefined],
  ['not through an alias', ['t', 'x'], 1, 's: &s\n  a: 1\nt: *s\n', undefined],
  ['not over a mapping', ['s'], 1, 's: {a: 1}\n', undefined],
  ['not where nothing is written', ['s', 'x'], 1, 's:\n', undefined],
  ['not into a list that has no such item', ['l', 3, 'x'], 1, 'l: [{a: 1}]\n', undefined],
] as const) {
  test(`a member: ${what}`, () => {
    assert.equal(edited(before, 'member', path, value), after);
  });
}

for (const [what, before, after] of [
  ['of a flow list', 'drop: [KILL]\n', 'drop: ["ALL", KILL]\n'],
  ['of an empty list', 'drop: []\n', 'drop: ["ALL"]\n'],
  ['of a block list', 'drop:\n- KILL\n', 'drop:\n- ALL\n- KILL\n'],
  ['of an indented block list', 'drop:\n    - KILL\n', 'drop:\n    - ALL\n    - KILL\n'],
  ['of a list that is not there', 'add: []\n', 'drop: ["ALL"]\nadd: []\n'],
] as const) {
  test(`an item ${what}`, () => {
    assert.equal(edited(before, 'item', ['drop'], 'ALL'), after);
  });
}
