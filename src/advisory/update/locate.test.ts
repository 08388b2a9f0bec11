import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { err, type HttpClient, ok } from '#foundation/index.ts';
import type { Feed, FeedStep } from '../advisory-source.ts';
import { locate } from './locate.ts';

const feed = (url: string, via: readonly FeedStep[]): Feed => ({
  id: 'x',
  source: 'x',
  title: 'Updates of X',
  license: 'CC0-1.0',
  attribution: 'nobody',
  limits: [],
  ecosystems: [],
  url,
  via,
  mirrorPaths: [],
  maxBytes: 1,
});

const repomd = (href: string) =>
  `<repomd><data type="primary"><location href="repodata/p.xml.gz"/></data><data type="updateinfo"><location href="${href}"/></data></repomd>`;

function serving(pages: Readonly<Record<string, string>>): HttpClient {
  const request = (url: string | URL) => {
    const body = pages[String(url)];
    if (body === undefined) return Promise.resolve(err({ code: 'network', message: `no answer from ${url}` }));
    return Promise.resolve(
      ok({ status: body === '' ? 404 : 200, headers: {}, url: new URL(url), body: Buffer.from(body) }),
    );
  };
  return { request } as unknown as HttpClient;
}

describe('documents that move', () => {
  const table: readonly [title: string, via: readonly FeedStep[], pages: Record<string, string>, found: string][] = [
    [
      'a list of mirrors, then the repository',
      ['mirror-list', 'repository-updates'],
      {
        'https://a.example/mirror.list': 'ftp://b.example/\nhttps://b.example/core/1\n',
        'https://b.example/core/1/repodata/repomd.xml': repomd('repodata/1-updateinfo.xml.gz'),
      },
      'https://b.example/core/1/repodata/1-updateinfo.xml.gz',
    ],
    [
      'a name',
      ['file-name'],
      { 'https://a.example/mirror.list': 'vex_2026-01-01.tar.zst\n' },
      'https://a.example/vex_2026-01-01.tar.zst',
    ],
    [
      'a name that leads elsewhere',
      ['file-name'],
      { 'https://a.example/mirror.list': '../etc/passwd' },
      'does not say',
    ],
    [
      'a list without a safe address',
      ['mirror-list'],
      { 'https://a.example/mirror.list': 'http://b.example/' },
      'does not say',
    ],
    [
      'a repository without updates',
      ['mirror-list', 'repository-updates'],
      { 'https://a.example/mirror.list': 'https://b.example/', 'https://b.example/repodata/repomd.xml': '<repomd/>' },
      'does not say',
    ],
    [
      'a repository that leads to an unsafe address',
      ['mirror-list', 'repository-updates'],
      {
        'https://a.example/mirror.list': 'https://b.example/',
        'https://b.example/repodata/repomd.xml': repomd('http://c.example/u.xml'),
      },
      'does not say',
    ],
    ['no answer', ['file-name'], {}, 'no answer'],
    ['an error', ['file-name'], { 'https://a.example/mirror.list': '' }, 'answered 404'],
  ];
  for (const [title, via, pages, found] of table) {
    test(title, async () => {
      const located = await locate(feed('https://a.example/mirror.list', via), serving(pages));
      if (found.startsWith('https://')) assert.deepEqual(located, { ok: true, value: found });
      else assert.ok(!located.ok && located.error.includes(found), JSON.stringify(located));
    });
  }
});
