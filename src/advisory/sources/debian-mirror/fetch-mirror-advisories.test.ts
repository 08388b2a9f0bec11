import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { createHttpClient } from '#foundation/index.ts';
import type { Distribution, Package } from '#model/index.ts';
import type { AptConfiguration } from './apt/configuration.ts';
import { fetchMirrorAdvisories, type MirrorAdvisories, type MirrorRequest } from './fetch-mirror-advisories.ts';
import { mirrorFiles, type TestSource, type TestSuite } from './testing/archive.ts';

const bookworm: Distribution = {
  id: 'debian',
  idLike: [],
  name: 'Debian 12',
  version: '12',
  codename: 'bookworm',
  evidence: 'etc/os-release',
};

function installed(source: string, version: string): Package {
  return {
    type: 'deb',
    name: `lib${source}`,
    version,
    architecture: 'amd64',
    source: { name: source, version },
    licences: [],
  };
}

function entry(source: string, version: string, suite: string, text: string): string {
  return `${source} (${version}) ${suite}; urgency=high\n\n  * ${text}\n\n -- A <a@example.org>  Tue, 19 Dec 2023 21:40:13 +0100\n`;
}

function source(name: string, version: string, text: string, more: Partial<TestSource> = {}): TestSource {
  const changelog = [entry(name, version, 'bookworm-security', text), entry(name, '1-1', 'unstable', 'First')].join(
    '\n',
  );
  return { source: name, version, changelog, ...more };
}

const base: readonly TestSource[] = ['curl', 'zlib', 'tiff', 'gone', 'tzdata'].map((name) =>
  source(name, '1-1', 'First'),
);
const security: readonly TestSource[] = [
  source('curl', '1-1+deb12u2', 'CVE-2024-0001: heap overflow (Closes: #77)'),
  source('tiff', '1-1+deb12u1', 'Fix several security problems'),
  source('gone', '1-1+deb12u9', 'CVE-2024-0009', { serves: 'nothing' }),
  source('tzdata', '1-1+deb12u1', 'CVE-2024-0003', { serves: 'binary' }),
];

function suites(change: Partial<TestSuite> = {}): TestSuite[] {
  return [
    { name: 'bookworm', sources: base, ...change },
    { name: 'bookworm-updates', sources: [], ...change },
    { name: 'bookworm-security', sources: security, ...change },
  ];
}

interface Mirror {
  readonly url: string;
  readonly files: Map<string, Buffer>;
  /** Paths asked since the last look. */
  asked(): string[];
  /** `Authorization` of all requests. */
  authorised(): readonly (string | undefined)[];
}

/** `undefined` takes a part of the request away. */
type Change = { readonly [K in keyof MirrorRequest]?: MirrorRequest[K] | undefined };

interface Setting {
  readonly mirror: Mirror;
  run(packages: readonly Package[], more?: Change): Promise<MirrorAdvisories>;
  /** Makes what was fetched look older than the hour within which nothing is asked again. */
  age(): Promise<void>;
}

const noApt: AptConfiguration = { entries: [], settings: new Map(), trustedKeyrings: [], logins: [], problems: [] };

async function withMirror(files: Map<string, Buffer>, use: (setting: Setting) => Promise<void>): Promise<void> {
  const cacheDirectory = await mkdtemp(join(tmpdir(), 'plimsoll-mirror-'));
  let asked: string[] = [];
  const authorised: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').replace('/debian/', '');
    asked.push(path);
    authorised.push(request.headers.authorization);
    const body = files.get(path);
    const etag = `"${body?.length}"`;
    if (body !== undefined && request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(body ? 200 : 404, body ? { etag } : {}).end(body ?? 'no');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const url = `http://127.0.0.1:${address.port}/debian`;
  const http = createHttpClient({ userAgent: 'test', proxyEnvironment: {}, retries: { retries: 0 } });
  const run = (packages: readonly Package[], { distribution = bookworm, apt = noApt, ...more }: Change = {}) => {
    const chosen = 'mirror' in more ? more.mirror : url;
    return fetchMirrorAdvisories({
      distribution,
      packages,
      apt,
      cacheDirectory: more.cacheDirectory ?? cacheDirectory,
      http,
      signal: more.signal ?? AbortSignal.timeout(60_000),
      ...(chosen !== undefined && { mirror: chosen }),
    });
  };
  const mirror = {
    url,
    files,
    authorised: () => authorised,
    asked: () => {
      const paths = asked;
      asked = [];
      return paths;
    },
  };
  try {
    await use({ mirror, run, age: () => rm(join(cacheDirectory, 'debian-mirror', 'releases'), { recursive: true }) });
  } finally {
    http.close();
    server.closeAllConnections();
    server.close();
    await rm(cacheDirectory, { recursive: true, force: true });
  }
}

function codes({ problems }: MirrorAdvisories): string[] {
  return problems.map(({ code }) => code).filter((code) => !code.startsWith('mirror-signature-'));
}

test('pending updates become advisories with the ids that their changelogs name', async () => {
  await withMirror(mirrorFiles(suites()), async ({ run }) => {
    const result = await run([installed('curl', '1-1'), installed('zlib', '1-1')]);
    assert.deepEqual(result.advisories, [
      {
        id: 'CVE-2024-0001',
        source: 'debian-mirror',
        aliases: [],
        bundles: [],
        severity: 'unknown',
        scores: [],
        references: ['https://security-tracker.debian.org/tracker/CVE-2024-0001'],
        summary: 'heap overflow',
        published: '2023-12-19',
        affected: [
          {
            ecosystem: 'debian:12',
            name: 'curl',
            subject: 'source',
            scheme: 'deb',
            status: 'fixed',
            ranges: [{ fixed: '1-1+deb12u2' }],
            versions: [],
            note: '#77',
          },
        ],
      },
    ]);
    assert.equal(result.lookup.find('debian:12', 'curl').length, 1);
    assert.deepEqual(result.lookup.find('debian:12', 'zlib'), []);
    assert.deepEqual(result.lookup.find('debian:11', 'curl'), []);
    assert.equal(result.lookup.coverage('debian:12')[0]?.source, 'debian-mirror');
    assert.deepEqual(result.lookup.coverage('debian:11'), []);
    assert.equal(result.state?.asOf, '2026-11-21T00:53:02.000Z');
    assert.deepEqual([codes(result), result.notCovered], [[], []]);
  });
});

test('an update that is installed already leaves nothing', async () => {
  await withMirror(mirrorFiles(suites()), async ({ run }) => {
    assert.deepEqual((await run([installed('curl', '1-1+deb12u2')])).advisories, []);
  });
});

test('a security update without a name for what it fixes is an advisory of its own', async () => {
  await withMirror(mirrorFiles(suites()), async ({ run }) => {
    const { advisories } = await run([installed('tiff', '1-1')]);
    assert.deepEqual(
      advisories.map(({ id, summary }) => [id, summary]),
      [
        [
          'PENDING-bookworm-security-tiff-1-1+deb12u1',
          'Security update 1-1+deb12u1 of tiff is pending; its changelog names no CVE: Fix several security problems',
        ],
      ],
    );
  });
});

test('a changelog that the mirror does not serve is never silence', async () => {
  await withMirror(mirrorFiles(suites()), async ({ run }) => {
    const result = await run([installed('gone', '1-1')]);
    assert.match(result.advisories[0]?.summary ?? '', /pending; its changelog could not be read/);
    assert.deepEqual(codes(result), ['changelog-missing']);
    assert.equal(result.problems.find(({ code }) => code === 'changelog-missing')?.effect, 'incomplete');
    assert.deepEqual(
      result.notCovered.map(({ source: name, reason }) => [name, reason]),
      [['gone', 'changelog-missing']],
    );
  });
});

test('the changelog of a binary package stands in for a source that is not served', async () => {
  await withMirror(mirrorFiles(suites()), async ({ run }) => {
    const { advisories } = await run([installed('tzdata', '1-1')]);
    assert.deepEqual(
      advisories.map(({ id }) => id),
      ['CVE-2024-0003'],
    );
  });
});

test('a mirror without source lists is read by its binary packages', async () => {
  await withMirror(mirrorFiles(suites({ binaryOnly: true })), async ({ run }) => {
    const result = await run([installed('curl', '1-1'), installed('tiff', '1-1')]);
    assert.deepEqual(
      result.advisories.map(({ id }) => id),
      ['CVE-2024-0001', 'PENDING-bookworm-security-tiff-1-1+deb12u1'],
    );
  });
});

test('what the mirror cannot tell is listed as not covered', async () => {
  await withMirror(mirrorFiles(suites()), async ({ run }) => {
    const { notCovered } = await run([
      installed('third-party', '1'),
      installed('zlib', '9-1'),
      installed('Bad Name', '1'),
      installed('curl', '1:'),
    ]);
    assert.deepEqual(
      notCovered.map(({ source: name, reason }) => [name, reason]),
      [
        ['curl', 'version-unreadable'],
        ['third-party', 'not-in-mirror'],
        ['zlib', 'newer-than-mirror'],
        ['Bad Name', 'version-unreadable'],
      ],
    );
  });
});

test('within the hour nothing is asked again; later only whether the lists changed', async () => {
  await withMirror(mirrorFiles(suites()), async ({ run, mirror, age }) => {
    const packages = [installed('curl', '1-1'), installed('gone', '1-1'), installed('other', '1')];
    const first = await run(packages);
    assert.ok(mirror.asked().length > 6);
    const second = await run(packages);
    assert.deepEqual(mirror.asked(), []);
    assert.deepEqual(second.advisories, first.advisories);
    assert.deepEqual(second.notCovered, first.notCovered);
    await age();
    await run(packages);
    assert.ok(mirror.asked().every((path) => path.endsWith('/InRelease')));
  });
});

test('lists that are not what the release file says are refused', async () => {
  const files = mirrorFiles(suites());
  files.set('dists/bookworm-security/main/source/Sources.gz', Buffer.from('evil'));
  files.set('dists/bookworm-security/main/binary-amd64/Packages.gz', Buffer.from('evil'));
  await withMirror(files, async ({ run }) => {
    const result = await run([installed('curl', '1-1')]);
    assert.deepEqual([codes(result), result.advisories], [['mirror-index-missing'], []]);
    assert.equal(result.problems.at(-1)?.effect, 'incomplete');
  });
});

test('a changelog that is not what the lists say is refused', async () => {
  const files = mirrorFiles(suites());
  files.set('pool/main/c/curl/curl_1-1+deb12u2.debian.tar.gz', Buffer.from('evil'));
  files.delete('pool/main/c/curl/curl_1-1+deb12u2_amd64.deb');
  await withMirror(files, async ({ run }) => {
    const result = await run([installed('curl', '1-1')]);
    assert.deepEqual(codes(result), ['changelog-missing']);
  });
});

test('a suite that is missing, foreign or another one is said', async () => {
  const files = mirrorFiles(suites());
  files.delete('dists/bookworm-updates/InRelease');
  const trixie = mirrorFiles([{ name: 'trixie-security', sources: [] }]).get('dists/trixie-security/InRelease');
  files.set('dists/bookworm-security/InRelease', trixie ?? Buffer.alloc(0));
  await withMirror(files, async ({ run }) => {
    const result = await run([installed('curl', '1-1')]);
    assert.deepEqual(codes(result), ['mirror-suite-missing', 'mirror-suite-missing']);
    assert.match(result.problems[0]?.message ?? '', /trixie-security, not bookworm-security/);
  });
});

test('the signed list of another suite cannot hide security updates', async () => {
  const files = mirrorFiles(suites());
  files.set('dists/bookworm-security/InRelease', files.get('dists/bookworm/InRelease') ?? Buffer.alloc(0));
  await withMirror(files, async ({ run }) => {
    assert.deepEqual(codes(await run([installed('curl', '1-1')])), ['mirror-suite-missing']);
  });
});

test('lists past their validity are said', async () => {
  await withMirror(mirrorFiles(suites({ validUntil: 'Sat, 28 Nov 2020 00:53:02 UTC' })), async ({ run }) => {
    const expired = await run([installed('zlib', '1-1')]);
    assert.deepEqual(codes(expired), Array(3).fill('mirror-lists-expired'));
    const settings = new Map([['acquire::check-valid-until', 'false']]);
    const tolerated = await run([installed('zlib', '1-1')], { apt: { ...noApt, settings } });
    assert.ok(
      tolerated.problems.filter(({ code }) => code === 'mirror-lists-expired').every(({ effect }) => effect === 'note'),
    );
  });
});

test('a mirror that cannot be reached leaves nothing covered', async () => {
  await withMirror(new Map(), async ({ run }) => {
    const result = await run([installed('curl', '1-1')], { mirror: 'http://127.0.0.1:1/debian' });
    assert.deepEqual(result.lookup.coverage('debian:12'), []);
    assert.equal(result.state, undefined);
    assert.equal(result.problems.at(-1)?.effect, 'incomplete');
    assert.deepEqual(
      result.notCovered.map(({ reason }) => reason),
      ['mirror-unavailable'],
    );
  });
});

test('apt sources of other vendors that use the same suite names are passed over', async () => {
  const files = mirrorFiles(suites({ origin: 'Docker' }));
  await withMirror(files, async ({ run, mirror }) => {
    const entries = ['bookworm', 'bookworm-security'].map((suite) => ({
      uri: mirror.url,
      suite,
      components: ['main'],
      file: 'x',
    }));
    const result = await run([installed('curl', '1-1')], { apt: { ...noApt, entries }, mirror: undefined });
    assert.match(result.problems[0]?.message ?? '', /of Docker, not of Debian/);
    assert.equal(result.state, undefined);
  });
});

test('a directory is as good a mirror', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'plimsoll-tree-'));
  try {
    for (const [path, bytes] of mirrorFiles(suites())) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), bytes);
    }
    await withMirror(new Map(), async ({ run, mirror }) => {
      const result = await run([installed('curl', '1-1')], { mirror: directory });
      assert.equal(result.advisories[0]?.id, 'CVE-2024-0001');
      assert.deepEqual(mirror.asked(), []);
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

test('content that is no Debian or Ubuntu is not covered and asks nobody', async () => {
  await withMirror(mirrorFiles(suites()), async ({ run, mirror }) => {
    const alpine: Distribution = {
      id: 'alpine',
      idLike: [],
      name: 'Alpine Linux 3.22',
      version: '3.22',
      evidence: 'x',
    };
    const result = await run([installed('curl', '1-1')], { distribution: alpine });
    assert.deepEqual([result.notCovered.length, mirror.asked()], [1, []]);
  });
});

test('two installed versions of a source lead to each statement once', async () => {
  const files = mirrorFiles(suites());
  await withMirror(files, async ({ run }) => {
    const { advisories } = await run([installed('curl', '1-1'), installed('curl', '1-0')]);
    assert.deepEqual(
      advisories.map(({ id, affected }) => [id, affected.length]),
      [['CVE-2024-0001', 1]],
    );
  });
});

test('a kernel that was signed by another source is judged by its own changelog', async () => {
  const linux = { name: 'bookworm-security', sources: [source('linux', '6.1.90-1', 'CVE-2024-0005: use after free')] };
  await withMirror(mirrorFiles([...suites().slice(0, 2), linux]), async ({ run }) => {
    const image = {
      ...installed('linux-signed-amd64', '6.1.85+1'),
      name: 'linux-image-6.1.0-20-amd64',
      version: '6.1.85-1',
    };
    const { advisories } = await run([image]);
    assert.deepEqual(
      advisories.map(({ id, affected }) => [id, affected[0]?.name, affected[0]?.ranges[0]?.fixed]),
      [['CVE-2024-0005', 'linux', '6.1.90-1']],
    );
  });
});

test('logins of apt reach the mirror and nothing else', async () => {
  await withMirror(mirrorFiles(suites()), async ({ run, mirror }) => {
    const { host } = new URL(mirror.url);
    const logins = [{ protocol: 'http:', host, path: '/', login: 'reader', password: 's3cret' }];
    const result = await run([installed('curl', '1-1'), installed('gone', '1-1')], { apt: { ...noApt, logins } });
    assert.equal(result.advisories.length, 2);
    assert.ok(
      mirror.authorised().every((header) => header === `Basic ${Buffer.from('reader:s3cret').toString('base64')}`),
    );
    assert.doesNotMatch(JSON.stringify(result), /s3cret/);
  });
});

test('without a place to keep things the answer is the same', async () => {
  await withMirror(mirrorFiles(suites()), async ({ run, mirror }) => {
    const result = await run([installed('curl', '1-1')], { cacheDirectory: '/dev/null/cache' });
    assert.deepEqual([result.advisories.length, codes(result)], [1, ['cache-unwritable']]);
    assert.equal(result.state?.title, `Debian mirror ${new URL(mirror.url).host} (bookworm)`);
  });
});

test('a stop signal ends it', async () => {
  await withMirror(mirrorFiles(suites()), async ({ run }) => {
    await assert.rejects(run([installed('curl', '1-1')], { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });
});
