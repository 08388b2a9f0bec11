import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inputFile } from '../../../test/kit/input-file.ts';
import { type CheckReading, checkFiles } from './check-files.ts';
import { fileKindOf } from './file-kind.ts';
import { checkReader } from './reader.ts';

describe('which files are read', () => {
  const table: readonly [path: string, kind: string | undefined][] = [
    ['Dockerfile', 'dockerfile'],
    ['a/Dockerfile.dev', 'dockerfile'],
    ['a/dockerfile-web', 'dockerfile'],
    ['Containerfile', 'dockerfile'],
    ['web.dockerfile', 'dockerfile'],
    ['Dockerfile.go', 'named-otherwise'],
    ['Dockerfile.md', undefined],
    ['Dockerfile.dockerignore', undefined],
    ['dockerfile_parser.py', undefined],
    ['Dockerfiles', undefined],
    ['a/b.yml', 'yaml'],
    ['a/b.json', 'json'],
    ['node_modules/a/Dockerfile', undefined],
    ['web/node_modules/a/b.yaml', undefined],
  ];
  for (const [path, kind] of table) test(path, () => assert.equal(fileKindOf(path), kind));
});

describe('which of them are kept', () => {
  const table: readonly [path: string, text: string, isKept: boolean][] = [
    ['Dockerfile', '', true],
    ['Dockerfile.go', '# for Go\nARG V=1\n\nFROM golang:$V\n', true],
    ['Dockerfile.go', 'package docker\n', false],
    ['Dockerfile.md', '# How we build\n\nFrom time to time\n', false],
    ['a.yaml', 'apiVersion: v1\nkind: Pod\n', true],
    ['a.yaml', '{"apiVersion":"v1","kind":"Pod"}', true],
    ['a.yaml', 'services: {web: {image: a}}', true],
    ['a.yaml', 'name: x\n', false],
    ['a.json', '{"apiVersion": "v1", "kind": "Pod"}', true],
    ['a.json', '{"kind": "Pod"}', false],
  ];
  for (const [path, text, isKept] of table)
    test(`${path}: ${text}`, () => {
      const { fragment, problems } = checkReader.read(inputFile(path, text));
      assert.equal(fragment !== undefined, isKept);
      assert.deepEqual(problems, []);
    });
});

describe('what could not be read', () => {
  const settings = { today: '2026-11-24' };
  const table: readonly [what: string, path: string, text: string, isSaid: boolean][] = [
    ['a broken Compose file', 'compose.yaml', 'services: [\n', true],
    ['a broken manifest', 'a.yaml', 'apiVersion: v1\nkind: [\n', true],
    ['a chart template', 'a.yaml', 'apiVersion: v1\nkind: Pod\nname: {{ .Values.x }}\n', true],
    ['a template of something else', 'a.yaml', 'x: {{ services: }}\n', false],
    ['a service of a remote file', 'compose.yaml', 'include: ["oci://a/b"]\nservices: {a: {image: b}}\n', true],
  ];
  for (const [what, path, text, isSaid] of table)
    test(what, () => {
      const { summary } = checkFiles([{ path, fragment: { kind: 'yaml', text } }], settings);
      assert.equal(summary.notAssessed.length > 0, isSaid);
    });
});

test('a broken document does not take its neighbours with it', () => {
  const text = 'services: {web: {image: a, privileged: true}}\n---\na: [\n';
  const { findings, summary } = checkFiles([reading('compose.yaml', text)], { today: '2026-11-24' });
  assert.ok(findings.some(({ id }) => id === 'compose-privileged'));
  assert.equal(summary.notAssessed.length, 1);
});

test('a patch of a kustomization is no whole object', () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: b}]}\n';
  const { findings, summary } = checkFiles(
    [
      reading('prod/kustomization.yaml', 'resources: [../base]\npatches: [{path: a.yaml}, {patch: "- op: x"}]\n'),
      reading('prod/a.yaml', pod),
      reading('base/a.yaml', pod),
    ],
    { today: '2026-11-24' },
  );
  assert.deepEqual([...new Set(findings.map(({ location }) => location.path))], ['base/a.yaml']);
  assert.deepEqual(
    summary.notAssessed.map(({ path }) => path),
    ['prod/kustomization.yaml', 'prod/a.yaml'],
  );
});

test('what is skipped is counted neither as asked nor as failed', () => {
  const files = [reading('compose.yaml', 'services: {web: {image: a, privileged: true}}\n')];
  const all = checkFiles(files, { today: '2026-11-24' }).summary;
  const some = checkFiles(files, { today: '2026-11-24', disabled: ['compose-privileged'] }).summary;
  assert.deepEqual([some.evaluated, some.failed], [all.evaluated - 1, all.failed - 1]);
});

function reading(path: string, text: string): CheckReading {
  return { path, fragment: { kind: 'yaml', text } };
}
