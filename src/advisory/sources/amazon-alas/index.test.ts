import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readFeed, statementsOf } from '../../../../test/kit/feed.ts';
import { amazonAlas } from './index.ts';

const notice = (id: string, packages: string, more = '', type = 'security') => `
<update author="linux-security@amazon.com" from="linux-security@amazon.com" status="final" type="${type}" version="1.4">
  <id>${id}</id><title>Amazon Linux 2 - ${id}: important priority package update for curl</title>
  <issued date="2024-02-01 10:00" /><updated date="2024-02-03 10:00" /><severity>important</severity>
  <description>Package updates are available that mend: CVE-2024-0001: it reads too far</description>
  <references>
    <reference href="http://cve.mitre.org/cgi-bin/cvename.cgi?name=CVE-2024-0001" id="CVE-2024-0001" title="" type="cve" />
    <reference href="http://cve.mitre.org/cgi-bin/cvename.cgi?name=CVE-2024-0002" id="CVE-2024-0002" title="" type="cve" />
    ${more}
  </references>
  <pkglist><collection short="amazon-linux-2---core"><name>Amazon Linux 2</name>${packages}</collection></pkglist>
</update>`;

const pkg = (name: string, version: string, arch: string, epoch = '0') =>
  `<package arch="${arch}" epoch="${epoch}" name="${name}" release="1.amzn2" version="${version}"><filename>x.rpm</filename></package>`;

test('reads notices of the core repository', async () => {
  const packages = [
    pkg('curl', '8.3.0', 'x86_64'),
    pkg('curl', '8.3.0', 'aarch64'),
    pkg('libcurl', '8.3.0', 'x86_64', '1'),
    pkg('curl', '8.3.0', 'src'),
    pkg('kernel', '5.10.1', 'x86_64'),
    pkg('kernel', '5.10.2', 'aarch64'),
  ].join('');
  const text = `<?xml version="1.0" ?><updates>${notice('ALAS2-2024-1', packages)}${notice('ALAS2-2024-2', packages, '', 'bugfix')}
    <update type="security"><id>ALAS2-2024-3</id><references/></update></updates>`;
  const { advisories, problems, records } = await readFeed(amazonAlas, 'al2', gzipSync(text));
  assert.deepEqual(statementsOf(advisories), [
    'amzn:2 curl <8.3.0-1.amzn2',
    'amzn:2 libcurl <1:8.3.0-1.amzn2',
    'amzn:2 kernel <5.10.1-1.amzn2 x86_64',
    'amzn:2 kernel <5.10.2-1.amzn2 aarch64',
  ]);
  const [first] = advisories;
  assert.deepEqual(
    { id: first?.id, bundles: first?.bundles, severity: first?.severity, references: first?.references },
    {
      id: 'ALAS2-2024-1',
      bundles: ['CVE-2024-0001', 'CVE-2024-0002'],
      severity: 'high',
      references: ['https://alas.aws.amazon.com/AL2/ALAS-2024-1.html'],
    },
  );
  assert.deepEqual(problems, ['notice-without-vulnerability note 2']);
  assert.ok(records.some((record) => record.kind === 'as-of' && record.date.startsWith('2024-02-03')));
});

test('what cannot be read is counted, and what is none fails as a whole', async () => {
  const broken = `<updates><update type="security"><i></update>${notice('ALAS2-2024-1', '')}${notice('A B', pkg('a', '1', 'noarch'))}</updates>`;
  assert.deepEqual((await readFeed(amazonAlas, 'al2', broken)).problems, ['notice-unreadable incomplete 3']);
  for (const text of ['', '<html>', '<updates>', '<updates></updates>'])
    assert.notEqual((await readFeed(amazonAlas, 'al2', text)).failure, undefined, text);
});
