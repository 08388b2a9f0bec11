import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Distribution } from './distribution.ts';
import type { InstalledPackage, LayerOrigin } from './package.ts';
import { pathList } from './package.ts';
import {
  distributionFacts,
  distributionFromFacts,
  type Fact,
  packageFacts,
  packageFromFacts,
} from './package-facts.ts';

const layer: LayerOrigin = { index: 2, diffId: `sha256:${'a'.repeat(64)}`, instruction: 'RUN make', part: 'own' };

/** Every member that a package can have: one that is added to the type has to be added here, and then to the facts. */
const whole: Required<InstalledPackage> = {
  type: 'golang',
  name: 'github.com/example/tool',
  version: 'v1.2.3',
  architecture: 'amd64',
  source: { name: 'tool', version: '1.2.3' },
  licences: ['MIT', 'own words, (c)'],
  vendor: 'Example',
  maintainer: 'Jo <jo@example.com>',
  modularity: 'tool:1:20240101:abc',
  files: pathList(['usr/bin/tool', 'usr/share/doc/tool']),
  scope: 'optional',
  relation: 'transitive',
  dependencies: ['other@1'],
  qualifiers: { channel: 'main', uuid: '1-2' },
  symbols: { packages: 'a\nb', functions: 'AAAA' },
  cpes: ['cpe:2.3:a:example:tool:1.2.3:*:*:*:*:*:*:*'],
  advisoryNames: [{ ecosystem: 'Rocky Linux:9', name: 'tool/x' }],
  purl: 'pkg:golang/github.com/example/tool@v1.2.3',
  cataloger: 'go-binary',
  evidence: 'declared',
  origin: { path: 'usr/bin/tool', layer },
  ownedBy: 'pkg:deb/debian/tool@1.2.3',
};

function mapOf(facts: readonly Fact[]): Map<string, string[]> {
  return new Map([...Map.groupBy(facts, ([name]) => name)].map(([name, all]) => [name, all.map(([, value]) => value)]));
}

test('a package comes back from its facts with every member that it can have', () => {
  const facts = mapOf([...packageFacts(whole), ['files', whole.files]]);
  const { name, version, purl, dependencies } = whole;
  const context = { name, version, purl, dependencies, licences: [], layers: new Map([[2, layer]]) };
  assert.deepEqual(packageFromFacts(facts, context), whole);
});

test('a package with the least that it can have stays as it is', () => {
  const least: InstalledPackage = {
    type: 'npm',
    name: 'x',
    version: '',
    licences: [],
    purl: 'pkg:npm/x',
    cataloger: 'npm-lock',
    evidence: 'installed',
    origin: { path: 'package-lock.json' },
  };
  const context = { name: 'x', version: '', purl: 'pkg:npm/x', licences: [], layers: new Map() };
  assert.deepEqual(packageFromFacts(mapOf(packageFacts(least)), context), least);
});

test('facts of others and forged ones are not taken for ours', () => {
  const context = { name: 'x', version: '1', purl: 'pkg:npm/x@1', licences: [], layers: new Map() };
  const rows: readonly (readonly Fact[])[] = [
    [],
    [['type', 'constructor']],
    [['cataloger', 'npm-lock']],
    [
      ['type', '__proto__'],
      ['cataloger', 'x'],
    ],
  ];
  for (const facts of rows) assert.equal(packageFromFacts(mapOf(facts), context), undefined);
  const odd = packageFromFacts(
    mapOf([
      ['type', 'npm'],
      ['cataloger', 'npm-lock'],
      ['scope', 'toString'],
      ['relation', '__proto__'],
      ['layerIndex', '1e9'],
      ['layerDiffId', 'sha256:../../x'],
      ['qualifiers', '{"Bad Key":"1","ok":"2","n":3}'],
      ['advisoryName', '{}'],
    ]),
    context,
  );
  assert.deepEqual(odd?.qualifiers, { ok: '2' });
  assert.deepEqual([odd?.scope, odd?.relation, odd?.origin], [undefined, undefined, { path: '' }]);
});

test('a distribution comes back from its facts, but for the end of its support', () => {
  const distribution: Required<Omit<Distribution, 'endOfLife'>> = {
    id: 'alpine',
    idLike: ['a', 'b'],
    name: 'Alpine Linux 3.22',
    version: '3.22',
    codename: 'none',
    pointRelease: '3.22.1',
    extendedSupport: ['esm-infra'],
    contentSets: ['rhel-9-for-x86_64-baseos-rpms'],
    imageBuilds: ['ubi9-container-9.3-1610'],
    distroless: true,
    evidence: 'etc/os-release',
  };
  assert.deepEqual(distributionFromFacts(mapOf(distributionFacts(distribution))), distribution);
  assert.equal(distributionFromFacts(mapOf([['distribution', '../etc']])), undefined);
});
