import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryContent } from '#foundation/index.ts';
import { byIdentity, inventoryOf, readSbom, type SbomInventory } from '#inventory/index.ts';
import { type InstalledPackage, packageUrl, pathList } from '#model/index.ts';
import { type Reporter, sbomReporters } from '#reporters/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { cleanReport, installed, largeReport, sampleReport } from '../kit/report.ts';

// What is written as an SBOM and read again is the inventory that it was written from, whatever the format.

const layer = sampleReport().artifact.layers[1];

/** Packages that have every member a package can have, in the combinations that formats find hard. */
function richPackages(): InstalledPackage[] {
  const npm = (name: string, version: string, parts: Partial<InstalledPackage> = {}): InstalledPackage => {
    const pkg = { type: 'npm' as const, name, version, licences: [] };
    return {
      ...pkg,
      purl: packageUrl(pkg),
      cataloger: 'npm-lock',
      evidence: 'declared',
      origin: { path: 'app/package-lock.json' },
      ...parts,
    };
  };
  return [
    installed({
      name: 'kernel',
      version: '1:5.14-1',
      type: 'rpm',
      architecture: 'x86_64',
      purl: 'pkg:rpm/rocky/kernel@5.14-1?arch=x86_64&epoch=1',
      vendor: 'Rocky (Enterprise) Software',
      modularity: 'nodejs:18:9010020230:rhel9',
      source: { name: 'kernel', version: '5.14-1' },
      licences: ['GPLv2 and <others> & "more"', 'MIT', 'mit', 'MIT OR Apache-2.0'],
      files: pathList(['boot/vmlinuz', 'usr/share/doc/kernel/<x> & y']),
      cpes: ['cpe:2.3:o:linux:linux_kernel:5.14:*:*:*:*:*:*:*', 'cpe:2.3:o:redhat:kernel:5.14:*:*:*:*:*:*:*'],
    }),
    npm('@scope/app', '1.0.0', {
      relation: 'root',
      dependencies: ['absent@9', 'leaf@1.0.0', 'open'],
      licences: ['MIT', 'ISC'],
    }),
    npm('leaf', '1.0.0', { relation: 'direct', scope: 'development', dependencies: [], licences: ['Apache-2.0'] }),
    npm('open', '', { relation: 'direct', scope: 'optional', licences: ['UNLICENSED'] }),
    npm('leaf', '1.0.0', {
      evidence: 'installed',
      cataloger: 'node-package',
      origin: {
        path: 'usr/lib/node_modules/leaf/package.json',
        ...(layer && {
          layer: {
            index: layer.index,
            diffId: layer.diffId,
            part: layer.part,
            ...(layer.instruction !== undefined && { instruction: layer.instruction }),
          },
        }),
      },
      ownedBy: 'pkg:deb/debian/node-leaf@1.0.0?arch=all&distro=debian-12',
    }),
    {
      type: 'golang',
      name: 'stdlib',
      version: 'go1.22.3',
      licences: [],
      purl: 'pkg:golang/stdlib@go1.22.3',
      symbols: { packages: 'net/http\nnet/textproto', functions: 'AAAAAQ==' },
      advisoryNames: [{ ecosystem: 'Bitnami', name: 'golang' }],
      qualifiers: { type: 'module' },
      cataloger: 'go-binary',
      evidence: 'installed',
      origin: { path: 'usr/bin/tool' },
    },
  ];
}

const inputs: Readonly<Record<string, ScanReport>> = {
  'a small image': sampleReport(),
  'every member of a package': cleanReport({ packages: richPackages() }),
  'many packages': largeReport(4_000),
  'a directory of sources': cleanReport({
    artifact: { kind: 'tree', name: './shop', scheme: 'directory', tags: [], layers: [] },
    packages: richPackages().filter(({ type, origin }) => type === 'npm' && origin.layer === undefined),
  }),
  'no package': cleanReport({ packages: [] }),
};

for (const reporter of sbomReporters) {
  describe(reporter.id, () => {
    for (const [name, report] of Object.entries(inputs)) {
      test(`${name}: every package comes back as it was`, () => {
        const { inventory } = readBack(reporter, report, true);
        assert.deepEqual(inventory.packages, report.packages.toSorted(byIdentity));
      });

      test(`${name}: so do the distribution and what is described`, () => {
        const { inventory, subject } = readBack(reporter, report, false);
        const { endOfLife: _then, ...before } = report.distribution ?? {};
        const { endOfLife: _now, ...after } = inventory.distribution ?? {};
        assert.deepEqual(after, before);
        const { config: _config, ...artifact } = report.artifact;
        assert.deepEqual(subject, artifact);
      });

      test(`${name}: what could not be read then is missing now`, () => {
        const missing = ({ problems }: Pick<ScanReport, 'problems'>): string[] =>
          problems.filter(({ effect }) => effect === 'incomplete').map(({ code }) => code);
        assert.deepEqual(missing(readBack(reporter, report, false).inventory), missing(report));
      });
    }

    test('files are left out unless they are asked for', () => {
      const { inventory } = readBack(reporter, inputs['every member of a package'] ?? sampleReport(), false);
      assert.ok(inventory.packages.every(({ files }) => files === undefined));
    });
  });
}

function readBack(reporter: Reporter, report: ScanReport, verbose: boolean): SbomInventory {
  const text = [...reporter.render(report, { color: false, width: 80, verbose })].join('');
  const bytes = Buffer.from(text);
  const document = readSbom(memoryContent(bytes));
  assert.ok(document.ok, document.ok ? '' : document.error);
  const file = { path: `report${reporter.fileExtension}`, size: bytes.length };
  return inventoryOf(document.value, file, new Date(report.createdAt));
}
