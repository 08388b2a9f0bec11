import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { LineSorter } from './line-sorter.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-sorter-'));
after(() => rmSync(directory, { recursive: true }));

function linesOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${(index * 7919) % count}\0\xff${'é'.repeat(index % 5)}`);
}

test('sorts by byte, whether it all fits in memory or not', () => {
  for (const runBytes of [50, 1000, 1_000_000]) {
    const sorter = new LineSorter(directory, runBytes);
    const lines = linesOf(500);
    for (const line of lines) sorter.add(line);
    assert.deepEqual([...sorter.sorted()], lines.toSorted(), `runs of ${runBytes}`);
    sorter.discard();
    assert.deepEqual(readdirSync(directory), []);
  }
  assert.deepEqual([...new LineSorter(directory).sorted()], []);
});
