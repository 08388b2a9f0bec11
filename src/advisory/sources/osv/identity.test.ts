import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identityOf, isBugfixOnly } from './identity.ts';

const table: readonly [id: string, record: Record<string, unknown>, aliases: string[], bundles: string[]][] = [
  ['GHSA-aaaa-bbbb-cccc', { aliases: ['CVE-2024-1', 'GO-2024-2'] }, ['CVE-2024-1', 'GO-2024-2'], []],
  ['DEBIAN-CVE-2024-1', { upstream: ['CVE-2024-1'] }, ['CVE-2024-1'], []],
  ['UBUNTU-CVE-2024-1', { upstream: ['CVE-2024-1'], related: ['USN-1-1'] }, ['CVE-2024-1'], []],
  ['ALPINE-CVE-2024-1', {}, ['CVE-2024-1'], []],
  ['CURL-CVE-2024-1', { aliases: ['CVE-2024-1'] }, ['CVE-2024-1'], []],
  ['DSA-1-1', { aliases: ['CVE-2014-1'] }, [], ['CVE-2014-1']],
  ['DLA-1-1', { upstream: ['CVE-2022-1', 'DEBIAN-CVE-2022-1', 'CVE-2022-2'] }, [], ['CVE-2022-1', 'CVE-2022-2']],
  ['USN-1-1', { upstream: ['UBUNTU-CVE-2021-1'] }, [], ['CVE-2021-1']],
  ['ALSA-2024:1', { related: ['CVE-2024-1', 'CVE-2024-2'] }, [], ['CVE-2024-1', 'CVE-2024-2']],
  ['RHSA-2024:4546', { upstream: ['CVE-2023-1'], related: ['GO-2024-2687'] }, [], ['CVE-2023-1']],
  ['SUSE-SU-2023:1-1', { related: ['CVE-2023-1'], upstream: ['CVE-2023-2'] }, [], ['CVE-2023-2', 'CVE-2023-1']],
  ['DSA-2-1', {}, [], []],
  ['JLSEC-2025-1', { upstream: ['CVE-2025-1', 'EUVD-2025-1'] }, ['CVE-2025-1', 'EUVD-2025-1'], []],
  ['JLSEC-2025-2', { upstream: ['CVE-2025-1', 'CVE-2025-2'] }, [], ['CVE-2025-1', 'CVE-2025-2']],
  ['CVE-2024-1', { aliases: ['CVE-2024-1', 5, 'bad id', 'x\u001b[31m'] }, [], []],
];

test('reads the three lists of names as their publishers mean them', () => {
  for (const [id, record, aliases, bundles] of table)
    assert.deepEqual(identityOf(id, record), { aliases, bundles }, id);
});

test('notices of bugs and features count only when they name a vulnerability', () => {
  const nothing = { aliases: [], bundles: [] };
  const something = { aliases: [], bundles: ['CVE-2024-1'] };
  for (const id of ['ALBA-2024:1', 'RHEA-2024:1', 'RLBA-2024:1', 'SUSE-RU-2024:1-1', 'SUSE-FU-2022:0444-1']) {
    assert.equal(isBugfixOnly(id, nothing), true, id);
    assert.equal(isBugfixOnly(id, something), false, id);
  }
  for (const id of ['ALSA-2024:1', 'SUSE-SU-2024:1-1', 'DSA-1-1', 'USN-1-1', 'GHSA-a-b-c']) {
    assert.equal(isBugfixOnly(id, nothing), false, id);
  }
});
