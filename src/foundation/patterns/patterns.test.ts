import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { globPattern, regularExpression, textSearch } from './index.ts';

describe('globs', () => {
  const table: [glob: string, yes: string[], no: string[]][] = [
    ['CVE-2024-1', ['CVE-2024-1'], ['CVE-2024-12', 'cve-2024-1']],
    ['CVE-2024-*', ['CVE-2024-', 'CVE-2024-123'], ['CVE-2023-1']],
    ['usr/*/a', ['usr/lib/a', 'usr//a'], ['usr/lib/x/a', 'usr/a']],
    ['usr/**/a', ['usr/a', 'usr/lib/a', 'usr/lib/x/a'], ['usr/lib/ab', 'usra']],
    ['**/a.js', ['a.js', 'x/a.js', 'x/y/a.js'], ['xa.js']],
    ['app/**', ['app/', 'app/x', 'app/x/y'], ['app', 'ap/x']],
    ['a?c', ['abc'], ['a/c', 'ac', 'abbc']],
    ['[a-c]x[!0-9]', ['axb', 'cx-'], ['dxb', 'ax1', 'ax/']],
    ['lib{ssl,crypto}*', ['libssl3', 'libcrypto'], ['libz']],
    ['{a,b{c,d}}', ['a', 'bc', 'bd'], ['b', 'cd']],
    ['a\\*b', ['a*b'], ['axb']],
    ['[]]', [']'], ['[']],
    ['pkg:npm/**', ['pkg:npm/@a/b@1', 'pkg:npm/x@1'], ['pkg:deb/x']],
  ];
  for (const [glob, yes, no] of table) {
    test(glob, () => {
      const pattern = globPattern(glob);
      assert.ok(pattern.ok);
      for (const text of yes) assert.ok(pattern.value.matches(text), text);
      for (const text of no) assert.ok(!pattern.value.matches(text), text);
    });
  }
  for (const [glob, words] of [
    ['{a', /too early/],
    ['a[b', /too early/],
    ['a\\', /too early/],
    ['{'.repeat(40), /nested/],
    ['*'.repeat(2000), /longer/],
  ] as const) {
    test(`refuses ${glob.slice(0, 20)}`, () => {
      const pattern = globPattern(glob);
      assert.match(pattern.ok ? '' : pattern.error, words);
    });
  }
});

describe('regular expressions', () => {
  const sources = [
    'a',
    '^a|b$',
    'linux(-.*)?-headers-.*',
    '^lib(ssl|crypto)[0-9.]+$',
    'a{2,3}b?',
    '(a|b)*c',
    '\\bfoo\\b',
    '[^a-c]+',
    '\\d+\\.\\d*',
    '(?:ab)+?c',
    '^(?P<name>a+)+$'.replace('?P<name>', '?:'),
    'x{0}y',
    '[\\w.-]+',
    '',
    '^$',
    '[]a]',
    '\\Bb',
  ];
  const texts = [
    '',
    'a',
    'b',
    'ab',
    'ba',
    'aab',
    'aaab',
    'abababc',
    'ccc',
    'linux-headers-6.1',
    'linux-aws-headers-6.1',
    'linuxheaders-',
    'libssl3',
    'libssl3.0x',
    'a foo b',
    'afoob',
    '12.5',
    'xy',
    ']',
    'd\n',
  ];
  for (const source of sources) {
    test(`${source || '(empty)'} as the platform reads it`, () => {
      const pattern = regularExpression(source);
      assert.ok(pattern.ok, pattern.ok ? '' : pattern.error);
      // JavaScript reads `[]a]` as an empty class.
      const own = new RegExp(source.replace('[]a]', '[\\]a]'));
      for (const text of texts) assert.equal(pattern.value.matches(text), own.test(text), JSON.stringify(text));
    });
  }

  test('random ones as the platform reads them', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '(a|b)', '(ab)', '(a*)', '(?:b|)');
    const piece = fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{0,2}', '{1,}'));
    const source = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.flat().join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(source, text, fc.boolean(), (inner, input, isWhole) => {
        const written = isWhole ? `^(${inner})$` : inner;
        const pattern = regularExpression(written);
        assert.ok(pattern.ok, written);
        assert.equal(pattern.value.matches(input), new RegExp(written).test(input), `${written} ${input}`);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('a pattern with more sets of threads than are remembered', () => {
    const pattern = regularExpression('^(a|b)*a(a|b){12}$');
    assert.ok(pattern.ok);
    const own = /^[ab]*a[ab]{12}$/;
    for (let seed = 1; seed < 400; seed++) {
      const text = (seed * 2_654_435_761).toString(2).replaceAll('0', 'a').replaceAll('1', 'b');
      assert.equal(pattern.value.matches(text), own.test(text), text);
    }
  });

  test('a named group is a group', () => {
    const pattern = regularExpression('^(?P<name>a+)$');
    assert.ok(pattern.ok && pattern.value.matches('aa') && !pattern.value.matches('ab'));
  });

  for (const [source, words] of [
    ['(a', /not closed/],
    ['a)', /closes nothing/],
    ['[a', /class/],
    ['*a', /nothing before/],
    ['a**', /repeats a repetition/],
    ['(a)\\1', /\\1/],
    ['(?=a)', /look-around/],
    ['(?x)a', /flags/],
    ['a{5,2}', /wrong way/],
    ['a{9999}', /more than 1000/],
    ['(a{100}){100}', /2000 steps/],
    ['[z-a]', /wrong way/],
    ['a\\', /too early/],
    ['('.repeat(50), /nested/],
  ] as const) {
    test(`refuses ${source.slice(0, 20)}`, () => {
      const pattern = regularExpression(source);
      assert.match(pattern.ok ? '' : pattern.error, words);
    });
  }

  test('patterns that make others take for ever', () => {
    const text = `${'a'.repeat(5000)}!`;
    for (const source of ['^(a+)+$', '^(a|a)*$', '^(.*a){20}$', '^(a?){30}a{30}$']) {
      const pattern = regularExpression(source);
      assert.ok(pattern.ok);
      assert.equal(pattern.value.matches(text), false);
    }
  });
});

describe('the first place in a text', () => {
  const table: [source: string, text: string, found: string | undefined, groups: (string | undefined)[]][] = [
    ['a+', 'baac', 'aa', []],
    ['a+?', 'baac', 'a', []],
    ['(?U)a+', 'baac', 'a', []],
    ['a|ab', 'abc', 'a', []],
    ['(a)|(b)', 'b', 'b', [undefined, 'b']],
    ['(?P<year>\\d{4})-(\\d\\d)', 'in 2026-11-24', '2026-11', ['2026', '11']],
    ['(?i)straSSe', 'STRASSE', 'STRASSE', []],
    ['(?s).+', 'a\nb', 'a\nb', []],
    ['.+', 'a\nb', 'a', []],
    ['(?m)^b$', 'a\nb', 'b', []],
    ['\\Qa.b\\E+', 'a.bb', 'a.bb', []],
    ['[[:upper:]]+', 'abCD', 'CD', []],
    ['\\p{Greek}+', 'a\u03b1\u03b2', '\u03b1\u03b2', []],
    ['[^\\d\\s]+', '1 ab', 'ab', []],
    ['\\x{1F600}', 'a\u{1f600}', '\u{1f600}', []],
    ['z', 'abc', undefined, []],
  ];
  for (const [source, text, found, groups] of table) {
    test(`${source} in ${JSON.stringify(text)}`, () => {
      const search = textSearch(source);
      assert.ok(search.ok, search.ok ? '' : search.error);
      const place = search.value.find(text, 0);
      assert.equal(place && text.slice(place.start, place.end), found);
      if (place) assert.deepEqual(place.groups, groups);
      assert.equal(search.value.matches(text), found !== undefined);
    });
  }
});
