import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DamagedInput } from '../bytes/damaged-input.ts';
import { bzip2Stream, isBzip2 } from './index.ts';

function unpacked(input: Uint8Array, maxOutputBytes = 1 << 20): Buffer {
  const stream = bzip2Stream(input, { maxOutputBytes });
  const chunks: Buffer[] = [];
  for (let chunk = stream.read(); chunk !== undefined; chunk = stream.read()) chunks.push(Buffer.from(chunk));
  stream.close();
  return Buffer.concat(chunks);
}

/** Written by bzip2 1.0.8. */
const files: readonly [title: string, base64: string, content: Buffer][] = [
  ['nothing', 'QlpoORdyRThQkAAAAAA=', Buffer.alloc(0)],
  ['a few bytes', 'QlpoOTFBWSZTWf7DyFIAAAERgEAAMwAMoCAAMQZMQQaD0gusEOn4u5IpwoSH9h5CkA==', Buffer.from('a few bytes')],
  [
    'runs of every kind',
    'QlpoOTFBWSZTWfptIKYAAAlRCeAAACA8AAAQAIAACCAAMQAwG1CZonKpRcGOzdSMOwbH0lOFBPxdyRThQkPptIKY',
    Buffer.from(`${'a'.repeat(1000)}bbbbccccc${'d'.repeat(300)}${'\0'.repeat(700)}`),
  ],
  [
    'two streams',
    'QlpoOTFBWSZTWc+6oLQAAAGRAEAAAgGgACGaaDNNDLxdyRThQkM+6oLQQlpoOTFBWSZTWc3cjZoAAACBgAAAhIAgACGYGYRhdyRThQkM3cjZoA==',
    Buffer.from('one two'),
  ],
];

for (const [title, base64, content] of files) {
  test(`unpacks ${title}`, () => {
    const file = Buffer.from(base64, 'base64');
    assert.ok(isBzip2(file));
    assert.deepEqual(unpacked(file), content);
  });

  test(`refuses ${title} cut off or changed anywhere`, () => {
    const file = Buffer.from(base64, 'base64');
    for (let at = 0; at < file.length; at += 1) {
      // Between two streams a cut leaves one that is whole.
      if (!isBzip2(file.subarray(at)))
        assert.throws(() => unpacked(file.subarray(0, at)), DamagedInput, `cut at ${at}`);
      const changed = Buffer.from(file);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      try {
        assert.deepEqual(unpacked(changed), content, `changed at ${at}`);
      } catch (error) {
        assert.ok(error instanceof DamagedInput, String(error));
      }
    }
  });
}

test('stops at the limit', () => {
  const file = Buffer.from(files[2]?.[1] ?? '', 'base64');
  assert.throws(() => unpacked(file, 1999), /larger than 1999 bytes/);
  assert.equal(unpacked(file, 2009).length, 2009);
});
