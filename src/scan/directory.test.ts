import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
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
    findings.map(({ id, fixedVersion, package: { name } }) => [id, fixedVersion, name]),
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

test('an old npm application: exactly the advisories that hold', { skip: sharedSkip(fixture) }, async () => {
  cpSync(fixture ?? '', join(place, 'old'), { recursive: true });
  const expected: { findings: { package: string; version: string; id: string; fixed: string | null }[] } = JSON.parse(
    readFileSync(join(fixture ?? '', 'expected.json'), 'utf8'),
  );
  const { findings } = await scanned(join(place, 'old'), { mirror: sharedPath('data') ?? '', database: 'old-db' });
  const rows = findings.flatMap(({ package: { name, version }, evidence }) =>
    evidence
      .filter(({ verdict }) => verdict === 'affected')
      .map(({ advisoryId, range }) => `${name} ${version} ${advisoryId} ${range?.fixed ?? '-'}`),
  );
  const rowsExpected = expected.findings.map(
    ({ package: name, version, id, fixed }) => `${name} ${version} ${id} ${fixed ?? '-'}`,
  );
  assert.deepEqual(rows.sort(), [...new Set(rowsExpected)].sort());
});
