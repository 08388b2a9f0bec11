import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOf } from './evidence.ts';

test('programs, the sentence and the fields of an alert', () => {
  assert.deepEqual(
    evidenceOf({ process: ['sh', 7], output: 'A shell', output_fields: { 'proc.name': 'sh', 'fd.num': 3, empty: '' } }),
    {
      processes: ['sh'],
      output: 'A shell',
      fields: [
        ['proc.name', 'sh'],
        ['fd.num', '3'],
      ],
    },
  );
});

for (const details of [null, 'text', [], 7])
  test(`${JSON.stringify(details)} has none`, () =>
    assert.deepEqual(evidenceOf(details), { processes: [], output: undefined, fields: [] }));
