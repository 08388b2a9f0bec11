// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of a shell.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseShell } from './parse.ts';

function read(script: string, words = 10_000) {
  return parseShell(script, { isExact: true, offset: (at) => at }, { words });
}

/** `joiner program argument|argument` of each command. */
function outline(script: string): string[] {
  return read(script).map(({ joiner, program, arguments: words }) =>
    [joiner, program, words.map(({ value }) => value).join('|')].join(' ').trim(),
  );
}

describe('commands', () => {
  const cases: readonly (readonly [script: string, expected: readonly string[]])[] = [
    ['a b && c || d; e & f', ['start a b', '&& c', '|| d', '; e', '& f']],
    ['a | b |& c', ['start a', '| b', '| c']],
    [`a 'b c' "d $e" f\\ g`, ['start a b c|d $e|f g']],
    [`a "b \\" c" '\\'`, ['start a b " c|\\']],
    ['(a; b) | { c; }', ['start a', '; b', '| c']],
    ['if a; then b; else c; fi && d', ['start a', '; b', '; c', '&& d']],
    ['for x in 1 2; do a $x; done', ['start for x|in|1|2', '; a $x']],
    ['a > b 2>&1 < c', ['start a']],
    ['X=1 Y="2 3" a b', ['start a b']],
    ['a $(b "$(c)") `d`', ['start a $(b "$(c)")|`d`', 'start b $(c)', 'start c', 'start d']],
    ['a <(b c)', ['start a <(b c)', 'start b c']],
    ['a ${b:-$(c)} $((1 + (2)))', ['start a ${b:-$(c)}|$((1 + (2)))']],
    ['a &&\n b # c\nd', ['start a', '&& b', '; d']],
    ['a \\\n b', ['start a b']],
    ['cat > x <<E\nnot a command\nE\na', ['start cat', '; a']],
    ['sudo -u b -E env A=1 /usr/bin/timeout 5 c d', ['start c d']],
    ['xargs -n 1 apt-get install', ['start apt-get install']],
    ["bash -ec 'a | b'", ['start bash -ec|a | b', 'start a', '| b']],
    ["a $'b\\'c' d", ["start a b\\'c|d"]],
    ['', []],
    [')) ;; && |', []],
  ];
  for (const [script, expected] of cases) test(script, () => assert.deepEqual(outline(script), expected));
});

test('what was put in front is kept', () => {
  const [command] = read('A=1 sudo env B=2 c > d');
  assert.deepEqual(command?.wrappers, ['sudo', 'env']);
  assert.deepEqual(
    command?.assignments.map(({ value }) => value),
    ['A=1'],
  );
  assert.deepEqual(
    command?.redirections.map(({ operator, target }) => operator + target.value),
    ['>d'],
  );
});

test('places are those of the script', () => {
  const script = 'a "b c" && d';
  const [first, second] = read(script);
  assert.equal(script.slice(first?.start, first?.end), 'a "b c"');
  assert.equal(script.slice(second?.start, second?.end), 'd');
});

test('depth and words are bounded', () => {
  assert.ok(read('a $('.repeat(5000)).length < 100);
  assert.ok(read('('.repeat(5000)).length === 0);
  assert.equal(read('a b c d', 2).flatMap(({ words }) => words).length, 2);
});
