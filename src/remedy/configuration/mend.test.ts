// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of other languages.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { err, ok } from '#foundation/index.ts';
import { keyOf, mendText } from './mend.ts';
import { imageAt, pinImages } from './pin.ts';
import { type CheckedFile, objectionTo, recheck, withEdits } from './recheck.ts';

const today = '2026-11-24';
const compose: CheckedFile = { path: 'compose.yaml', subject: 'compose', today };
const dockerfile: CheckedFile = { path: 'Dockerfile', subject: 'dockerfile', today };
const manifest: CheckedFile = { path: 'web.yaml', subject: 'kubernetes', today };

const mended = (file: CheckedFile, text: string, isWanted: (id: string) => boolean = () => true) =>
  mendText(file, recheck(text, file), ({ id }) => isWanted(id));

describe('edits of one file', () => {
  test('positions move, comments and line ends stay, and what was mended no longer fails', () => {
    const text = '# why\r\nservices:\r\n  a: # one\r\n    image: x:1\r\n  b:\r\n    image: y:1 # two\r\n';
    const { checked, left } = mended(compose, text, (id) => /new-privileges|capabilities-kept/.test(id));
    assert.equal(
      checked.text,
      [
        '# why',
        'services:',
        '  a: # one',
        '    image: x:1',
        '    security_opt: ["no-new-privileges:true"]',
        '    cap_drop: ["ALL"]',
        '  b:',
        '    image: y:1 # two',
        '    security_opt: ["no-new-privileges:true"]',
        '    cap_drop: ["ALL"]',
        '',
      ].join('\r\n'),
    );
    assert.deepEqual([...left], []);
    assert.ok(!checked.failures.has('compose-new-privileges'));
  });

  test('edits of one command follow each other', () => {
    const { checked } = mended(
      dockerfile,
      'FROM a:1\nRUN apt-get update && apt-get install curl\n',
      (id) => id !== 'dockerfile-base-digest',
    );
    assert.equal(
      checked.text,
      'FROM a:1\nRUN apt-get update && apt-get install --no-install-recommends -y curl && rm -rf /var/lib/apt/lists/*\n',
    );
  });

  test('lists that a later step installs by are not deleted', () => {
    const text = 'FROM a:1\nRUN apt-get update && apt-get install -y x\nRUN apt-get install -y y\n';
    assert.equal(mended(dockerfile, text, (id) => id === 'dockerfile-apt-lists').checked.text, text);
  });

  test('what is ignored in the file is left', () => {
    const text = 'services:\n  # plimsoll:ignore compose-new-privileges needs sudo\n  a:\n    image: x:1\n';
    assert.equal(mended(compose, text, (id) => id === 'compose-new-privileges').checked.text, text);
  });

  test('a shared anchor is left, as a change there reaches further', () => {
    const text = 'x-base: &base\n  privileged: true\n  image: x:1\nservices:\n  a: *base\n  b: *base\n';
    assert.equal(mended(compose, text, (id) => id === 'compose-privileged').checked.text, text);
  });

  test('each pod of a file of several documents', () => {
    const pod = (name: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n    - name: c\n      image: x:1\n`;
    const { checked } = mended(
      manifest,
      `${pod('a')}---\n${pod('b')}`,
      (id) => id === 'kubernetes-privilege-escalation',
    );
    assert.equal(checked.text.match(/allowPrivilegeEscalation: false/g)?.length, 2);
    assert.ok(!checked.failures.has('kubernetes-privilege-escalation'));
  });

  test('an edit that makes another check fail is not made, and it is said which', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostNetwork: true\n  containers: [{name: c, image: "x:1"}]\n';
    const { checked, left } = mended(manifest, pod, (id) => id === 'kubernetes-host-network');
    assert.equal(checked.text, pod);
    assert.match(left.get('kubernetes-host-network') ?? '', /it would make kubernetes-network-policy-missing-\w+ fail/);
  });

  test('a file with very many places comes to an end', () => {
    const services = Array.from({ length: 600 }, (_, at) => `  s${at}:\n    image: x:1\n`).join('');
    const { checked } = mended(compose, `services:\n${services}`, (id) => id === 'compose-new-privileges');
    assert.equal(checked.text.match(/no-new-privileges/g)?.length, 600);
  });
});

describe('an edited text is refused', () => {
  const before = recheck('services:\n  a:\n    image: x:1\n    privileged: true\n', compose);
  const table: readonly [string, text: string, objection: RegExp | undefined][] = [
    ['mended', 'services:\n  a:\n    image: x:1\n    privileged: false\n', undefined],
    ['not mended', before.text, /would not mend/],
    ['no YAML', 'services:\n  a: [\n', /could not be read/],
    ['nothing left in it', 'a: 1\n', /other documents/],
    ['a second document', `${before.text}---\nservices: {b: {image: "y:1"}}\n`, /other documents/],
    ['another check fails', 'services:\n  a:\n    image: x:1\n    pid: host\n', /make compose-host-pid fail/],
    ['its neighbour is gone wrong', 'services:\n  a:\n    image: x\n', /make compose-image-latest fail/],
  ];
  for (const [name, text, objection] of table)
    test(name, () => {
      const said = objectionTo(before, recheck(text, compose), 'compose-privileged');
      if (objection === undefined) assert.equal(said, undefined);
      else assert.match(said ?? '', objection);
    });
});

test('edits that overlap are made once', () => {
  const edits = [
    { start: 0, end: 2, text: 'A' },
    { start: 1, end: 3, text: 'B' },
    { start: 4, end: 4, text: 'C' },
  ];
  assert.equal(withEdits('abcdef', edits), 'aBdCef');
});

describe('digests', () => {
  const digest = `sha256:${'e'.repeat(64)}`;
  const registry = {
    tags: async () => err('not asked for'),
    digest: async (name: string) => (name.startsWith('gone') ? err('404') : ok(digest)),
  };
  const table: readonly [CheckedFile, before: string, after: string | RegExp][] = [
    [dockerfile, 'FROM a:1 AS b\n', `FROM a:1@${digest} AS b\n`],
    [dockerfile, 'FROM host:5000/a/b:1.2-x # c\n', `FROM host:5000/a/b:1.2-x@${digest} # c\n`],
    [dockerfile, 'ARG V=1\nFROM a:$V\n', /not written out/],
    [dockerfile, 'FROM a\n', /not written out/],
    [dockerfile, 'FROM gone:1\n', /does not tell what gone:1 is now: 404/],
    [compose, 'services: {a: {image: "x:1"}}\n', `services: {a: {image: "x:1@${digest}"}}\n`],
    [
      manifest,
      "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: 'x/y:1' # z\n",
      new RegExp(`'x/y:1@${digest}' # z`),
    ],
  ];
  for (const [file, before, after] of table)
    test(before, async () => {
      const { checked, left } = await pinImages(file, recheck(before, file), () => true, registry);
      if (typeof after === 'string') assert.equal(checked.text, after);
      else assert.match(`${checked.text}\n${[...left.values()].join()}`, after);
    });

  test('a registry that is not asked leaves one reason for all', async () => {
    const file = recheck('FROM a:1\nFROM b:1\n', dockerfile);
    const { checked, left } = await pinImages(dockerfile, file, () => true, { ...registry, silence: 'offline' });
    assert.equal(checked.text, file.text);
    assert.deepEqual([...left], [['dockerfile-base-digest', 'offline']]);
  });

  test('a part of a name is no name', () => {
    const at = (text: string) =>
      imageAt(text, { position: { line: 1, column: 1, endLine: 1, endColumn: text.length + 1 } });
    for (const text of ['${X}y:1', 'a:1@sha256:0', 'a', '', 'x/y', ':1', 'a:1 ', 'http://x:1/'])
      assert.equal(at(text), undefined, text);
    assert.deepEqual(at('COPY --from=a/b:1'), { reference: 'a/b:1', end: 17 });
  });
});

test('a finding is the same after it has moved', () => {
  const key = (text: string) =>
    recheck(text, compose)
      .findings.filter(({ id }) => id === 'compose-privileged')
      .map(keyOf);
  const text = 'services:\n  a:\n    image: x:1\n    privileged: true\n';
  assert.deepEqual(key(`# more\n${text}`), key(text));
});
