import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkPattern } from './index.ts';

describe('accepted', () => {
  const rows: readonly (readonly [source: string, longest: number])[] = [
    ['corp_[a-z0-9]{32}', 37],
    ['(?:AKIA|ASIA)[A-Z2-7]{16}', 20],
    ['[A-Za-z0-9_-]{20,100}\\.[A-Za-z0-9_-]{20,100}', 201],
    ['(?<![a-z])key=(?<secret>\\w{8,64})(?!\\w)', 68],
    ['\\bpassword\\s{0,4}[=:]\\s{0,4}"[^"\\n]{1,80}"', 99],
    ['a?b?c?', 3],
    ['\\x41[\\]\\-]', 2],
  ];
  for (const [source, longest] of rows) {
    test(source, () => {
      const checked = checkPattern(source);
      assert.ok(checked.ok, checked.ok ? '' : checked.error);
      assert.equal(checked.value.longest, longest);
    });
  }
});

describe('refused', () => {
  const rows: readonly (readonly [source: string, words: RegExp])[] = [
    ['(a+)+b', /very long/],
    ['(?:a|a)*b', /very long/],
    ['(?:\\w+\\s?)*x', /very long/],
    ['\\w{1,200}\\w{1,200}\\w{1,200}x', /very long/],
    ['.*.*.*x', /very long/],
    ['(a)\\1', /not supported/],
    ['(?i:a)', /not supported/],
    ['\\p{L}', /not supported/],
    ['\\uD83D', /not supported/],
    ['(a', /not closed/],
    ['a)', /\) too many/],
    ['[a', /ends too early/],
    ['*a', /nothing before/],
    ['a{2,1}', /more than/],
    ['a{1,99999}', /more than/],
    ['a**', /quantifiers/],
    ['ключ', /Latin-1/],
    ['[z-a]', /end is before/],
    ['x'.repeat(1001), /longer than/],
    ['('.repeat(30) + ')'.repeat(30), /nested/],
  ];
  for (const [source, words] of rows) {
    test(source.slice(0, 40), () => {
      const checked = checkPattern(source);
      assert.ok(!checked.ok);
      assert.match(checked.error, words);
    });
  }
});
