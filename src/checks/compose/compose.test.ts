import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYamlDocuments } from '#manifests/index.ts';
import { composeChecks } from './checks.ts';
import { interpolate } from './file/interpolate.ts';
import { hostMountOf } from './file/mount.ts';
import { publishedPortOf } from './file/port.ts';
import { Setting } from './file/setting.ts';
import { type ComposeFile, composeFileOf, isCompose } from './index.ts';

describe('variables', () => {
  const cases: readonly [written: string, text: string, isOpen: boolean][] = [
    ['plain', 'plain', false],
    [`\${A:-host}`, 'host', false],
    [`\${A-host}`, 'host', false],
    [`\${A:-}`, '', false],
    [`\${A:-\${B:-deep}}x`, 'deepx', false],
    ['$A', `\${A}`, true],
    [`\${A}`, `\${A}`, true],
    [`\${A:?must be set}`, `\${A}`, true],
    [`\${A:+set}`, '', false],
    ['pa$$word', 'pa$word', false],
    ['100$', '100$', false],
    [`\${`, `\${`, false],
    [`\${A:-never closed`, 'never closed', false],
  ];
  for (const [written, text, isOpen] of cases)
    test(written, () => assert.deepEqual(interpolate(written), { text, isOpen }));
});

describe('ports', () => {
  const cases: readonly [written: string, hostIp: string, published: number | undefined, target: number | undefined][] =
    [
      ['80', '', undefined, 80],
      ['8080:80', '', 8080, 80],
      ['127.0.0.1:8080:80/tcp', '127.0.0.1', 8080, 80],
      ['127.0.0.1::80', '127.0.0.1', undefined, 80],
      ['[::1]:8080:80', '::1', 8080, 80],
      ['3000-3005:3000-3005', '', 3000, 3000],
    ];
  for (const [written, hostIp, published, target] of cases)
    test(written, () => {
      const port = publishedPortOf(settingOf(written));
      assert.deepEqual([port?.hostIp, port?.published?.first, port?.target?.first], [hostIp, published, target]);
    });

  for (const written of [`\${PORT}:80`, 'web', '1:2:3:4', '123456:80'])
    test(`${written} is not known`, () => {
      const port = publishedPortOf(settingOf(written));
      assert.equal(port?.published, undefined);
    });
});

describe('mounts', () => {
  const cases: readonly [written: string, source: string | undefined, isReadOnly?: boolean][] = [
    ['data:/data', undefined],
    ['/data', undefined],
    ['./a:/b', './a', false],
    ['/etc/:/b:ro,z', '/etc', true],
    ['$HOME/.ssh:/b', '~/.ssh', false],
    ['C:\\Users:/b', 'C:\\Users', false],
    ['/:/host', '/', false],
  ];
  for (const [written, source, isReadOnly] of cases)
    test(written, () => {
      const mount = hostMountOf(settingOf(written));
      assert.deepEqual([mount?.source, mount?.isReadOnly], [source, isReadOnly]);
    });
});

describe('what a Compose file is', () => {
  const cases: readonly [name: string, text: string, expected: boolean][] = [
    ['services with images', 'services: {web: {image: a}}', true],
    ['extensions beside', 'x-a: 1\nversion: "3"\nservices: {web: {build: .}}', true],
    ['a Kubernetes object', 'apiVersion: v1\nkind: List\nservices: {web: {image: a}}', false],
    ['a list of services', 'services: [web]', false],
    ['services of something else', 'services: {web: {class: Foo}}', false],
    ['a name of the prototype', 'services: {__proto__: 1, web: {image: a}}', false],
  ];
  for (const [name, text, expected] of cases)
    test(name, () => assert.equal(isCompose(parseYamlDocuments(text).documents[0]?.value), expected));
});

test('what a service takes from anchors and from services of the same file counts', () => {
  const file = parsed(`
x-safe: &safe
  read_only: true
  privileged: true
services:
  base:
    image: a:1
    cap_drop: [ALL]
  web:
    <<: *safe
    extends: base
  job:
    extends: { service: web }
`);
  const ids = ['compose-root-filesystem-writable', 'compose-capabilities-kept', 'compose-privileged'];
  assert.deepEqual(hits(file, ...ids), [
    'compose-root-filesystem-writable 6 service base: read_only is not true',
    'compose-privileged 4 service web: privileged is true',
  ]);
});

test('what a fragment or an extension of another file lacks is not missing', () => {
  const file = parsed(`
services:
  override:
    ports: ["127.0.0.1:1:1"]
  other:
    image: a
    extends: { file: common.yaml, service: base }
    privileged: true
`);
  assert.deepEqual(hits(file, 'compose-memory-unlimited', 'compose-privileged'), [
    'compose-privileged 8 service other: privileged is true',
  ]);
  assert.match(file.notAssessed.join(), /other extends one of common\.yaml/);
});

test('services that extend each other in a circle end', () => {
  const file = parsed('services:\n  a: {image: x, extends: b}\n  b: {extends: a}\n');
  assert.equal(file.services.length, 2);
});

test('what is behind an anchor is not edited', () => {
  const check = composeChecks.find(({ id }) => id === 'compose-new-privileges');
  const outcome = check?.evaluate(parsed('services:\n  web: &web\n    image: a:1\n'));
  assert.ok(outcome && Symbol.iterator in outcome);
  assert.deepEqual(
    [...outcome].map(({ fix }) => fix),
    [undefined],
  );
});

function settingOf(text: string): Setting {
  const [document] = parseYamlDocuments(JSON.stringify([text])).documents;
  assert.ok(document);
  return new Setting(document, [0], text);
}

function parsed(text: string): ComposeFile {
  const [document] = parseYamlDocuments(text).documents;
  assert.ok(document);
  return composeFileOf(document);
}

function hits(file: ComposeFile, ...ids: readonly string[]): string[] {
  return ids.flatMap((id) => {
    const outcome = composeChecks.find((check) => check.id === id)?.evaluate(file) ?? [];
    return Symbol.iterator in outcome
      ? [...outcome].map(({ position, message }) => `${id} ${position.line} ${message}`)
      : [];
  });
}
