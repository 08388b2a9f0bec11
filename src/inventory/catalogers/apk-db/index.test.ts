import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Package, pathsIn } from '#model/index.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { sharedPath, sharedSkip } from '../../../../test/kit/shared.ts';
import { apkDb } from './index.ts';

const PATH = 'lib/apk/db/installed';

function catalog(content: string) {
  const { fragment, problems } = apkDb.read(inputFile(PATH, content));
  const visible = fragment ? [{ path: PATH, fragment, layer: 0, older: [] }] : [];
  return { packages: apkDb.assemble(visible, {}).packages.map((found) => found.package), problems };
}

function rows(packages: readonly Package[]): string[] {
  return packages.map(
    (p) => `${p.name} ${p.version} ${p.architecture} from ${p.source?.name} (${p.licences}) ${p.maintainer ?? '-'}`,
  );
}

test('reads packages with their origin, licence and files', () => {
  const { packages, problems } = catalog(readFileSync(new URL('testdata/installed', import.meta.url), 'utf8'));
  assert.deepEqual(problems, []);
  assert.deepEqual(rows(packages), [
    'harbour-libs 2.4.1-r3 x86_64 from harbour (MIT AND Zlib) Packaging Team <packaging@example.org>',
    'harbour 2.4.1-r3 x86_64 from harbour (MIT) -',
    '.build-deps 20240101.120000 noarch from .build-deps () -',
  ]);
  const files = packages.map((p) => (p.files === undefined ? undefined : pathsIn(p.files)));
  const charts = ['lib/libharbour.so.1', 'usr/share/harbour/charts:north', 'usr/share/harbour/south.txt'];
  assert.deepEqual(files, [charts, ['.profile'], undefined]);
});

const good = 'P:good\nV:1-r0\nA:x86_64\n';
for (const [what, text, names, expected] of [
  ['no version', 'P:bad\n\n', 'good', ['apk-record-unusable 1']],
  ['no name', 'V:1\n\nC:x\n\nF:usr\nR:a\n\n', 'good', ['apk-record-unusable 3']],
  ['a line of another form', 'P:odd\nV:1\nwhat is this\n\n', 'odd good', ['apk-line-unreadable 1']],
  ['a lost blank line', 'P:odd\nV:1\n', 'odd good', ['apk-line-unreadable 1']],
  ['lines ended by CR LF', 'P:odd\r\nV:1\r\n\r\n', 'odd good', []],
] as const) {
  test(`a record with ${what} does not lose the next one`, () => {
    const { packages, problems } = catalog(text + good);
    assert.equal(packages.map(({ name }) => name).join(' '), names);
    assert.deepEqual(
      problems.map(({ code, count }) => `${code} ${count ?? 1}`),
      expected,
    );
  });
}

test('short names in one long directory cannot grow to gigabytes', () => {
  const long = `P:bomb\nV:1\nF:${'d'.repeat(4000)}\n${'R:a\n'.repeat(60_000)}\n`;
  const { packages, problems } = catalog(long + good);
  assert.deepEqual(
    packages.map(({ files }) => files),
    [undefined, undefined],
  );
  assert.deepEqual(
    problems.map(({ code, effect }) => `${code} ${effect}`),
    ['apk-files-unreadable degraded'],
  );
});

test('one database under two paths is one set of packages', () => {
  const { fragment = assert.fail('not read') } = apkDb.read(inputFile(PATH, good));
  const paths = [PATH, 'usr/lib/apk/db/installed'];
  const visible = paths.map((path) => ({ path, fragment, layer: 0, older: [] }));
  assert.equal(apkDb.assemble(visible, {}).packages.length, 1);
});

test('a package keeps the layer that first had it without a gap', () => {
  const fragmentOf = (...names: string[]) =>
    apkDb.read(inputFile(PATH, names.map((name) => `P:${name}\nV:1-r0\n`).join('\n'))).fragment ??
    assert.fail('not read');
  const older = [{ fragment: fragmentOf('base'), layer: 0 }];
  const visible = { path: PATH, fragment: fragmentOf('base', 'added'), layer: 2, older };
  const layers = apkDb.assemble([visible], {}).packages.map((found) => `${found.package.name} ${found.layer}`);
  assert.deepEqual(layers, ['base 0', 'added 2']);
});

const shared = sharedPath('conformance/package-databases/apk');
for (const [folder, unusable] of [
  ['snyk-alpine-3.7.0', []],
  ['trivy-analyzer', ['apk-record-unusable']],
] as const) {
  test(`reads the shared database ${folder}`, { skip: sharedSkip(shared) }, () => {
    const { packages, problems } = catalog(readFileSync(`${shared}/${folder}/installed`, 'utf8'));
    const wanted: Record<string, string>[] = JSON.parse(readFileSync(`${shared}/${folder}/expected.json`, 'utf8'));
    assert.deepEqual(
      problems.map(({ code }) => code),
      unusable,
    );
    assert.deepEqual(
      rows(packages),
      wanted.map(
        (w) => `${w['name']} ${w['version']} ${w['arch']} from ${w['origin']} (${w['license']}) ${w['maintainer']}`,
      ),
    );
  });
}
