import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elfOf } from '../../../../test/kit/executables.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { assertMatchesFile } from '../../../../test/kit/snapshot.ts';
import { parseProgram } from './index.ts';
import { productData, products } from './products.ts';
import { binariesPage } from './testing/page.ts';

for (const { id, title, package: described, examples, patterns, insteadOf = [] } of productData) {
  for (const { file, bytes, version } of examples.pass) {
    test(`${id}: recognises ${version} in ${file}`, () => {
      const { packages, problems } = parseProgram(inputFile(file, Buffer.from(bytes, 'latin1')));
      assert.deepEqual(problems, []);
      const found = packages.filter(({ name }) => name === described.name);
      assert.deepEqual(
        found.map((one) => one.version),
        [version],
      );
    });
  }

  for (const { file, bytes } of examples.fail) {
    test(`${id}: finds nothing in what ${file} holds otherwise`, () => {
      const { packages } = parseProgram(inputFile(file, Buffer.from(bytes, 'latin1')));
      assert.ok(packages.every(({ name }) => name !== described.name));
    });
  }

  test(`${id} is described whole`, () => {
    assert.match(id, /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    assert.ok(title.length > 1 && examples.pass.length > 0 && examples.fail.length > 0);
    for (const other of insteadOf)
      assert.ok(
        productData.some((one) => one.id === other),
        other,
      );
    for (const { near, before = 0, after = 96, pattern, goVariable } of patterns) {
      assert.ok(goVariable === true ? pattern === undefined : near !== undefined && pattern !== undefined);
      assert.ok(before + after <= 512);
      // The search reads a file in parts that overlap by less than this.
      assert.ok((near ?? 'long').length >= 3 && (near ?? '').length < 64, near);
    }
  });

  test(`${id}: has expressions that take linear time`, () => {
    for (const { pattern = '' } of patterns) {
      const plain = pattern.replace(/\\./g, '').replace(/\[(?:[^\]])*\]/g, 'x');
      assert.doesNotMatch(plain, /[*+](?!\})|\{\d+,\}/, `${pattern} repeats without a bound`);
    }
  });
}

test('every product has its own id and every package one name in CPE', () => {
  assert.equal(new Set(productData.map(({ id }) => id)).size, productData.length);
  for (const { package: described } of productData) {
    if (described.cpe !== undefined) assert.match(described.cpe, /^[a-z0-9._-]+:[a-z0-9._\\/-]+$/);
  }
});

test('finds marks across the parts in which a file is read', () => {
  const mark = Buffer.from('\0nginx version: nginx/1.25.1\n\0', 'latin1');
  for (const offset of [1024 * 1024 - 20, 1024 * 1024 - 1, 1024 * 1024, 3 * 1024 * 1024 - 10]) {
    const content = Buffer.alloc(4 * 1024 * 1024);
    mark.copy(content, offset);
    const { packages } = parseProgram(inputFile('usr/sbin/nginx', content));
    assert.deepEqual(
      packages.map(({ version }) => version),
      ['1.25.1'],
    );
  }
});

test('gives names for advisories and CPE', () => {
  const { packages } = parseProgram(inputFile('usr/bin/postgres', 'PostgreSQL 15.1 on x86_64-pc-linux-gnu'));
  assert.deepEqual(packages, [
    {
      name: 'postgresql',
      version: '15.1',
      cpes: ['cpe:2.3:a:postgresql:postgresql:15.1:*:*:*:*:*:*:*'],
      advisoryNames: [{ ecosystem: 'Bitnami', name: 'postgresql' }],
    },
  ]);
});

for (const [what, content, version] of [
  ['the only one', 'one\0v3.11.1\0go1.22.3\0GLIBC_2.2.5\0', '3.11.1'],
  ['one of several', 'one\0v3.11.1\0\x002.0.3\0', undefined],
  ['a commonplace', '\x001.0.0\0\0v0.1.0\0', undefined],
  ['none that ends', 'v3.11.1 and more', undefined],
] as const) {
  test(`reads the version that a Go linker was given: ${what}`, () => {
    const elf = elfOf([
      { name: '.text', content: Buffer.from('\x009.9.9\0') },
      { name: '.rodata', content: Buffer.from(content) },
    ]);
    const { packages } = parseProgram(inputFile('usr/local/bin/helm', elf));
    assert.deepEqual(
      packages.map((one) => one.version),
      version === undefined ? [] : [version],
    );
  });
}

test('looks for no product in files of other names', () => {
  assert.deepEqual(parseProgram(inputFile('usr/bin/other', 'nginx version: nginx/1.25.1')).packages, []);
  assert.ok(products().length >= 80);
});

test('the page lists every product', () => {
  assertMatchesFile(binariesPage(), new URL('../../../../docs/reference/binaries.md', import.meta.url));
});
