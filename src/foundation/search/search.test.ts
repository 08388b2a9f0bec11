import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileSearch } from './index.ts';

type Hit = readonly [text: number, offset: number];

function found(texts: readonly string[], bytes: Uint8Array): Hit[] {
  const hits: Hit[] = [];
  compileSearch(texts).find(bytes, (text, offset) => hits.push([text, offset]));
  return hits;
}

/** What `find` promises, one byte at a time. */
function expected(texts: readonly string[], bytes: Uint8Array): Hit[] {
  const haystack = Buffer.from(bytes)
    .toString('latin1')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const needles = texts.map((text) => text.toLowerCase());
  return Array.from(haystack).flatMap((_, offset) =>
    needles.flatMap((needle, index): Hit[] => (haystack.startsWith(needle, offset) ? [[index, offset]] : [])),
  );
}

const inOrder = (hits: readonly Hit[]) => [...hits].sort((a, b) => a[1] - b[1] || a[0] - b[0]);

/** Few letters, so that texts overlap, repeat and occur. */
const letters = fc.constantFrom('a', 'A', 'b', 'B', '_', '@', '`', '\0');
const texts = fc.array(fc.string({ unit: letters, minLength: 3, maxLength: 11 }), { maxLength: 20 });
const content = fc.oneof(
  fc.string({ unit: letters, maxLength: 200 }).map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 200 }),
);

test('finds every occurrence of every text, wherever the bytes lie in memory', () => {
  fc.assert(
    fc.property(texts, content, fc.nat(5), (needles, bytes, shift) => {
      const moved = new Uint8Array(bytes.length + shift).subarray(shift);
      moved.set(bytes);
      assert.deepEqual(inOrder(found(needles, moved)), inOrder(expected(needles, moved)));
    }),
    { numRuns: 500 },
  );
});

test('many texts of all lengths in one input', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom(...'abcdefgh-_'), minLength: 3, maxLength: 24 }), {
        minLength: 200,
        maxLength: 300,
      }),
      fc.array(fc.nat(299), { maxLength: 40 }),
      (needles, picks) => {
        const bytes = Buffer.from(picks.map((pick) => needles[pick % needles.length]?.toUpperCase()).join(' '));
        assert.deepEqual(inOrder(found(needles, bytes)), inOrder(expected(needles, bytes)));
      },
    ),
    { numRuns: 20 },
  );
});

test('the occurrences of each text come in ascending order', () => {
  for (const text of ['aaa', 'aaaaa', 'aaaaaa', 'aaaaaaa', 'a'.repeat(12)]) {
    const hits = found([text, 'secret', 'sec'], Buffer.alloc(40, 'a'));
    assert.deepEqual(
      hits,
      Array.from({ length: 41 - text.length }, (_, offset) => [0, offset]),
    );
  }
});

test('texts that are equal but for their case are all reported', () => {
  assert.deepEqual(inOrder(found(['secret', 'sec', 'ret', 'SECRET'], Buffer.from('xSECRETx'))), [
    [0, 1],
    [1, 1],
    [3, 1],
    [2, 4],
  ]);
});

test('across the pieces in which a large input is taken', () => {
  for (const offset of [16381, 16382, 16383, 16384, 32767, 49150]) {
    const bytes = Buffer.alloc(49_160, 0x2e);
    for (const text of ['token', 'secret', 'password']) {
      bytes.fill('.').write(text, offset);
      assert.deepEqual(found([text, 'credential'], bytes), [[0, offset]]);
    }
  }
});

test('a search within a search', () => {
  const search = compileSearch(['one', 'two']);
  const hits: Hit[] = [];
  search.find(Buffer.from('one two one'), (text, offset) => {
    if (offset === 0) search.find(Buffer.from('two one two'), () => undefined);
    hits.push([text, offset]);
  });
  assert.deepEqual(hits, [
    [0, 0],
    [1, 4],
    [0, 8],
  ]);
});

test('takes no longer where everything nearly matches', () => {
  const bytes = Buffer.alloc(4 << 20, 'a');
  assert.deepEqual(found([`${'a'.repeat(254)}b`, 'aab', 'aaaaaaab'], bytes), []);
});

test('texts that it cannot look for are refused', () => {
  for (const text of ['', 'ab', 'é'.repeat(3), 'x'.repeat(256)]) assert.throws(() => compileSearch([text]), RangeError);
});
