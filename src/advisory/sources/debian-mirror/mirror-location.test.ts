import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Distribution } from '#model/index.ts';
import type { AptConfiguration } from './apt/configuration.ts';
import { parseOneLineSources } from './apt/one-line-sources.ts';
import { type ArchiveRelease, archiveRelease } from './archive-release.ts';
import { parseMirrorList } from './mirror-list.ts';
import { mirrorPlaces } from './mirror-location.ts';

function release(id: string, version: string, codename?: string): ArchiveRelease {
  const distribution: Distribution = {
    id,
    version,
    idLike: [],
    name: id,
    evidence: 'x',
    ...(codename && { codename }),
  };
  const found = archiveRelease(distribution);
  assert.ok(found.ok);
  return found.value;
}

function apt(sources: string): AptConfiguration {
  const { entries } = parseOneLineSources(sources, 'x.list');
  return { entries, settings: new Map(), trustedKeyrings: [], logins: [], problems: [] };
}

/** Bases asked for security, updates, base. */
function places(of: ArchiveRelease, sources: string, mirror?: string): string[] {
  return of.suites.map((suite) =>
    mirrorPlaces(suite, of, apt(sources), mirror)
      .map(({ base }) => base)
      .join(' '),
  );
}

const bookworm = release('debian', '12', 'bookworm');
const bullseye = release('debian', '11');
const noble = release('ubuntu', '24.04', 'noble');

const debianHost = `
deb http://m.example/debian bookworm main
deb http://m.example/debian bookworm-updates main
deb http://s.example/debian-security bookworm-security main
deb https://download.docker.example/linux/debian bookworm stable
`;

test('the suites of a release are named as its archive names them', () => {
  assert.deepEqual(
    bullseye.suites.map(({ name }) => name),
    ['bullseye-security', 'bullseye-updates', 'bullseye'],
  );
  assert.equal(release('debian', '10').suites[0]?.name, 'buster/updates');
  assert.equal(bookworm.ecosystem, 'debian:12');
  assert.equal(noble.ecosystem, 'ubuntu:24.04');
});

test('content without a release has no mirror to ask', () => {
  const sid: Distribution = { id: 'debian', idLike: [], name: 'Debian', codename: 'sid', evidence: 'x' };
  const alpine: Distribution = { id: 'alpine', idLike: [], name: 'Alpine', version: '3.22', evidence: 'x' };
  assert.equal(archiveRelease(sid).ok, false);
  assert.equal(archiveRelease(alpine).ok, false);
});

test('the own release is asked where apt has it; other vendors with the same suite name are not', () => {
  assert.deepEqual(
    places(bookworm, debianHost),
    ['s.example/debian-security m.example/debian-security', 'm.example/debian', 'm.example/debian'].map((line) =>
      line.replaceAll(/(^| )/g, '$1http://'),
    ),
  );
});

test('another release is asked at the same bases', () => {
  assert.deepEqual(places(bullseye, debianHost), places(bookworm, debianHost));
});

test('a security archive that apt does not name is looked for beside the main one', () => {
  assert.deepEqual(places(bookworm, 'deb http://m.example/debian stable main'), [
    'http://m.example/debian-security',
    'http://m.example/debian',
    'http://m.example/debian',
  ]);
});

test('a machine of another distribution asks the public mirrors', () => {
  assert.deepEqual(places(noble, debianHost), Array(3).fill('http://archive.ubuntu.com/ubuntu'));
  assert.equal(
    places(bookworm, 'deb http://u.example/ubuntu noble main universe')[1],
    'http://deb.debian.org/debian http://archive.debian.org/debian',
  );
});

test('ubuntu has its security suite in any of its archives', () => {
  const sources = 'deb http://u.example/ubuntu noble main\ndeb http://sec.example/ubuntu noble-security main';
  assert.equal(places(noble, sources)[0], 'http://sec.example/ubuntu http://u.example/ubuntu');
});

test('a mirror that the user names is asked instead', () => {
  const chosen = places(bookworm, debianHost, 'http://own.example/debian/');
  assert.equal(chosen[1], 'http://own.example/debian http://own.example/debian/debian');
  assert.match(chosen[0] ?? '', /^http:\/\/own\.example\/debian-security /);
  assert.equal(places(bookworm, '', '/srv/mirror')[1], 'file:///srv/mirror file:///srv/mirror/debian');
  assert.equal(places(noble, '', 'file:/srv/u')[0], 'file:/srv/u file:/srv/u/ubuntu');
});

test('mirror lists are ordered by priority and keep to methods that are followed', () => {
  const list =
    'http://b.example/debian\tpriority:2\nftp://c.example/debian\nhttps://d.example/debian/\nhttp://a.example/debian\tpriority:1\n';
  assert.deepEqual(parseMirrorList(list), [
    'http://a.example/debian',
    'http://b.example/debian',
    'https://d.example/debian',
  ]);
});
