import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFeed, statementsOf } from '../../../../test/kit/feed.ts';
import { bottlerocket } from './index.ts';

test('reads notices by the names that the image has', async () => {
  const text = `<?xml version="1.0" encoding="UTF-8"?><updates><update from="Bottlerocket" status="final" type="security" version="1.4">
    <id>BRSA-abcdefghijkl</id><title>CVE-2024-0001</title><issued date="2024-05-01T00:00:00Z"/><updated date="2024-05-02T00:00:00Z"/>
    <severity>moderate</severity><description>It reads too far</description>
    <references><reference href="https://nvd.nist.gov/vuln/detail/CVE-2024-0001" id="CVE-2024-0001" type="cve"/></references>
    <pkglist><collection short="Bottlerocket"><name>Bottlerocket</name>
      <package arch="x86_64" name="kernel-6.1" version="6.1.61" release="1.1700513487.br1" epoch="0"/>
      <package arch="aarch64" name="kernel-6.1" version="6.1.61" release="1.1700513487.br1" epoch="0"/>
    </collection></pkglist></update></updates>`;
  const { advisories } = await readFeed(bottlerocket, 'bottlerocket', text);
  assert.deepEqual(statementsOf(advisories), ['bottlerocket kernel-6.1 <6.1.61-1.1700513487.br1']);
  assert.deepEqual([advisories[0]?.severity, advisories[0]?.published], ['medium', '2024-05-01T00:00:00Z']);
});
