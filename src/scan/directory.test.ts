import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { isVulnerability } from '#vulnerability/index.ts';
import { sharedPath, sharedSkip } from '../../test/kit/shared.ts';
import { zipOf } from '../../test/kit/zip.ts';
import type { ScanReport } from './report.ts';
import { scan } from './scan.ts';

const place = mkdtempSync(join(tmpdir(), 'plimsoll-directory-'));
after(() => rmSync(place, { recursive: true }));

function write(path: string, content: string | Buffer): void {
  const whole = join(place, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, content);
}

interface Means {
  readonly network?: 'auto' | 'offline';
  readonly mirror?: string;
  readonly database: string;
}

async function scanned(target: string, { network = 'auto', mirror, database }: Means): Promise<ScanReport> {
  const report = await scan({
    target,
    open: {},
    cache: 'none',
    advisories: {
      network,
      databaseDirectory: join(place, database),
      maxAgeHours: 24,
      usePackageMirror: 'never',
      cacheDirectory: join(place, 'cache'),
      ...(mirror !== undefined && { feedMirror: mirror }),
    },
    includeKernelHeaders: false,
    signal: AbortSignal.timeout(60_000),
    onProgress: () => undefined,
  });
  assert.ok(report.ok);
  return report.value;
}

const lock = JSON.stringify({
  name: 'shop',
  version: '1.0.0',
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', version: '1.0.0', dependencies: { lodash: '^4.17.0' } },
    'node_modules/lodash': { version: '4.17.15' },
  },
});
const record = {
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

test('a directory of sources: what is locked is matched with what is fetched for it', async () => {
  write('shop/package-lock.json', lock);
  write('shop/node_modules/lodash/package.json', JSON.stringify({ name: 'lodash', version: '4.17.15' }));
  write('shop/.git/package-lock.json', lock.replaceAll('lodash', 'forgotten'));
  write('mirror/osv/npm/all.zip', zipOf([{ name: 'GHSA-test.json', content: JSON.stringify(record) }]));
  const target = `dir:${join(place, 'shop')}`;
  const before = await scanned(target, { network: 'offline', database: 'db' });
  assert.deepEqual(
    before.unassessed.map(({ reason, message }) => [reason, /db update npm/.test(message)]),
    [['no-advisory-data', true]],
  );
  const { artifact, distribution, packages, findings, unassessed, sources } = await scanned(target, {
    mirror: join(place, 'mirror'),
    database: 'db',
  });
  assert.deepEqual([artifact.kind, artifact.scheme, distribution, unassessed], ['tree', 'directory', undefined, []]);
  assert.deepEqual(
    packages
      .filter(({ relation }) => relation !== 'root')
      .map(({ purl, evidence, origin }) => `${purl} ${evidence} ${origin.path}`),
    ['pkg:npm/lodash@4.17.15 declared package-lock.json'],
  );
  assert.deepEqual(
    findings.filter(isVulnerability).map(({ id, fixedVersion, package: { name } }) => [id, fixedVersion, name]),
    [['CVE-2024-1', '4.17.21', 'lodash']],
  );
  assert.deepEqual(
    sources.map(({ title }) => title),
    ['OSV.dev, npm'],
  );
});

test('a root file system: what is declared there was not installed by that', async () => {
  write('root/etc/os-release', 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n');
  write('root/app/package-lock.json', lock);
  write('root/app/node_modules/lodash/package.json', JSON.stringify({ name: 'lodash', version: '4.17.15' }));
  const report = await scanned(`rootfs:${join(place, 'root')}`, { network: 'offline', database: 'db' });
  assert.deepEqual(
    report.packages.map(({ purl, evidence, origin }) => `${purl} ${evidence} ${origin.path}`),
    ['pkg:npm/lodash@4.17.15 installed app/node_modules/lodash/package.json'],
  );
  assert.deepEqual(
    report.findings.map(({ id }) => id),
    ['CVE-2024-1'],
  );
});

const fixture = sharedPath('data', 'npm', 'fixture-old-app');
const feeds = sharedPath('data') ?? '';

interface ExpectedFinding {
  readonly path: string;
  readonly package: string;
  readonly version: string;
  readonly id: string;
  readonly fixed: string | null;
}

function fixtureFile<T>(name: string): T {
  return JSON.parse(readFileSync(join(fixture ?? '', name), 'utf8'));
}

/** Each statement that holds: `lodash 4.17.15 GHSA-… 4.17.21`, after its place where one is asked for. */
function statements(report: ScanReport, placeOf: (path: string) => string = () => ''): string[] {
  const rows = report.findings
    .filter(isVulnerability)
    .flatMap(({ package: { name, version, origin }, evidence }) =>
      evidence
        .filter(({ verdict }) => verdict === 'affected')
        .map(
          ({ advisoryId, range }) => `${placeOf(origin.path)}${name} ${version} ${advisoryId} ${range?.fixed ?? '-'}`,
        ),
    );
  return rows.sort();
}

describe('an old npm application: exactly the advisories that hold', { skip: sharedSkip(fixture) }, () => {
  const expected = (isPlaced: boolean) => {
    const { findings } = fixtureFile<{ findings: ExpectedFinding[] }>('expected.json');
    const rows = findings.map(
      (one) => `${isPlaced ? `${one.path} ` : ''}${one.package} ${one.version} ${one.id} ${one.fixed ?? '-'}`,
    );
    return [...new Set(rows)].sort();
  };

  test('as sources', async () => {
    cpSync(fixture ?? '', join(place, 'old'), { recursive: true });
    const report = await scanned(join(place, 'old'), { mirror: feeds, database: 'old-db' });
    assert.deepEqual(statements(report), expected(false));
  });

  test('as installed, each copy by itself', async () => {
    const locked = fixtureFile<{ packages: Record<string, { name?: string; version: string }> }>('package-lock.json');
    for (const [path, { name = path.slice(path.lastIndexOf('node_modules/') + 13), version }] of Object.entries(
      locked.packages,
    )) {
      write(`installed/app/${path}/package.json`, JSON.stringify({ name, version }));
    }
    const target = `rootfs:${join(place, 'installed')}`;
    const report = await scanned(target, { mirror: feeds, database: 'old-db' });
    const placeOf = (path: string) => `${path.replace(/^app\/|\/package\.json$/g, '')} `;
    assert.deepEqual(statements(report, placeOf), expected(true));
  });
});
