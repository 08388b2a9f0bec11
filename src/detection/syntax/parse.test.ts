import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConditionFault } from './cursor.ts';
import { parseCondition } from './parse.ts';
import { printExpression } from './print.ts';

/** One condition a line. Every one is also read with blanks around it, and with its blanks as line breaks and tabs. */
const ACCEPTED = String.raw`
one
(one)
one and two and three
one and two and(three)
(one)and(two)or(three)
one or two or(three)
not one
not(one)
not not one
not not(one)
not(not(one))
not(one)and(not(two))
nothing and android and order
one and not_two
x.y exists
x.y existsand one
(x.y exists)and not x.y exists
x.y=1 or x.z=2 and one
x.y = not
x.y = *.log
x.y = z.a
x.y = 0a!@#456:/\.;!$%^&*[]{}|
x.y = "" or x.y = ''
x.y = 'it is "so"' or x.y = "it's so"
x.y = "a \" b" and x.z = 'a \' b'
x.y = 'two of them \' \\''
x.y = "\x41\t\/\\ "
x.y[1] = a
x.y[+0.25e+10] = a
x.y[0a!@#456:/\.;!$%^&*(){}|] = a
x.y['with blank'] = a
x.y["with \"quotes\""] = a
x.y[""] = a
x.n > 1000 and x.n < +1 and x.n >= -1
x.n <= 0x12345 and x.n <= 0XaB00AB
x.n > 1.2 and x.n < -0.1222e+10
x.n >1 and x.n <1 and x.n>=1 and x.n<=1
x.y = !0.1222e+10
x.l in ()
x.l in() and x.l intersects() and x.l pmatch()
x.l in (a, "b", 'c', d.e, 0a!@#456:/\.;!$%^&*[]{}|)
x.l intersects (a) and x.l pmatch (/a, /b)
x.l in some_list
x.y == v and x.y ==v and x.y != v and x.y !=v and x.y =v
x.y glob v and x.y iglob v and x.y contains v and x.y icontains v
x.y startswith v and x.y endswith v and x.y regex v
x.y bcontains 48545450 and x.y bstartswith 12ab001fc5
tolower(x.y) exists
toupper(tolower(x.y)) = v
b64( x.y ) contains v
b64(b64( x.y ) )  exists
basename(x.y) glob v
len(x.y) > 3
getopt(x.y, "nt:")[t] = v
getopt(x.y, "nt:")["t"] = v
join("-", (x.y, x.z, "text", 12)) = v
join( "-" , ( tolower(x.y) , x.z )) in (a, b)
join("-", ()) = v
concat("a", (x.y)) startswith v
x.y = val(x.z)
x.y = val( x.z[1] )
x.n > val(x.m) and x.n <= b64(x.m)
x.l in val(x.z) and x.l pmatch tolower(x.z)
x.y contains toupper(b64(x.z ))
tolower(x.y) = tolower(x.z) or toupper(x.y) != val(x.z)
x.y = b64 and(one)
x.y = 'unknown(x.z)'
x.y == oneof (a, b)
x.y = anyof (a)
x.y != allof (a, 'b', "c")
x.y == oneof ()
x.y startswith anyof (/proc/, /sys/)
x.y endswith allof (.so, .so.1)
x.y glob oneof (a*, *b) and x.y iglob allof (c*)
x.y contains oneof some_list
x.y == oneof
x.y == oneof oneof
x.y == anyof and one
x.y == oneof or x.y == anyof (a)
(x.y == allof) or not x.y == oneof (b)
x.y == oneof_of_them
x.y = 'allof'
`;

const REJECTED = String.raw`
one andtwo
oneand two
one and
one and two or
one and two not
and one
or one
one not two
one and or two
one nottwo
one andnot two
(one)ornot(two)
(one
one)
#one and two
one > 12
x.y[] contains v
x.y[ = v
x.y[[] = v
x.y[]] = v
x.y[''' ] = v
x.y[a"] = v
x.y[  a  ] = v
x.y["a" = v
x.y [1] = v
x.y = a = b
x.y unknown v
x.y = a,
x.y = a=
x.y = (a)
x.y = '
x.y = "
x.y = '"
x.y = "'
x.y = two words
x.y = "ends too early""
x.y = "\'"
x.y = '\"'
x.y = "\q"
x.y = "a backslash at the end \\"
x.y = "\x4"
x.y = "\xzz"
x.y =
x.y === v
x.y !== v
x.y ExIsTs
x.y exists v
x.y startswithv
x.y containsv
x.y globv
x.y startswith (v)
x.n > v
x.n < 0xAAA.1
x.n >= 0aaaaa
x.n > (1)
x.n >
x.l in
x.l in (
x.l in )
x.l in (a,)
x.l in (a,,b)
x.l in (,)
x.l in (a, b64(x.z))
x.l in (b64(x.z))
val(x.y) exists
b64(val(x.y)) exists
b64(x.y [1]) exists
b64 (x.y) exists
b64,(x.y) exists
b64(one) exists
b64(x.y exists
b64(x.y)) exists
unknown(x.y) exists
(x.y) exists
x.y = val(val(x.z))
x.y = val(tolower(x.z))
x.y = b64(val(x.z))
x.y = b64 (x.z)
x.y = (b64(x.z))
x.y = unknown(x.z)
x.y = b64and(one)
getopt(x.y, "nt:")[] = v
getopt(x.y, "nt:")["t" = v
join("-", (x.y, x.z) = v
join("-", x.y, x.z)) = v
join("-", (,)) = v
join("-", (x.y,)) = v
join("-", (x.y,,x.z)) = v
join("-", ((x.y))) = v
join("-", (one)) = v
join("-", (bare)) = v
x.y == oneof (a,)
x.y == oneof (,a)
x.y == oneof (a
x.y ==oneof (a)
x.y == oneof(a)
x.y == ONEOF (a)
x.y contains oneof(a)
x.y == oneof_of_them (a)
x.n > oneof (1, 2)
x.l in oneof (a)
x.l pmatch allof (a)
`;

const lines = (table: string): string[] => table.split('\n').filter((line) => line !== '');

test('conditions that the grammar has are read, however their blanks are written', () => {
  for (const condition of lines(ACCEPTED)) {
    const around = ` ${condition} `;
    for (const text of [condition, around, around.replaceAll(' ', '\n'), around.replaceAll(' ', '\t')])
      assert.doesNotThrow(() => parseCondition(text), text);
  }
});

test('conditions that the grammar has not are refused with a place', () => {
  for (const condition of lines(REJECTED)) assert.throws(() => parseCondition(condition), ConditionFault, condition);
});

test('what is printed means the same', () => {
  for (const condition of lines(ACCEPTED)) {
    const printed = printExpression(parseCondition(condition));
    assert.equal(printExpression(parseCondition(printed)), printed, condition);
  }
});

test('and binds closer than or, not closer than both; two negations are none', () => {
  const printed = (condition: string): string => printExpression(parseCondition(condition));
  assert.equal(printed('a or b and not c or d'), 'a or b and not c or d');
  assert.equal(printed('(a or b) and not (c or d)'), '(a or b) and not (c or d)');
  assert.equal(printed('((a)) or (b and (c))'), 'a or b and c');
  assert.equal(printed('not not not(not (a))'), 'a');
  assert.equal(printed('not not not a'), 'not a');
  assert.equal(printed(String.raw`x.y = "a\x20b" and x.z in (c, "d e")`), 'x.y = "a b" and x.z in (c, "d e")');
});

test('a fault has the place where it was found', () => {
  const places: readonly (readonly [string, number])[] = [
    ['a and b c', 8],
    ['x.y = ', 6],
    ['x.y[] = v', 4],
    ['x.n > v', 6],
    ['a and\n or b', 10],
  ];
  for (const [condition, at] of places) {
    assert.throws(
      () => parseCondition(condition),
      (error) => error instanceof ConditionFault && error.at === at,
      condition,
    );
  }
});

test('a backslash before a blank stays one', () => {
  assert.equal(printExpression(parseCondition(String.raw`x.y = "a \ b"`)), String.raw`x.y = "a \\b"`);
});

test('nesting is bounded', () => {
  assert.throws(() => parseCondition('('.repeat(100_000)), /nested deeper than 1000/);
  assert.throws(() => parseCondition('not('.repeat(100_000)), /nested deeper/);
  assert.throws(() => parseCondition(`${'b64('.repeat(100_000)}x.y`), /nested deeper/);
  assert.doesNotThrow(() => parseCondition(`${'('.repeat(100)}a${')'.repeat(100)}`));
  assert.throws(() => parseCondition('((((((((((((((((((((a))))))))))))))))))))', 100), /nested deeper than 100/);
});
