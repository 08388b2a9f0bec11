import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOsRelease } from './os-release.ts';

test('reads values by the quoting rules of the shell', () => {
  const table: [line: string, value: string | undefined][] = [
    ['K=plain', 'plain'],
    ['K=', ''],
    ['K=""', ''],
    ['K="two words"', 'two words'],
    ["K='two words'", 'two words'],
    ["K='it is \\ $HOME'", 'it is \\ $HOME'],
    ['K="a \\"quote\\", a \\\\, a \\$ and a \\`"', 'a "quote", a \\, a $ and a `'],
    ['K="\\n stays"', '\\n stays'],
    ['K="one\\\nline"', 'oneline'],
    ['K="two\nlines"', 'two\nlines'],
    ['K=a\\ b', 'a b'],
    ['K=Alpine Linux', 'Alpine Linux'],
    ['K=value # comment', 'value'],
    ['K=a#b', 'a#b'],
    ['K=value  \r', 'value'],
    ['K="value" trailing', 'value'],
    ['  K=indented', 'indented'],
    ['export K=exported', 'exported'],
    ['K="never closed', 'never closed'],
    ['#K=comment', undefined],
    ['K =spaced', undefined],
    ['9K=digit', undefined],
    ['K', undefined],
  ];
  for (const [line, value] of table) {
    const values = parseOsRelease(`FIRST=1\n${line}\nLAST=2\n`);
    assert.equal(values.get('K'), value, line);
    assert.equal(values.get('FIRST'), '1', line);
    assert.equal(values.get('LAST'), '2', line);
  }
});

test('the last of two assignments holds, and a hostile file is bounded', () => {
  assert.equal(parseOsRelease('ID=a\nID=b').get('ID'), 'b');
  assert.equal(parseOsRelease(`ID=${'x'.repeat(100_000)}`).get('ID')?.length, 1024);
  assert.equal(parseOsRelease(Array.from({ length: 5000 }, (_, index) => `K${index}=1`).join('\n')).size, 100);
  assert.equal(parseOsRelease('A="\n'.repeat(20_000)).size, 1);
});
