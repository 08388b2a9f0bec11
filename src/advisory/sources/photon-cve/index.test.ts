import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFeed, statementsOf } from '../../../../test/kit/feed.ts';
import { photonCve } from './index.ts';

test('reads rows with a fix, without one, and of packages that never had it', async () => {
  const row = { cve_id: 'CVE-2023-27533', pkg: 'curl', cve_score: 8.8 };
  const rows = [
    { ...row, aff_ver: 'all versions before 8.1.1-1.ph5 are vulnerable', res_ver: '8.1.1-1.ph5' },
    { ...row, aff_ver: 'all versions are vulnerable', res_ver: '' },
    { ...row, aff_ver: 'NA', res_ver: 'NA' },
    { ...row, aff_ver: '', res_ver: '' },
    { ...row, cve_id: '' },
  ];
  const { advisories, problems } = await readFeed(photonCve, 'photon-5.0', JSON.stringify(rows));
  assert.deepEqual(statementsOf(advisories), [
    'photon:5.0 curl <8.1.1-1.ph5',
    'photon:5.0 curl affected *',
    'photon:5.0 curl not-affected',
  ]);
  assert.equal(advisories[0]?.severity, 'high');
  assert.deepEqual(problems, ['row-unreadable incomplete 2']);
});

test('fails as a whole on what is no list', async () => {
  for (const text of ['', '{}', '[]', '<html>'])
    assert.notEqual((await readFeed(photonCve, 'photon-5.0', text)).failure, undefined, text);
});
