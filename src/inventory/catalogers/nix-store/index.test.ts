import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogFiles, packageLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { nixStore } from './index.ts';
import { isTelling, parseStorePath } from './parse.ts';

const HASH = '6rrq4z1xf1rhqvwcdajscwg20431s2yz';

test('reads a store that Nix filled, the outputs of a package as one', () => {
  const files = Object.fromEntries(catalogerSamples('nix-store').map(({ path, content }) => [path, content]));
  const { packages, problems } = catalogFiles(nixStore, files);
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), ['harbour-charts 2.4.1']);
});

test('name, version and output are told apart', () => {
  const table: [path: string, name?: string, version?: string][] = [
    ['python3.11-requests-2.31.0/x', 'python3.11-requests', '2.31.0'],
    ['openssl-3.0.13-dev/include/x.h', 'openssl', '3.0.13'],
    ['gcc-13.2.0-libgcc/lib/x', 'gcc', '13.2.0'],
    ['bash-5.2p26/bin/bash', 'bash', '5.2p26'],
    ['glibc-2.38-44-bin/bin/x', 'glibc', '2.38-44'],
    ['nss-cacert-3.98/etc/x', 'nss-cacert', '3.98'],
    ['perl5.38.2-URI-5.21/lib/x', 'perl5.38.2-URI', '5.21'],
    ['unstable-tool-0-unstable-2024-01-01/bin/x', 'unstable-tool', '0-unstable-2024-01-01'],
    ['hello-2.12.1.tar.gz'],
    ['hello-2.12.1.drv'],
    ['source/README'],
    ['nixos-system-harbour/etc/x'],
  ];
  for (const [rest, name, version] of table) {
    const found = parseStorePath(`nix/store/${HASH}-${rest}`);
    assert.deepEqual(found && [found.name, found.version], name && [name, version], rest);
  }
  assert.equal(parseStorePath('nix/store/.links/0a'), undefined);
  assert.equal(parseStorePath(`opt/nix/store/${HASH}-a-1/x`), undefined);
});

test('a package keeps the lowest layer that has a file of it', () => {
  const at = (rest: string, layer: number) =>
    ({ path: `nix/store/${HASH}-${rest}`, fragment: true, layer, older: [] }) as const;
  const { packages } = nixStore.assemble([at('a-1-dev/x', 3), at('a-1/bin/a', 1), at('b-1/x', 2)], {});
  assert.deepEqual(
    packages.map((found) => `${found.package.name} ${found.layer}`),
    ['a 1', 'b 2'],
  );
});

test('not every file is kept as a sign', () => {
  const inStore = (rest: string) => isTelling(`nix/store/${HASH}-a-1/${rest}`);
  for (const rest of [
    'bin/a',
    'lib/a.py',
    'share/zoneinfo/Europe/Paris',
    'lib/python3.11/site-packages/a.dist-info/METADATA',
  ])
    assert.ok(inStore(rest), rest);
  for (const rest of ['lib/python3.11/site-packages/a/b.py', 'share/doc/a/html/x.html'])
    assert.ok(!inStore(rest), rest);
});
