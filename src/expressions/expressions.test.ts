import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileExpression, jsonOfValue, valueOfJson } from './index.ts';
import { parseType } from './types/type.ts';
import type { Value } from './values/value.ts';

function evaluate(source: string, variables: Readonly<Record<string, unknown>> = {}): unknown {
  const program = compileExpression(source);
  if (!program.ok) return `refused: ${program.error[0]?.message}`;
  const given = new Map<string, Value>(Object.entries(variables).map(([name, json]) => [name, valueOfJson(json)]));
  const outcome = program.value.evaluate(given);
  return outcome.ok ? jsonOfValue(outcome.value) : `error: ${outcome.error.message}`;
}

describe('expressions and their values', () => {
  const table: readonly [source: string, value: unknown][] = [
    // Integers keep their 64 bits however they are held.
    ['9007199254740991 + 1 == 9007199254740992', true],
    ['9007199254740993 - 9007199254740992', 1],
    ['3037000500 * 3037000500 > 9223372036854775807', 'error: integer overflow: return error for overflow'],
    ['9223372036854775807 + 1', 'error: integer overflow: return error for overflow'],
    ['-9223372036854775808 / -1', 'error: integer overflow: return error for overflow'],
    ['-9223372036854775808 % -1', 'error: integer overflow'],
    ['-7 / 2', -3],
    ['-7 % 2', -1],
    ['1 / 0', 'error: divide by zero'],
    ['0u - 1u', 'error: unsigned integer overflow: return error for overflow'],
    // Optional parts.
    ['{"a": {"b": 1}}.?a.?b.orValue(2)', 1],
    ['{"a": 1}[?"b"].hasValue()', false],
    ['[1, ?optional.none(), ?optional.of(2)]', [1, 2]],
    ['{?"a": optional.none(), "b": 2}', { b: 2 }],
    ['optional.of(1).orValue(1 / 0)', 1],
    // Of what turns out to be no optional, as cel-go does.
    ['dyn([1]).orValue([])', [1]],
    ['optional.of(3).optMap(x, x + 1).value()', 4],
    // Errors give way to what decides.
    ['1 / 0 > 1 || true', true],
    ['[0, 1].exists(x, 1 / x > 0)', true],
    ['[0, 1].all(x, 1 / x > 0)', 'error: divide by zero'],
    ['"\u{1f600}a".size()', 2],
    ['"\u{1f600}a".substring(1)', 'a'],
    ['{1: "a"}[dyn(1.0)] + {1: "b"}[dyn(1u)]', 'ab'],
    ['object.`a-b`', 5],
    ['[3, 1, 2].sort().map(x, x * 2)', [2, 4, 6]],
    ['["b", "a"].sortBy(x, x)', ['a', 'b']],
    ['{"a": 1, "b": 2}.transformList(k, v, v > 1, k)', ['b']],
    ['cel.bind(x, 2, x * x)', 4],
    ['"Ab" .lowerAscii() == r"ab"', true],
    ['timestamp("2026-11-24T12:00:00Z").getHours("+02:00")', 14],
    ['timestamp("2026-07-01T12:00:00Z").getHours("Europe/Paris")', 14],
    ['duration("1h30m").getMinutes()', 90],
    // What Kubernetes adds.
    ['quantity("1.5Gi").isGreaterThan(quantity("1G"))', true],
    ['quantity("500m").add(quantity("0.5")).asInteger()', 1],
    ['quantity("50k").add(20).sub(quantity("20")).compareTo(quantity("50000"))', 0],
    ['quantity("0.5").isInteger()', false],
    ['[isQuantity("1.5Mi"), isQuantity("1.5 Mi"), isQuantity(".")]', [true, false, false]],
    ['quantity("1e3") == quantity("1k")', true],
    ['cidr("10.0.0.0/8").containsIP("10.1.2.3")', true],
    ['cidr("10.0.0.0/8").containsCIDR(cidr("10.0.0.0/7"))', false],
    ['string(cidr("192.168.1.7/24").masked())', '192.168.1.0/24'],
    ['ip("2001:DB8:0:0:0:0:0:1") == ip("2001:db8::1")', true],
    ['string(ip("0:0:0:0:0:0:0:0"))', '::'],
    ['[isIP("::ffff:1.2.3.4"), isIP("1.2.3.04"), isIP("::1%eth0"), isIP("::")]', [false, false, false, true]],
    ['ip("fe80::1").isLinkLocalUnicast() && ip("127.0.0.1").isLoopback()', true],
    ['ip("8.8.8.8").isGlobalUnicast() && !ip("224.0.0.1").isGlobalUnicast()', true],
    ['ip.isCanonical("2001:db8::1") && !ip.isCanonical("2001:db8:0::1")', true],
    [
      'url("https://user@example.com:8080/a b?x=1&x=2").getPort()',
      'error: URL parse error: "https://user@example.com:8080/a b?x=1&x=2" is no absolute URL',
    ],
    ['url("https://user@example.com:8080/a%20b?x=1&x=2").getHost()', 'example.com:8080'],
    ['url("https://[::1]:80/").getHostname()', '::1'],
    ['url("https://example.com/?x=1&x=2").getQuery()', { x: ['1', '2'] }],
    ['[isURL("/a"), isURL("a/b"), isURL("https://a:b")]', [true, false, false]],
    ['semver("1.10.0-rc.2").isLessThan(semver("1.10.0")) && semver("1.10.0").isGreaterThan(semver("1.9.9"))', true],
    ['semver("v1.2", true).minor()', 2],
    ['[isSemver("1.2"), isSemver("1.2.3-01"), isSemver("v1.0", true)]', [false, false, true]],
    ['format.dns1123Label().validate("Abc").hasValue() && !format.dns1123Label().validate("abc").hasValue()', true],
    ['format.named("uuid").value().validate("123e4567-e89b-12d3-a456-426614174000").hasValue()', false],
    ['[1, 2, 3].sum() + [4, 1].min() + [4, 1].max()', 11],
    ['[1, 2, 2].isSorted() && [1, 2, 2].lastIndexOf(2) == 2', true],
    ['"a12b345".findAll("[0-9]+")', ['12', '345']],
    ['"a12b345".find("b([0-9])")', 'b3'],
    ['regex.replace("a-b-c", "([a-z])-", "<\\\\1>", 1)', '<a>b-c'],
    ['sets.equivalent([1, 2], [2, 1, 1u])', true],
    ['"a\\nb".matches("(?m)^b$") && "STRASSE".matches("(?i)^strasse$") && "x".matches("[[:alpha:]]")', true],
    ['"\u{1f600}".matches("^.$")', true],
    ['"%s has %d, %.2f".format([["a", 1], 2, 3.14159])', '[a, 1] has 2, 3.14'],
  ];
  for (const [source, value] of table) {
    test(source, () => assert.deepEqual(evaluate(source, { object: { 'a-b': 5 } }), value));
  }
});

describe('what is refused says where', () => {
  const table: readonly [source: string, line: number, column: number, words: RegExp][] = [
    ['1 +', 1, 4, /missing before the end/],
    ['a\n  && (b', 2, 8, /\) is missing/],
    ['"abc', 1, 1, /not closed/],
    ['"\\q"', 1, 2, /no escape/],
    ['1 + "a"', 1, 3, /no matching overload for '_\+_'/],
    ['[1].map(1, 2)', 1, 9, /name of a variable/],
    ['for + 1', 1, 1, /reserved/],
    ['99999999999999999999', 1, 1, /too large/],
    ['9223372036854775808', 1, 1, /too large/],
    ['has(a)', 1, 5, /asks for a field/],
    ['a ? 1 : "x"', 1, 3, /results have the types/],
    ['nope(1)', 1, 1, /undeclared reference to 'nope'/],
    ['#', 1, 1, /no meaning/],
  ];
  for (const [source, line, column, words] of table) {
    test(source, () => {
      const program = compileExpression(source);
      assert.ok(!program.ok);
      const [fault] = program.error;
      assert.match(fault?.message ?? '', words);
      assert.deepEqual([fault?.line, fault?.column], [line, column]);
      assert.match(fault?.excerpt ?? '', /\^$/);
    });
  }

  test('an undeclared variable, where variables are declared', () => {
    const program = compileExpression('object.a && other', { variables: new Map([['object', parseType('dyn')]]) });
    assert.match(program.ok ? '' : (program.error[0]?.message ?? ''), /undeclared reference to 'other'/);
  });
});

describe('hostile expressions end soon and with words', () => {
  const many = 'x'.repeat(3000);
  const table: readonly [name: string, source: string, words: RegExp][] = [
    ['too long', `"${'a'.repeat(70_000)}"`, /longer than/],
    ['too deep', `${'('.repeat(5000)}1${')'.repeat(5000)}`, /nested more than/],
    ['too deep by signs', `${'!'.repeat(5000)}true`, /nested more than/],
    ['a long chain', `a${'.b'.repeat(30_000)}`, /more than 20000 parts/],
    ['too many turns', 'lists.range(2000).all(a, lists.range(2000).all(b, a + b >= 0))', /costs more than/],
    [
      'a text that doubles',
      `[${'1,'.repeat(40)}1].map(i, "${many}" + "${many}").join().size() > 0 ? cel.bind(s, "${many}", s + s + s + s).replace("x", "${many}").size() : 0`,
      /too long/,
    ],
    [
      'a pattern that takes others for ever',
      `"${many}!".matches("^(a+)+$") || "${many}!".matches("^(x+x+)+y$")`,
      /^false$/,
    ],
    ['a pattern with look-around', '"a".matches("(?=a)")', /look-around/],
    ['names of the platform', '{"a": 1}.constructor', /no such key: constructor/],
    ['names of the platform as functions', 'a.__proto__()', /undeclared reference/],
  ];
  for (const [name, source, words] of table) {
    test(name, () => assert.match(String(evaluate(source)), words));
  }

  test('a chain that is too deep for the stack is refused', () => {
    const value = evaluate(`${'1+'.repeat(9000)}1`);
    assert.ok(value === 9001 || /nested too deeply/.test(String(value)), String(value));
  });

  test('the deadline', () => {
    const program = compileExpression('lists.range(100000).all(a, a >= 0)');
    assert.ok(program.ok);
    const outcome = program.value.evaluate(new Map(), { timeoutMs: -1 });
    assert.match(outcome.ok ? '' : outcome.error.message, /longer than it may/);
  });
});
