import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scalarText } from './scalar-text.ts';
import { parseStream } from './stream.ts';
import { ALIAS, MAPPING, type NodeTree, PLAIN, SCALAR } from './tree.ts';

/** Documents as short texts: `{a: [b, 'c']}`, quoted scalars as JSON, `&` where there is an anchor, `*` for what an alias stands for. */
function outline(text: string): string {
  const { text: source, tree, documents } = parseStream(text);
  const parts = documents.map((one) =>
    'fault' in one ? `!${lineOf(text, one.fault.offset)} ${one.fault.message}` : nodeOutline(source, tree, one.root),
  );
  return parts.join(' --- ');
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split(/\n|\r(?!\n)/).length;
}

function nodeOutline(text: string, tree: NodeTree, node: number): string {
  const tag = tree.tags.get(node);
  const before = (tag === undefined ? '' : `<${tag}>`) + (tree.isAnchored(node) ? '&' : '');
  if (tree.kind(node) === ALIAS) return `*${scalarText(text, tree, tree.target(node))}`;
  if (tree.kind(node) === SCALAR) {
    const value = scalarText(text, tree, node);
    return before + (tree.style(node) === PLAIN && !value.includes('\n') ? value : JSON.stringify(value));
  }
  const children: string[] = [];
  for (let child = tree.first(node); child !== 0; child = tree.next(child)) {
    const shown = nodeOutline(text, tree, child);
    if (tree.kind(node) !== MAPPING) children.push(shown);
    else {
      child = tree.next(child);
      children.push(`${shown}: ${nodeOutline(text, tree, child)}`);
    }
  }
  return before + (tree.kind(node) === MAPPING ? `{${children.join(', ')}}` : `[${children.join(', ')}]`);
}

const read: Readonly<Record<string, readonly (readonly [text: string, outline: string])[]>> = {
  'block collections': [
    ['a: 1\nb:\n  c: 2\n', '{a: 1, b: {c: 2}}'],
    ['- a\n- - b\n  - c\n- d: 1\n  e: 2\n', '[a, [b, c], {d: 1, e: 2}]'],
    ['a:\n- 1\n- 2\nb: 3\n', '{a: [1, 2], b: 3}'],
    ['a:\n  - 1\nb:\n', '{a: [1], b: }'],
    ['? a\n: b\n? c\n', '{a: b, c: }'],
    ['? - a\n: - b\n  - c\n', '{[a]: [b, c]}'],
    [': a\n', '{: a}'],
    ['-\n  a: 1\n-\n- b\n', '[{a: 1}, , b]'],
    ['[a, b]: c\n{d: e}: f\n', '{[a, b]: c, {d: e}: f}'],
    ['a:\r\n  - b\r\n', '{a: [b]}'],
    ['a: 1\r- b', '!2 "-" cannot stand here; put the text in quotes if it is part of it'],
    ['\ufeffa: 1\n', '{a: 1}'],
  ],
  'plain scalars': [
    ['a: b c # d\n', '{a: b c}'],
    ['a: b#c:d\n', '{a: b#c:d}'],
    ['a: b\n  c\n\n  d\ne: f', '{a: "b c\\nd", e: f}'],
    ['a: -1\nb: ?x\nc: :y\n', '{a: -1, b: ?x, c: :y}'],
    ['a: http://b/c?d=[e]\n', '{a: http://b/c?d=[e]}'],
    ['a b: c\n', '{a b: c}'],
    ['[a b, c:d, -e]', '[a b, c:d, -e]'],
    ['{a: b\n c, d}', '{a: b c, d: }'],
  ],
  quotes: [
    [`'it''s'`, `"it's"`],
    ['"a\\tb\\u0041\\x42\\/\\U0001F600"', JSON.stringify('a\tbAB/\u{1f600}')],
    ['"a  \n  b\n\n  c"', '"a b\\nc"'],
    ['"a \\\n  b\\\n\n  c"', '"a b\\nc"'],
    ['"a\\ \n b"', '"a  b"'],
    [`'a\n\n  b'`, '"a\\nb"'],
    ['"a": 1\n\'b\' : 2\n', '{"a": 1, "b": 2}'],
    ['{"a":1,"b":[]}', '{"a": 1, "b": []}'],
  ],
  'texts of lines': [
    ['|\n a\n  b\n\n c\n', '"a\\n b\\n\\nc\\n"'],
    ['>\n a\n b\n\n c\n  d\n e\n', '"a b\\nc\\n d\\ne\\n"'],
    ['a: |-\n  b\n\nc: d\n', '{a: "b", c: d}'],
    ['a: |+\n  b\n\nc: d\n', '{a: "b\\n\\n", c: d}'],
    ['a: |2\n    b\n   c\n', '{a: "  b\\n c\\n"}'],
    ['a: | # why\n  b\n# c\nd: e\n', '{a: "b\\n", d: e}'],
    ['a: |\n  b', '{a: "b"}'],
    ['a: |\r\n  b\r\n  c\r\n', '{a: "b\\nc\\n"}'],
    ['a: |\nb: >-\n', '{a: "", b: ""}'],
    ['- |\n # no comment\n- b\n', '["# no comment\\n", b]'],
  ],
  'collections in brackets': [
    ['[a, [b, {c: d}], ]', '[a, [b, {c: d}]]'],
    ['[a: b, ? c : d, : e]', '[{a: b}, {c: d}, {: e}]'],
    ['{a, b: , ? c, "d":e, [f]: g}', '{a: , b: , c: , "d": e, [f]: g}'],
    ['a: [\nb, # c\nd\n]\n', '{a: [b, d]}'],
    ['{a: {b: [}]', '!1 no value can begin with this character; put it in quotes'],
  ],
  'anchors, aliases, tags': [
    ['a: &x b\nc: *x\n', '{a: &b, c: *b}'],
    ['&x a: b\n*x : c\n', '{&a: b, *a: c}'],
    ['a: &x\n  b: c\n', '{a: &{b: c}}'],
    ['a: !!str 1\nb: !own c\nd: !<e> f\n', '{a: <tag:yaml.org,2002:str>1, b: <!own>c, d: <e>f}'],
    ['%TAG !e! tag:example.com,2026:\n---\n!e!f g\n', '<tag:example.com,2026:f>g'],
    ['- &a !!str b\n- !!str &c d\n', '[<tag:yaml.org,2002:str>&b, <tag:yaml.org,2002:str>&d]'],
  ],
  documents: [
    ['a\n---\nb\n...\n# c\n---\n', 'a --- b --- '],
    ['%YAML 1.2\n---\na\n', 'a'],
    ['--- a\n--- |\n b\n', 'a --- "b\\n"'],
    ['a: [\n---\nb: 1\n', '!1 a bracket that is not closed --- {b: 1}'],
    ['a: "\n--- b\n', '!1 a text in quotes that does not end --- b'],
    ['', ''],
    ['# only words\n', ''],
  ],
};

for (const [what, cases] of Object.entries(read))
  describe(what, () => {
    for (const [text, expected] of cases) test(JSON.stringify(text), () => assert.equal(outline(text), expected));
  });

const refused: readonly (readonly [text: string, line: number, words: RegExp])[] = [
  ['a: b: c\n', 1, /begin it on a line of its own/],
  ['a: - b\n', 1, /begin it on a line of its own/],
  ['a: 1\n  b: 2\n', 2, /over several lines, or one that is indented wrongly/],
  ['a:\n    b: 1\n  c: 2\n', 3, /indented wrongly/],
  ['a:\n  - b\n c: 1\n', 3, /indented wrongly/],
  ['a: 1\nb\n', 2, /without a colon/],
  ['a: "b" c\n', 1, /cannot stand here/],
  ['a: @b\n', 1, /in quotes/],
  ['a: [b\n', 1, /not closed/],
  ['[a, , b]', 1, /begin with/],
  ['a: [b]]\n', 1, /cannot stand here/],
  ['a:\n\tb: c\n', 2, /a tab; indent with spaces/],
  ['-\t- a\n', 1, /a list cannot begin here/],
  ['--- a: b\n', 1, /begin it on a line of its own/],
  ['&a &b c\n', 1, /second anchor/],
  ['!a !b c\n', 1, /second tag/],
  ['&a *b\n', 1, /has no anchor before it/],
  ['a: &x 1\nb: &y *x\n', 2, /no anchor or tag of its own/],
  ['!e!a b\n', 1, /declared with %TAG/],
  ['%YAML 1.2\na\n', 2, /write ---/],
  ['%YAML 1.2\n%YAML 1.2\n---\n', 2, /second %YAML/],
  ['a: |x\n  b\n', 1, /on the next line/],
  ['a: |\n    \n  b\n', 3, /indented further/],
  ['a\nb: c\n', 2, /several lines/],
  ['"a\nb": c\n', 1, /several lines/],
  ['[a\nb: c]', 2, /several lines/],
  [`${'- '.repeat(201)}a`, 1, /nested more than 200 deep/],
];
describe('refused', () => {
  for (const [text, line, words] of refused)
    test(JSON.stringify(text.slice(0, 40)), () => {
      const found = outline(text);
      assert.match(found, new RegExp(`^!${line} `), found);
      assert.match(found, words);
    });
});

/** Time grows with the text and not with its square: no more work for twice the text than a few times the work. */
const repeated: readonly (readonly [what: string, piece: string])[] = [
  ['open brackets', '['],
  ['pairs in lists', '[a: '],
  ['items on one line', '- '],
  ['question marks', '? '],
  ['line breaks in a text', 'a\n'],
  ['quotes', '"a'],
  ['broken documents', '---\na: [\n'],
  ['anchors', '- &a [*a]\n'],
  ['keys in brackets', '{a: b}: c\n'],
  ['empty lines', '\n'],
  ['texts of lines', '- |\n  a\n\n'],
  ['directives', '%A\n'],
];
for (const [what, piece] of repeated)
  test(`a megabyte of ${what} ends`, () => {
    const { documents } = parseStream(piece.repeat(1_000_000 / piece.length));
    assert.ok(documents.length >= 0);
  });
