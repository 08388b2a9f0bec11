import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRules, rulesText } from './ownership-rules.ts';

const rules = [
  { kind: 'label', label: 'team' },
  { kind: 'path', pattern: 'registry.example/shop/**', team: 'shop floor' },
  { kind: 'path', asset: 'host', pattern: '*-node-*', team: 'platform' },
  { kind: 'default', team: 'platform' },
];

test('rules are written as lines and read back the same', () => {
  const text = rulesText(rules);
  assert.equal(
    text,
    'label team\nregistry.example/shop/** -> shop floor\nhost *-node-* -> platform\ndefault -> platform',
  );
  assert.deepEqual(readRules(`# who owns what\n\n${text}`), { rules, faults: [] });
});

test('a line that cannot be read is named', () => {
  const { rules: read, faults } = readRules('nonsense\ncluster x -> shop\n-> shop\nlabel two words');
  assert.deepEqual(read, []);
  assert.deepEqual(
    faults.map((fault) => fault.slice(0, 6)),
    ['Line 1', 'Line 2', 'Line 3', 'Line 4'],
  );
});
