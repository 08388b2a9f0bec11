import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { readAptConfiguration } from './configuration.ts';

async function inRoot(files: Record<string, string>, use: (root: string) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'plimsoll-apt-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    await use(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

test('both formats, settings, logins and keyrings are read from where apt has them', async () => {
  const files = {
    'etc/apt/sources.list': 'deb http://a.example/debian bookworm main\ndeb cdrom:[x]/ bookworm main\n',
    'etc/apt/sources.list.d/b.sources':
      'Types: deb\nURIs: http://b.example/debian\nSuites: bookworm\nComponents: main\n',
    'etc/apt/sources.list.d/c.list.disabled': 'deb http://c.example/debian bookworm main\n',
    'etc/apt/apt.conf.d/10proxy': 'Acquire::http::Proxy "http://first.example";',
    'etc/apt/apt.conf': 'Acquire::http::Proxy "http://last.example";',
    'etc/apt/auth.conf.d/x.conf': 'machine b.example login l password p',
    'etc/apt/trusted.gpg.d/k.asc': 'key',
    'etc/apt/trusted.gpg': '',
  };
  await inRoot(files, async (root) => {
    const apt = await readAptConfiguration(root);
    assert.deepEqual(
      apt.entries.map(({ uri }) => uri),
      ['http://a.example/debian', 'http://b.example/debian'],
    );
    assert.equal(apt.settings.get('acquire::http::proxy'), 'http://last.example');
    assert.equal(apt.logins.length, 1);
    assert.deepEqual(apt.trustedKeyrings, [join(root, 'etc/apt/trusted.gpg.d/k.asc')]);
    assert.deepEqual(
      apt.problems.map(({ code, count }) => [code, count]),
      [['apt-source-unsupported', 1]],
    );
  });
});

test('a machine without apt has an empty configuration and no problem', async () => {
  await inRoot({}, async (root) => {
    const apt = await readAptConfiguration(root);
    assert.deepEqual([apt.entries, apt.problems, apt.trustedKeyrings], [[], [], []]);
  });
});
