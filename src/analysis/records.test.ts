import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type InstalledPackage, type Package, packageUrl, pathList } from '#model/index.ts';
import { markOwned } from './ownership.ts';
import { withoutRepeated } from './project-records.ts';

/** `'pypi requests 2.31.0 usr/lib/…/METADATA'` */
function found(text: string, more: Partial<InstalledPackage> = {}): InstalledPackage {
  const [type = '', name = '', version = '', path = ''] = text.split(' ');
  const pkg: Package = { type: type as Package['type'], name, version: version === '-' ? '' : version, licences: [] };
  return { ...pkg, purl: packageUrl(pkg), cataloger: 'test', evidence: 'installed', origin: { path }, ...more };
}

describe('the system package that brought a library', () => {
  const debian = found('deb python3-requests 2.31.0-1 var/lib/dpkg/status', {
    files: pathList(['usr/lib/python3/dist-packages/requests-2.31.0.dist-info/METADATA', 'lib/node/x/package.json']),
  });
  const jar = found('deb libshop-java 1-1 var/lib/dpkg/status', { files: pathList(['usr/share/java/shop.jar']) });
  const table: Record<string, string | undefined> = {
    'pypi requests 2.31.0 usr/lib/python3/dist-packages/requests-2.31.0.dist-info/METADATA': debian.purl,
    'npm x 1.0.0 usr/lib/node/x/package.json': debian.purl,
    'maven a:b 1 usr/share/java/shop.jar!/lib/b-1.jar': jar.purl,
    'pypi requests 2.32.0 usr/local/lib/python3.11/site-packages/requests-2.32.0.dist-info/METADATA': undefined,
    'rpm x 1-1 usr/share/java/shop.jar': undefined,
  };
  for (const [text, owner] of Object.entries(table)) {
    test(`${text}: ${owner ?? 'none'}`, () => {
      assert.equal(markOwned([debian, found(text), jar])[1]?.ownedBy, owner);
    });
  }
});

describe('what several records of a project name', () => {
  const declared = { evidence: 'declared' } as const;
  const remaining = (...packages: InstalledPackage[]) =>
    withoutRepeated(packages).map(({ version, origin }) => `${version || '-'} ${origin.path}`);

  test('is the lock file’s where it is installed as locked', () => {
    assert.deepEqual(
      remaining(
        found('npm a 1 web/package-lock.json', declared),
        found('npm a 1 web/node_modules/a/package.json'),
        found('npm a 2 web/node_modules/b/node_modules/a/package.json'),
        found('npm a 1 other/node_modules/a/package.json'),
      ),
      [
        '1 web/package-lock.json',
        '2 web/node_modules/b/node_modules/a/package.json',
        '1 other/node_modules/a/package.json',
      ],
    );
  });

  test('names that a registry takes for one are one', () => {
    assert.deepEqual(
      remaining(
        found('pypi Zope_Interface 6 poetry.lock', declared),
        found('pypi zope.interface 6 .venv/lib/python3.12/site-packages/zope.interface-6.dist-info/METADATA'),
      ),
      ['6 poetry.lock'],
    );
  });

  test('a pin says more than a request', () => {
    assert.deepEqual(
      remaining(
        found('pypi a - service/requirements.txt', declared),
        found('pypi a 1 service/poetry.lock', declared),
        found('pypi a - tools/requirements.txt', declared),
      ),
      ['1 service/poetry.lock', '- tools/requirements.txt'],
    );
  });
});
