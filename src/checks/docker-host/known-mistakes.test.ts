import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEvidence } from '#posture/index.ts';
import { checkMachine, machineParts } from '../check-evidence.ts';
import { daemonWith, fileFact, machine } from './examples.ts';

/** Mistakes that checkers of Docker hosts are known for. */

function answersOf(text: string) {
  const evidence = parseEvidence(text, 'a.json');
  assert.ok(evidence.ok, evidence.ok ? '' : evidence.error);
  const { findings, summary } = checkMachine(
    evidence.value,
    machineParts.filter(({ id }) => id === 'docker'),
  );
  return {
    failed: new Set(findings.map(({ id }) => id)),
    passed: new Set(Object.entries(summary.byCheck).flatMap(([id, { passed }]) => (passed > 0 ? [id] : []))),
    open: new Set(summary.notAssessed.flatMap(({ check }) => check ?? [])),
  };
}

test('modes are compared bit by bit: 622 is less than 644 and can be written by all', () => {
  const { failed } = answersOf(machine({ files: [fileFact('/etc/default/docker', { mode: '0622' })] }));
  assert.ok(failed.has('docker-host-default-file-mode'));
});

test('TLS settings in daemon.json count as those on the command line', () => {
  const { passed } = answersOf(daemonWith({ tlsverify: true, hosts: ['tcp://192.0.2.1:2376'] }));
  assert.ok(passed.has('docker-host-api-tls'));
});

test('null in daemon.json is no setting', () => {
  const { failed } = answersOf(daemonWith({ 'default-ulimits': null, 'authorization-plugins': null }));
  assert.ok(failed.has('docker-host-default-ulimits') && failed.has('docker-host-authorisation'));
});

test('the configuration of a rootless daemon is where it is', () => {
  const path = '/home/clerk/.config/docker/daemon.json';
  const { passed } = answersOf(
    machine({
      users: [{ name: 'clerk', uid: 1000, gid: 1000, home: '/home/clerk', shell: '/bin/sh' }],
      processes: [{ pid: 7, parent: 1, uid: 1000, name: 'dockerd', arguments: ['dockerd'] }],
      files: [fileFact(path, { uid: 1000, gid: 1000, content: '{"icc": false}' })],
    }),
  );
  for (const id of ['bridge-traffic', 'configuration-file-owner', 'configuration-file-mode'])
    assert.ok(passed.has(`docker-host-${id}`), id);
});

test('drop-ins of systemd decide how the daemon is started, and who may write them counts', () => {
  const path = '/usr/lib/systemd/system/docker.service';
  const dropIn = '/etc/systemd/system/docker.service.d/10-api.conf';
  const text = '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H tcp://0.0.0.0:2375\n';
  const unit = { name: 'docker.service', path, text: 'ExecStart=/usr/bin/dockerd', dropIns: [{ path: dropIn, text }] };
  const { failed } = answersOf(
    machine({
      processes: [],
      units: [unit],
      files: [{ path: '/etc/docker/daemon.json', type: 'absent' }, fileFact(path), fileFact(dropIn, { mode: '0666' })],
    }),
  );
  assert.ok(failed.has('docker-host-api-tls') && failed.has('docker-host-service-unit-mode'));
});

test('what could not be seen is neither passed nor failed', () => {
  const { failed, passed, open } = answersOf(machine({}));
  assert.deepEqual([[...failed], [...passed]], [[], []]);
  assert.ok(open.has('docker-host-api-tls') && open.has('docker-host-audit-dockerd') && open.size > 40);
});
