import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYamlDocuments, readManifest, type YamlDocument } from './index.ts';

function only(text: string): YamlDocument {
  const { documents, problems } = parseYamlDocuments(text);
  assert.deepEqual(problems, []);
  assert.equal(documents.length, 1);
  const [document] = documents;
  if (document === undefined) throw new Error('no document');
  return document;
}

const POD = `# a comment
kind: Pod
spec:
  containers:
    - name: web
      securityContext: {privileged: true}
`;

test('values and their places', () => {
  const pod = only(POD);
  assert.deepEqual(pod.value, {
    kind: 'Pod',
    spec: { containers: [{ name: 'web', securityContext: { privileged: true } }] },
  });
  const path = ['spec', 'containers', 0, 'securityContext', 'privileged'];
  assert.deepEqual(pod.positionOf(path), { line: 6, column: 25, endLine: 6, endColumn: 41 });
  const range = pod.rangeOf(path);
  assert.equal(pod.text.slice(range?.start, range?.end), 'true');
  assert.equal(pod.positionOf(['spec', 'containers', 0, 'image']).line, 5, 'the nearest ancestor');
  assert.equal(pod.rangeOf(['spec', 'containers', 0, 'image']), undefined);
  assert.equal(pod.positionOf([]).line, 2);
});

test('several documents, empty ones left out, one that is wrong does not take the others along', () => {
  const { documents, problems } = parseYamlDocuments('a: 1\n---\n---\n# only words\n---\nb: [1\n---\nc: 3\n');
  assert.deepEqual(documents[0]?.value, { a: 1 });
  assert.equal(problems.length, 1);
  assert.match(problems[0]?.message ?? '', /^line \d+, column \d+: not valid YAML/);
  const { documents: whole } = parseYamlDocuments('a: 1\n---\nc: 3\n...\n---\nd: 4\n');
  assert.deepEqual(
    whole.map(({ value }) => value),
    [{ a: 1 }, { c: 3 }, { d: 4 }],
  );
  assert.equal(whole[2]?.positionOf(['d']).line, 6);
});

test('a carriage return alone breaks a line of YAML, and none that is counted', () => {
  const document = only('a: 1\rb: 2\nc: 3\n');
  assert.deepEqual(document.value, { a: 1, b: 2, c: 3 });
  assert.deepEqual([document.positionOf(['b']).line, document.positionOf(['c']).line], [1, 2]);
});

test('JSON', () => {
  const json = only('{\n\t"kind": "Pod",\n\t"spec": {"hostPID": true}\n}\n');
  assert.deepEqual(json.value, { kind: 'Pod', spec: { hostPID: true } });
  assert.equal(json.positionOf(['spec', 'hostPID']).line, 3);
});

test('items of a typed list are of its kind', () => {
  const read = readManifest(
    'apiVersion: v1\nkind: PodList\nitems:\n- metadata: {name: a}\n- {kind: Job, apiVersion: batch/v1}\n',
    'f',
  );
  assert.ok(read.ok);
  assert.deepEqual(
    read.value.map(({ json, place }) => [json['apiVersion'], json['kind'], place()]),
    [
      ['v1', 'Pod', 'f:4:3'],
      ['batch/v1', 'Job', 'f:5:3'],
    ],
  );
});

test('anchors, aliases and merge keys', () => {
  const text =
    'base: &base {user: root, tty: true}\nused: *base\nmerged:\n  <<: *base\n  tty: false\nlist:\n  <<: [*base, {x: 1}]\n';
  const document = only(text);
  assert.deepEqual(document.value, {
    base: { user: 'root', tty: true },
    used: { user: 'root', tty: true },
    merged: { tty: false, user: 'root' },
    list: { user: 'root', tty: true, x: 1 },
  });
  assert.equal(document.positionOf(['merged', 'user']).line, 1, 'where it is written');
  assert.equal(document.positionOf(['used', 'user']).line, 1);
  assert.equal(document.positionOf(['merged', 'tty']).line, 5);
  assert.equal(document.placeOf(['merged', 'user'])?.shared, true);
  assert.equal(document.placeOf(['merged', 'tty'])?.shared, false);
});

test('names from the document are members and nothing else', () => {
  const { value } = only('__proto__: {a: 1}\nconstructor: 2\n');
  assert.deepEqual(Object.keys(value as object), ['__proto__', 'constructor']);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
});

const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
for (const [name, previous] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf'].map((pair) => [pair[0], pair[1]])) {
  bomb.push(`${name}: &${name} [${Array(10).fill(`*${previous}`).join(',')}]`);
}

for (const [what, text, message] of [
  ['a bomb of aliases', bomb.join('\n'), /aliases are written out/],
  ['an alias inside its anchor', 'a: &a [*a]\n', /inside its own anchor/],
  ['an alias without an anchor', 'a: *b\n', /no anchor|Unresolved alias/],
  ['a mapping as a key', '? {a: 1}\n: b\n', /key that is itself/],
  ['too deep', '['.repeat(300) + ']'.repeat(300), /deep/],
  ['so deep that the parser gives up', '['.repeat(200_000), /deep|not valid YAML/],
  ['tabs', 'a:\n\tb: 1\n', /line 2, column 2: not valid YAML/],
  ['a template', 'image: "{{ .Values.image }}"\n', /render it first/],
  ['a template with loops', '{{- range list }}\na: 1\n{{- end }}\n', /render it first/],
  ['a template that happens to be YAML', 'a: {{ name }}\n', /render it first/],
] as const) {
  test(`refused: ${what}`, () => {
    const { documents, problems } = parseYamlDocuments(text);
    assert.deepEqual(documents, []);
    assert.match(problems[0]?.message ?? '', message);
    assert.ok(problems.every(({ effect }) => effect === 'incomplete'));
  });
}

test("another program's templates inside texts are data", () => {
  const alert = only('description: "{{ $labels.instance }} is down"\n');
  assert.deepEqual(alert.value, { description: '{{ $labels.instance }} is down' });
});
