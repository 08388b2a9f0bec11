import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contentAt, EvidenceMissing, fileAt, modeOf, need, parseEvidence, renderEvidence } from './index.ts';

const head = { schema: 'plimsoll.evidence.v1', collectedAt: '2026-11-24T08:00:00Z', hostname: 'a' };
const bundle = (parts: object) => parseEvidence(JSON.stringify({ ...head, ...parts }), 'a.json');

function parsed(parts: object) {
  const evidence = bundle(parts);
  assert.ok(evidence.ok, evidence.ok ? '' : evidence.error);
  return evidence.value;
}

describe('a bundle of evidence', () => {
  test('without a part says why the part is missing', () => {
    const evidence = parsed({ missing: [{ part: 'mounts', reason: 'EACCES' }] });
    assert.deepEqual(evidence.mounts, { missing: 'mounts: EACCES' });
    assert.deepEqual(evidence.users, { missing: 'users: it is not in the evidence' });
    assert.throws(() => need(evidence.docker), EvidenceMissing);
  });

  test('is written and read back to the same', () => {
    const evidence = parsed({
      osRelease: { ID: 'debian' },
      mounts: [{ target: '/', root: '/', type: 'ext4', source: '/dev/vda', options: ['rw'] }],
      files: [{ path: '/etc/docker', type: 'directory', mode: '0755', uid: 0, gid: 0 }],
      docker: { address: 'unix:///run/docker.sock', info: { Driver: 'overlay2' } },
      missing: [{ part: 'docker.containers', reason: 'the engine answered with 500' }],
    });
    const again = parseEvidence(renderEvidence(evidence), 'b.json');
    assert.deepEqual(again, { ok: true, value: evidence });
  });

  test('of another form than its own is an error', () => {
    const wrong: readonly object[] = [
      { schema: 'plimsoll.evidence.v9' },
      { collectedAt: 'yesterday' },
      { mounts: {} },
      { files: [{ path: '/a', type: 'file', mode: 'rw', uid: 0, gid: 0 }] },
      { files: [{ path: '/a', type: 'pipe', mode: '0644', uid: 0, gid: 0 }] },
      { docker: { address: 'unix:///a', containers: {} } },
      { groups: [{ name: 'docker', gid: 1, members: [7] }] },
    ];
    for (const parts of wrong) assert.equal(bundle(parts).ok, false, JSON.stringify(parts));
    assert.equal(parseEvidence('{', 'a.json').ok, false);
  });

  test('tells absent files from those that nobody looked at, or could', () => {
    const evidence = parsed({
      files: [
        { path: '/a', type: 'absent' },
        { path: '/b', type: 'unread', reason: 'EACCES' },
        { path: '/c', type: 'file', mode: '4755', uid: 0, gid: 0, content: 'text' },
      ],
    });
    assert.equal(fileAt(evidence, '/a'), 'absent');
    assert.throws(() => fileAt(evidence, '/b'), /EACCES/);
    assert.throws(() => fileAt(evidence, '/d'), /not looked at/);
    assert.equal(contentAt(evidence, '/c'), 'text');
    const file = fileAt(evidence, '/c');
    assert.ok(file !== 'absent' && modeOf(file) === 0o4755);
  });
});
