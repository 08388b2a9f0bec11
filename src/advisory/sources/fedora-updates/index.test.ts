import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { readFeed, statementsOf } from '../../../../test/kit/feed.ts';
import { fedoraUpdates } from './index.ts';

test('reads updates, whose bugs name the vulnerabilities', async () => {
  const update = (id: string, type: string, title: string) => `
    <update from="updates@fedoraproject.org" status="stable" type="${type}" version="2.0"><id>${id}</id><title>curl-8.6.0-10.fc40</title>
    <issued date="2024-07-25 01:27:29"/><severity>Moderate</severity><description>Rebase</description>
    <references><reference href="https://bugzilla.redhat.com/show_bug.cgi?id=1" id="1" title="${title}" type="bugzilla"/></references>
    <pkglist><collection short="F40"><name>Fedora 40</name>
      <package name="curl" version="8.6.0" release="10.fc40" epoch="0" arch="x86_64" src="https://x/curl.src.rpm"/>
      <package name="curl" version="8.6.0" release="10.fc40" epoch="0" arch="src" src="https://x/curl.src.rpm"/>
    </collection></pkglist></update>`;
  const text = `<updates>${update('FEDORA-2024-1', 'security', 'CVE-2024-0001 curl: it reads too far [fedora-40]')}
    ${update('FEDORA-2024-2', 'security', 'curl: please rebase')}${update('FEDORA-2024-3', 'enhancement', 'CVE-2024-0002')}</updates>`;
  const { advisories, problems } = await readFeed(fedoraUpdates, 'fedora-40', zstdCompressSync(Buffer.from(text)));
  assert.deepEqual(statementsOf(advisories), ['fedora:40 curl <8.6.0-10.fc40']);
  assert.deepEqual(advisories[0]?.bundles, ['CVE-2024-0001']);
  assert.deepEqual(advisories[0]?.references, [
    'https://bodhi.fedoraproject.org/updates/FEDORA-2024-1',
    'https://bugzilla.redhat.com/show_bug.cgi?id=1',
  ]);
  assert.deepEqual(problems, ['notice-without-vulnerability note 2']);
});

test('has a feed for each release and for nothing else', () => {
  assert.deepEqual(fedoraUpdates.feedsFor('fedora:42')[0]?.ecosystems, ['fedora:42']);
  for (const key of ['fedora', 'fedora:', 'fedora:rawhide', 'fedora:1234', 'rhel:9'])
    assert.deepEqual(fedoraUpdates.feedsFor(key), [], key);
});
