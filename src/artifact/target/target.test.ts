import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openFailure } from '../../../test/kit/open-image.ts';
import { openTarget } from './open-target.ts';
import { isPathShaped, splitPath } from './path.ts';
import { parseTarget } from './target.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-target-'));
after(() => rmSync(directory, { recursive: true }));

const schemes: Readonly<Record<string, string>> = {
  host: 'host|',
  'debian:12': 'guess|debian:12',
  'docker:debian': 'docker|debian',
  'docker:debian:12': 'docker|debian:12',
  'registry:ghcr.io/a/b': 'registry|ghcr.io/a/b',
  'podman:12': 'podman|12',
  'containerd:x': 'containerd|x',
  'oci:dir:tag': 'oci|dir:tag',
  'archive:/a.tar': 'archive|/a.tar',
  'rootfs:/': 'rootfs|/',
  'dir:.': 'directory|.',
  'dir:a:b': 'directory|a:b',
  'sbom:a.json': 'sbom|a.json',
  'directory:1': 'guess|directory:1',
  'hosts:1': 'guess|hosts:1',
  './host': 'guess|./host',
};
for (const [text, expected] of Object.entries(schemes)) {
  test(`${text} is ${expected}`, () => {
    const target = parseTarget(text);
    assert.equal(target.ok && `${target.value.scheme}|${target.value.rest}`, expected);
  });
}

for (const text of ['', 'docker:', 'rootfs:', 'a\nb', 'a\u0000b', 'x'.repeat(5000)]) {
  test(`${JSON.stringify(text.slice(0, 20))} is no target`, () => assert.equal(parseTarget(text).ok, false));
}

for (const text of ['docker:24', 'docker:dind', 'registry:2', 'registry:latest']) {
  test(`${text} can mean two things, and both are named`, () => {
    const target = parseTarget(text);
    assert.match(target.ok ? '' : target.error, /docker\.io\/library\/(docker|registry):\w+ or (docker|registry):/);
  });
}

test('paths end where something exists', async () => {
  const odd = join(directory, 'odd:name@1.tar');
  writeFileSync(odd, '');
  assert.deepEqual(await splitPath(odd), { path: odd });
  assert.deepEqual(await splitPath(`${odd}:a/b:c`), { path: odd, selector: 'a/b:c' });
  assert.deepEqual(await splitPath(`${odd}@sha256:ab`), { path: odd, selector: '@sha256:ab' });
  assert.equal(await splitPath(join(directory, 'none:x')), undefined);
});

test('texts that can only be paths', () => {
  for (const text of [
    '/',
    '/a',
    './a',
    '../a',
    '.',
    '..',
    'image.tar',
    'image.tar.gz',
    'IMAGE.TGZ',
    'a.tar.zst',
    'a.cdx.json',
    'b.XML.gz',
  ])
    assert.equal(isPathShaped(text), true, text);
  for (const text of ['a', 'a/b', 'a.b/c', 'debian:12', 'tar', '.a', 'name:v1.json'])
    assert.equal(isPathShaped(text), false, text);
});

test('directories are what they look like', async () => {
  const root = join(directory, 'root');
  mkdirSync(join(root, 'etc'), { recursive: true });
  writeFileSync(join(root, 'etc/os-release'), 'ID=test\n');
  const opened = await openTarget(root, { signal: AbortSignal.timeout(30_000) });
  assert.deepEqual(opened.ok && { kind: opened.value.kind, name: opened.value.name }, { kind: 'tree', name: root });
  const empty = join(directory, 'empty');
  mkdirSync(empty);
  for (const [target, scheme] of [
    [empty, 'directory'],
    [`dir:${root}`, 'directory'],
    [`rootfs:${empty}`, 'rootfs'],
  ] as const) {
    const named = await openTarget(target, { signal: AbortSignal.timeout(30_000) });
    assert.equal(named.ok && named.value.scheme, scheme, target);
  }
  assert.equal((await openFailure(`${empty}:tag`)).code, 'usage');
  assert.equal((await openFailure(`oci:${empty}`)).code, 'invalid');
});

test('a file that is no archive does not stand in the way of an image name', async () => {
  const here = process.cwd();
  process.chdir(directory);
  try {
    writeFileSync('debian', 'notes');
    mkdirSync('alpine');
    const registries = { mirrors: ['nonsense'] };
    for (const target of ['debian', 'alpine', 'alpine:3']) {
      assert.match((await openFailure(target, { registries })).message, /registry mirror/, target);
    }
    writeFileSync('ubuntu', gzipSync('x'));
    assert.match((await openFailure('ubuntu', { registries })).message, /write \.\/ubuntu or registry:ubuntu/);
    assert.equal((await openFailure('./ubuntu')).code, 'invalid');
    assert.equal((await openFailure('./debian')).code, 'invalid');
    assert.equal((await openFailure('./alpine:3')).code, 'usage');
    assert.equal((await openFailure('archive:debian')).code, 'invalid');
  } finally {
    process.chdir(here);
  }
});

test('what is neither there nor a name is said', async () => {
  const error = await openFailure('No Such Thing');
  assert.deepEqual([error.code, /no.*image reference/.test(error.message)], ['usage', true]);
});

test('what is not there is said before any registry is asked', async () => {
  for (const target of [
    join(directory, 'none'),
    './none.tar',
    'none.tar.gz',
    'oci:none',
    'archive:none',
    'rootfs:none',
    'dir:none',
  ]) {
    assert.equal((await openFailure(target)).code, 'not-found', target);
  }
});

test('a platform nobody can read is a usage error', async () => {
  assert.equal((await openFailure('host', { platform: 'a b' })).code, 'usage');
});

test('an SBOM is known by its content, and by its name when it is damaged', async () => {
  const boms = {
    'a.cdx.json': '{"bomFormat":"CycloneDX","specVersion":"1.6"}',
    'b.xml': '<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.5"/>',
    'c.txt': 'SPDXVersion: SPDX-2.3\n',
    'd.json': '{"payloadType":"application/vnd.in-toto+json","payload":"e30="}',
    'e.json.gz': gzipSync('{"spdxVersion":"SPDX-2.3"}'),
    'f.json': '{"name":"no bill"}',
  };
  for (const [name, content] of Object.entries(boms)) {
    const path = join(directory, name);
    writeFileSync(path, content);
    for (const target of [path, `sbom:${path}`]) {
      const opened = await openTarget(target, { signal: AbortSignal.timeout(30_000) });
      assert.deepEqual(opened.ok && [opened.value.kind, opened.value.scheme], ['document', 'sbom'], target);
      if (!opened.ok || opened.value.kind !== 'document') continue;
      assert.equal(opened.value.content.size, Buffer.from(content).length);
      await opened.value.close();
      await opened.value.close();
    }
  }
  assert.equal((await openFailure(join(directory, 'none.json'))).code, 'not-found');
  assert.equal((await openFailure(`sbom:${directory}`)).code, 'usage');
  assert.equal((await openFailure(`rootfs:${join(directory, 'a.cdx.json')}`)).code, 'usage');
});
