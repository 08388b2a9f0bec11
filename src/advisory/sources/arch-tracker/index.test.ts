import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFeed, statementsOf } from '../../../../test/kit/feed.ts';
import { archTracker } from './index.ts';

const group = {
  name: 'AVG-1',
  packages: ['glibc', 'lib32-glibc'],
  affected: '2.38-1',
  fixed: '2.38-2',
  severity: 'High',
  status: 'Fixed',
  type: 'arbitrary code execution',
  issues: ['CVE-2023-4911'],
  advisories: ['ASA-202310-01'],
};

test('reads groups in every state', async () => {
  const groups = [
    group,
    { ...group, name: 'AVG-2', packages: ['pam'], fixed: null, status: 'Vulnerable', severity: 'Medium' },
    { ...group, name: 'AVG-3', packages: ['a'], status: 'Testing' },
    { ...group, name: 'AVG-4', packages: ['b'], fixed: null, status: 'Unknown', severity: 'Unknown', issues: [] },
    { ...group, name: 'AVG-5', packages: ['c'], status: 'Not affected' },
    { ...group, name: 'AVG-6', status: 'constructor' },
    { ...group, name: 'AVG-7', packages: [] },
  ];
  const { advisories, problems } = await readFeed(archTracker, 'arch', JSON.stringify(groups));
  assert.deepEqual(statementsOf(advisories), [
    'arch glibc <2.38-2',
    'arch lib32-glibc <2.38-2',
    'arch pam affected *',
    'arch a <2.38-2',
    'arch b under-investigation *',
    'arch c not-affected',
  ]);
  assert.deepEqual(
    advisories.map(({ severity, bundles }) => [severity, bundles.length]),
    [
      ['high', 1],
      ['medium', 1],
      ['high', 1],
      [undefined, 0],
      ['high', 1],
    ],
  );
  assert.deepEqual(problems, ['group-unreadable incomplete 2']);
});

test('fails as a whole on what is no list', async () => {
  for (const text of ['', '{}', '[]', '<html>'])
    assert.notEqual((await readFeed(archTracker, 'arch', text)).failure, undefined, text);
});
