import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { lineDiff } from './line-diff.ts';
import { unifiedDiff } from './unified.ts';

test('shows what changes with three lines around it', () => {
  const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\n';
  const after = before.replace('e\n', 'E\n').replace('m\n', 'm\nn');
  assert.equal(
    unifiedDiff({ path: 'x/y', before, after }).join(''),
    '--- a/x/y\n+++ b/x/y\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n' +
      '@@ -11,3 +11,4 @@\n k\n l\n m\n+n\n\\ No newline at end of file\n',
  );
  assert.deepEqual(unifiedDiff({ path: 'x', before, after: before }), []);
});

test('neighbouring changes share a hunk', () => {
  const diff = unifiedDiff({ path: 'x', before: '1\n2\n3\n4\n5\n6\n7\n8\n', after: '0\n2\n3\n4\n5\n6\n7\n0\n' }).join(
    '',
  );
  assert.equal(diff.match(/^@@/gm)?.length, 1);
});

test('patch makes the second text of the first and the first of the second', (context) => {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-diff-'));
  context.after(() => rmSync(directory, { recursive: true }));
  try {
    execFileSync('patch', ['--version']);
  } catch {
    return context.skip('patch is not installed');
  }
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed % below;
  };
  const texts = Array.from({ length: 60 }, (_, round) => {
    const lines = Array.from({ length: random(40) }, () => `line ${random(6)}`);
    const changed = lines.flatMap((line) =>
      random(4) === 0 ? [] : random(5) === 0 ? [line, `new ${random(9)}`] : [line],
    );
    const end = (text: string) => (text !== '' && (round + random(2)) % 3 ? `${text}\n` : text);
    return [end(lines.join('\n')), end(changed.join('\n'))] as const;
  });
  for (const [before, after] of [['', 'a\n'], ['a\n', ''], ['a', 'a\n'], ...texts] as const) {
    if (before === after) continue;
    writeFileSync(join(directory, 'x'), before);
    const input = unifiedDiff({ path: 'x', before, after }).join('');
    execFileSync('patch', ['-p1', '-s', '--posix'], { cwd: directory, input });
    const made = after === '' ? '' : readFileSync(join(directory, 'x'), 'utf8');
    assert.equal(made, after, input);
  }
});

test('texts that have nothing in common take no more than a block each', () => {
  const a = Array.from({ length: 20_000 }, (_, index) => `a${index}`);
  const b = Array.from({ length: 20_000 }, (_, index) => `b${index}`);
  assert.deepEqual(lineDiff(a, b), [{ same: false, fromA: 0, toA: 20_000, fromB: 0, toB: 20_000 }]);
});
