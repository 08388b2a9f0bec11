import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sbomReporters } from '#reporters/index.ts';
import { type ScanReport, scan } from '#scan/index.ts';
import { sampleDebianArchive, writeSampleFeeds } from '../kit/sample-debian.ts';
import { named, SampleBlobs } from '../kit/sample-layout.ts';
import { zipOf } from '../kit/zip.ts';

// A scan of an SBOM finds what the scan of the artifact found that the SBOM was written from.

const place = mkdtempSync(join(tmpdir(), 'plimsoll-sbom-'));
after(() => rmSync(place, { recursive: true }));

const lodashRecord = {
  id: 'GHSA-test',
  modified: '2024-01-01T00:00:00Z',
  aliases: ['CVE-2024-1'],
  affected: [
    {
      package: { ecosystem: 'npm', name: 'lodash' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }],
    },
  ],
};

const targets: Readonly<Record<string, string>> = {
  'an image of Debian': join(place, 'ship.tar'),
  'an image of several ecosystems': `oci:${join(place, 'layout')}:mixed`,
  'a directory of sources': `dir:${join(place, 'shop')}`,
};

before(() => {
  const feeds = join(place, 'feeds');
  writeSampleFeeds(feeds);
  write('feeds/osv/npm/all.zip', zipOf([{ name: 'GHSA-test.json', content: JSON.stringify(lodashRecord) }]));
  write('ship.tar', sampleDebianArchive());
  const blobs = new SampleBlobs();
  const status = (name: string, source: string, version: string) =>
    `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nSource: ${source}\nVersion: ${version}\nMaintainer: Debian Shipwrights <ships@lists.debian.org>\n\n`;
  const keel = status('libkeel1', 'keel (1.2-3)', '1.2-3+b1');
  const owned = 'usr/share/nodejs/node_modules/lodash/package.json';
  const image = blobs.image('amd64', [
    blobs.layer([
      { name: 'etc/os-release', body: 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n' },
      { name: 'var/lib/dpkg/status', body: keel },
    ]),
    blobs.layer([
      { name: 'var/lib/dpkg/status', body: keel + status('rudder', 'rudder', '4.0-1') },
      { name: 'var/lib/dpkg/info/rudder.list', body: `/.\n/${owned}\n` },
      { name: owned, body: JSON.stringify({ name: 'lodash', version: '4.17.11' }) },
      { name: 'app/node_modules/lodash/package.json', body: JSON.stringify({ name: 'lodash', version: '4.17.15' }) },
    ]),
  ]);
  blobs.write(join(place, 'layout'), [named(image, 'mixed')]);
  const lock = {
    name: 'shop',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: {
      '': { name: 'shop', version: '1.0.0', dependencies: { cart: '^1.0.0' } },
      'node_modules/cart': { version: '1.0.0', dependencies: { lodash: '^4.17.0' } },
      'node_modules/lodash': { version: '4.17.15', license: 'MIT' },
    },
  };
  write('shop/package-lock.json', JSON.stringify(lock));
});

for (const [what, target] of Object.entries(targets)) {
  describe(what, () => {
    for (const reporter of sbomReporters) {
      test(`by its SBOM as ${reporter.id}`, async () => {
        const direct = await scanned(target);
        assert.ok(direct.findings.length > 0 && direct.packages.length > 0);
        const file = `${what}.${reporter.id}${reporter.fileExtension}`;
        const options = { color: false, width: 80, verbose: false };
        write(file, [...reporter.render(direct, options)].join(''));
        const found = await scanned(join(place, file));
        assert.equal(found.artifact.scheme, 'sbom');
        assert.deepEqual(found.findings, direct.findings.map(withoutFiles));
        assert.deepEqual(found.packages, direct.packages.map(withoutFiles));
        assert.deepEqual(found.unassessed, direct.unassessed);
        assert.equal(found.assessment, direct.assessment);
      });
    }
  });
}

/** The paths that a package installed are written on request only. */
function withoutFiles<T extends object>(one: T): T {
  const { files: _files, ...rest } = { files: undefined, ...one };
  const inner =
    'package' in rest && typeof rest.package === 'object' && rest.package !== null ? rest.package : undefined;
  return (inner === undefined ? rest : { ...rest, package: withoutFiles(inner) }) as T;
}

async function scanned(target: string): Promise<ScanReport> {
  const report = await scan({
    target,
    open: { platform: 'linux/amd64' },
    cache: 'none',
    advisories: {
      network: 'auto',
      databaseDirectory: join(place, 'db'),
      maxAgeHours: 24,
      usePackageMirror: 'never',
      cacheDirectory: join(place, 'cache'),
      feedMirror: join(place, 'feeds'),
    },
    includeKernelHeaders: false,
    signal: AbortSignal.timeout(60_000),
    onProgress: () => undefined,
  });
  assert.ok(report.ok, report.ok ? '' : report.error.message);
  return report.value;
}

function write(path: string, content: string | Uint8Array): void {
  const whole = join(place, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, content);
}
