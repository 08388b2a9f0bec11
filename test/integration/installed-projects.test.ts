import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { sbomReporters } from '#reporters/index.ts';
import { type ScanReport, scan } from '#scan/index.ts';
import { isVulnerability } from '#vulnerability/index.ts';
import { named, SampleBlobs } from '../kit/sample-layout.ts';
import { zipOf } from '../kit/zip.ts';

// Projects that real package managers install here from their registries, looked at in three ways: as a directory of sources, as an
// image that holds it, and by the SBOM of that image. What is there, and what is wrong with it, must not depend on the way.

const place = mkdtempSync(join(tmpdir(), 'plimsoll-installed-'));
after(() => rmSync(place, { recursive: true }));

const MINUTES = 60_000;

interface Project {
  readonly name: string;
  readonly ecosystem: string;
  readonly files: Readonly<Record<string, string>>;
  readonly install: readonly (readonly [command: string, ...parameters: string[]])[];
  /** Who tells of what the package manager installed. */
  readonly catalogers: readonly string[];
  /** Package, its installed version, and the version that is said to be free of a made vulnerability. */
  readonly vulnerable: readonly (readonly [name: string, version: string, fixed: string])[];
}

const projects: readonly Project[] = [
  {
    name: 'npm',
    ecosystem: 'npm',
    files: {
      'package.json': JSON.stringify({
        name: 'shop',
        version: '1.0.0',
        private: true,
        dependencies: { express: '4.16.0', lodash: '4.17.15' },
      }),
    },
    install: [['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']],
    catalogers: ['node-package', 'npm-lock'],
    vulnerable: [
      ['lodash', '4.17.15', '4.17.21'],
      ['qs', '6.5.1', '6.5.3'],
    ],
  },
  {
    name: 'pip',
    ecosystem: 'PyPI',
    files: { 'requirements.txt': 'requests==2.19.1\nurllib3==1.23\n' },
    install: [
      [
        'python3',
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '--target',
        'site-packages',
        '-r',
        'requirements.txt',
      ],
    ],
    catalogers: ['python-package', 'pip-requirements'],
    vulnerable: [
      ['requests', '2.19.1', '2.20.0'],
      ['urllib3', '1.23', '1.24.2'],
    ],
  },
];

for (const project of projects) {
  const source = join(place, project.name);
  const skip = install(project, source);
  describe(`a project installed by ${project.name}`, { skip }, () => {
    test('is the same as directory, as image and by every SBOM of the image', async () => {
      const feeds = writeFeed(project);
      const image = writeImage(project, source);
      const asDirectory = await scanned(`dir:${source}`, feeds);
      const asImage = await scanned(image, feeds);
      assert.deepEqual(installedIn(asDirectory, project), installedIn(asImage, project));
      assert.deepEqual(found(asDirectory), found(asImage));
      assert.deepEqual(
        found(asImage),
        project.vulnerable.map(([name, version, fixed]) => `${name} ${version} -> ${fixed}`).sort(),
      );
      for (const reporter of sbomReporters) {
        if (reporter.id === 'json') continue;
        const file = join(place, `${project.name}${reporter.fileExtension}`);
        writeFileSync(file, [...reporter.render(asImage, { color: false, width: 80, verbose: false })].join(''));
        const bySbom = await scanned(`sbom:${file}`, feeds);
        assert.deepEqual(installedIn(bySbom, project), installedIn(asImage, project), reporter.id);
        assert.deepEqual(found(bySbom), found(asImage), reporter.id);
      }
    });
  });
}

/** Why not, where the tool or its registry is not there. */
function install({ files, install: commands }: Project, directory: string): string | false {
  for (const [path, content] of Object.entries(files)) write(join(directory, path), content);
  for (const [command, ...parameters] of commands) {
    const done = spawnSync(command, parameters, { cwd: directory, encoding: 'utf8', timeout: 3 * MINUTES });
    if (done.error) return `${command} is not here`;
    if (done.status !== 0)
      return `${command} cannot install from its registry: ${done.stderr.trim().split('\n').at(-1)}`;
  }
  return false;
}

function writeFeed({ name, ecosystem, vulnerable }: Project): string {
  const records = vulnerable.map(([affected, , fixed], index) => ({
    name: `MADE-${index}.json`,
    content: JSON.stringify({
      id: `MADE-${index}`,
      modified: '2024-01-01T00:00:00Z',
      affected: [
        {
          package: { ecosystem, name: affected },
          ranges: [{ type: ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
        },
      ],
    }),
  }));
  const feeds = join(place, `feeds-${name}`);
  write(join(feeds, 'osv', ecosystem, 'all.zip'), zipOf(records));
  return feeds;
}

/** The project as a layer below /srv/app, packed by the system's tar as engines do. */
function writeImage({ name }: Project, source: string): string {
  const packed = spawnSync('tar', ['-C', source, '--transform', 's,^\\.,srv/app,', '-cf', '-', '.'], {
    maxBuffer: 1024 ** 3,
  });
  assert.equal(packed.status, 0, packed.stderr.toString());
  const blobs = new SampleBlobs();
  const layout = join(place, `layout-${name}`);
  blobs.write(layout, [named(blobs.image('amd64', [blobs.packedLayer(packed.stdout)]), 'app')]);
  return `oci:${layout}:app`;
}

async function scanned(target: string, feedMirror: string): Promise<ScanReport> {
  const done = await scan({
    target,
    open: {},
    cache: 'none',
    advisories: {
      network: 'auto',
      databaseDirectory: join(feedMirror, 'db'),
      maxAgeHours: 1,
      feedMirror,
      usePackageMirror: 'never',
      cacheDirectory: join(place, 'cache'),
    },
    includeKernelHeaders: false,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  assert.ok(done.ok, done.ok ? '' : done.error.message);
  return done.value;
}

/** Names and versions of what the package manager installed. The project itself is what it is installed for. */
function installedIn({ packages }: ScanReport, { catalogers }: Project): string[] {
  const rows = packages
    .filter(
      ({ cataloger, relation, version }) => catalogers.includes(cataloger) && relation !== 'root' && version !== '',
    )
    .filter(({ name }) => name !== 'shop')
    .map(({ purl }) => purl);
  return [...new Set(rows)].sort();
}

function found({ findings }: ScanReport): string[] {
  const rows = findings
    .filter(isVulnerability)
    .map(({ package: { name, version }, fixedVersion }) => `${name} ${version} -> ${fixedVersion}`);
  return [...new Set(rows)].sort();
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
