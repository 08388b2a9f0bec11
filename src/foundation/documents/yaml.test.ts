import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputFile } from '../../../test/kit/input-file.ts';
import { parseYaml } from './yaml.ts';

function parsed(text: string) {
  const result = parseYaml(inputFile('x.yaml', text));
  if (!result.ok) return result.error;
  const { documents, unreadableLines } = result.value;
  return { documents: JSON.parse(JSON.stringify(documents)), unreadableLines };
}

const members = `# a comment
plain: 1.10   # text, not a number
"quoted": "a \\"b\\" \\u00e9\\n"
'single': 'it''s'
url: http://host/x#y
nothing:
tilde: ~
flow: {a: 1, 'b': [x, "y, z", {}], c: http://x/y, d: }
list:
- same column
-   deeper: v
    beside: w
- - nested
  - list
-
  below: 1
over: [
  a,
  b,
]
literal: |
  one # kept
  two
folded: >-
  one
  two
goes: on
  and on
tagged: !!str 5
anchor: &a {v: 1}
alias: *a
? a long key
: b: 1
  c: 2
`;

test('reads members of every kind', () => {
  assert.deepEqual(parsed(members), {
    documents: [
      {
        plain: '1.10',
        quoted: 'a "b" é\n',
        single: "it's",
        url: 'http://host/x#y',
        nothing: '',
        tilde: '',
        flow: { a: '1', b: ['x', 'y, z', {}], c: 'http://x/y', d: '' },
        list: ['same column', { deeper: 'v', beside: 'w' }, ['nested', 'list'], { below: '1' }],
        over: ['a', 'b'],
        literal: 'one # kept\ntwo',
        folded: 'one two',
        goes: 'on and on',
        tagged: '5',
        anchor: { v: '1' },
        alias: { v: '1' },
        'a long key': { b: '1', c: '2' },
      },
    ],
    unreadableLines: 0,
  });
});

for (const [what, text, documents, unreadableLines] of [
  ['several documents', '%YAML 1.2\n---\na: 1\n---\nb: 2\n...\n--- # c\n- d\n', [{ a: '1' }, { b: '2' }, ['d']], 0],
  ['CR LF and a byte order mark', '\ufeffa: 1\r\nb:\r\n  - c\r\n', [{ a: '1', b: ['c'] }], 0],
  ['a line without a colon', 'a: 1\nwhat is this\nb: 2\n', [{ a: '1', b: '2' }], 1],
  ['a line that is indented too far', 'a: {x: 1}\n    c: 3\nb: 2\n', [{ a: { x: '1' }, b: '2' }], 1],
  ['a quote that never ends', 'a: 1\nb: "x\nc: 2\n', [{ a: '1', b: '', c: '2' }], 1],
  ['a bracket that never ends', 'a: 1\nb: [x\nc: 2\n', [{ a: '1', b: '', c: '2' }], 1],
  [
    'names of prototypes',
    '__proto__: {a: 1}\nconstructor: b\n',
    [JSON.parse('{"__proto__":{"a":"1"},"constructor":"b"}')],
    0,
  ],
  ['only text', 'hello', ['hello'], 0],
  ['nothing', '\n\n# x\n', [], 0],
] as const) {
  test(`reads ${what}`, () => assert.deepEqual(parsed(text), { documents, unreadableLines }));
}

test('depth and number of values are bounded', () => {
  const deep = 'is nested more than 64 levels deep';
  assert.equal(parsed('['.repeat(100_000)), deep);
  assert.equal(parsed('- '.repeat(100_000)), deep);
  assert.equal(parsed('{a: '.repeat(100_000)), deep);
  assert.equal(parsed(Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')), deep);
  assert.equal(parsed(`[${'a,'.repeat(2_100_000)}]`), 'has more than 2000000 values');
});

test('long runs of blanks in quotes take linear time', () => {
  const blanks = ' '.repeat(1_000_000);
  assert.deepEqual(parsed(`a: "x${blanks}y"`), { documents: [{ a: `x${blanks}y` }], unreadableLines: 0 });
  assert.deepEqual(parsed(`a: 'x${blanks}\n\n${blanks}y'`), { documents: [{ a: 'x y' }], unreadableLines: 0 });
});

test('aliases share one value instead of multiplying it', () => {
  const levels = Array.from({ length: 40 }, (_, level) => {
    const below = level === 0 ? 'x' : `*l${level - 1}`;
    return `l${level}: &l${level} [${Array.from({ length: 10 }, () => 'y').join(', ')}]\nm${level}: ${below}`;
  });
  const result = parseYaml(inputFile('x.yaml', levels.join('\n')));
  assert.ok(result.ok && result.value.documents.length === 1);
});

test('a value that contains itself is cut', () => {
  assert.deepEqual(parsed('a: &x\n  b: *x\n'), { documents: [{ a: { b: '' } }], unreadableLines: 0 });
});
