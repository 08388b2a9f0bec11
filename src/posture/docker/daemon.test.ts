import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseEvidence } from '../parse.ts';
import { daemonOf } from './daemon.ts';
import { mergedSettings, settingsOfArguments, settingsOfFile } from './daemon-options.ts';
import { execStartOf } from './exec-start.ts';

describe('options of dockerd', () => {
  const cases: readonly (readonly [words: readonly string[], settings: object])[] = [
    [['--icc=false', '-l', 'debug', '-D'], { icc: false, 'log-level': 'debug', debug: true }],
    [
      ['-H', 'fd://', '--host=tcp://0.0.0.0:2375', '-Hunix:///a'],
      { hosts: ['fd://', 'tcp://0.0.0.0:2375', 'unix:///a'] },
    ],
    [['--tlsverify', '--insecure-registry', 'a:5000'], { tlsverify: true, 'insecure-registries': ['a:5000'] }],
    [['--icc', 'false'], { icc: true }],
    [['--userland-proxy=F', '--iptables=0'], { 'userland-proxy': false, iptables: false }],
    [['--constructor=x', '--data-root'], { constructor: 'x' }],
  ];
  for (const [words, settings] of cases)
    test(words.join(' '), () => assert.deepEqual(settingsOfArguments(words), new Map(Object.entries(settings))));

  test('lists of the file and of the command line are joined, other settings are not', () => {
    const file = settingsOfFile('{"insecure-registries": ["a"], "icc": true, "default-ulimits": null}');
    assert.ok(file);
    const merged = mergedSettings(file, settingsOfArguments(['--insecure-registry', 'b', '--icc=false']));
    assert.deepEqual(Object.fromEntries(merged), { 'insecure-registries': ['a', 'b'], icc: false });
  });

  test('a file that is no object of JSON is none', () => {
    assert.equal(settingsOfFile('[]'), undefined);
    assert.equal(settingsOfFile('{'), undefined);
    assert.deepEqual(settingsOfFile(' \n'), new Map());
  });
});

describe('the command of a unit', () => {
  const unit = (text: string, ...dropIns: string[]) => ({
    name: 'docker.service',
    path: '/a',
    text,
    dropIns: dropIns.map((one) => ({ path: '/b', text: one })),
  });
  test('drop-ins take it back and give another', () => {
    const own = unit(
      'ExecStart=/usr/bin/dockerd -H fd://',
      '[Service]\nExecStart=\nExecStart=-/usr/bin/dockerd \\\n --icc=false "-l" debug',
    );
    assert.deepEqual(execStartOf(own), ['/usr/bin/dockerd', '--icc=false', '-l', 'debug']);
    assert.equal(execStartOf(unit('ExecStart=/a', 'ExecStart=')), undefined);
    assert.deepEqual(execStartOf(unit('#ExecStart=/a\nExecStart=/b')), ['/b']);
  });
});

describe('the daemon of a machine', () => {
  const home = { name: 'clerk', uid: 1000, gid: 1000, home: '/home/clerk', shell: '/bin/sh' };
  const process = (uid: number, ...words: string[]) => ({
    pid: 7,
    parent: 1,
    uid,
    name: 'dockerd',
    arguments: ['/usr/bin/dockerd', ...words],
  });
  const file = (path: string) => ({ path, type: 'file', mode: '0644', uid: 0, gid: 0, content: '{"icc": false}' });

  test('a rootless one has its file in the home of its user', () => {
    const path = '/home/clerk/.config/docker/daemon.json';
    const daemon = daemonOf(evidence({ processes: [process(1000)], users: [home], files: [file(path)] }));
    assert.deepEqual([daemon.configFile, daemon.uid, daemon.settings.get('icc')], [path, 1000, false]);
  });

  test('one that runs in a container is another one', () => {
    const inner = { ...process(0, '--icc=true'), isContainer: true };
    const daemon = daemonOf(
      evidence({ processes: [inner, process(0, '--icc=false')], files: [file('/etc/docker/daemon.json')] }),
    );
    assert.equal(daemon.settings.get('icc'), false);
  });

  test('one that does not run is started as its unit says, unless that names a variable', () => {
    const unit = (text: string) => ({
      units: [{ name: 'docker.service', path: '/a', text }],
      files: [file('/etc/docker/daemon.json')],
    });
    assert.equal(daemonOf(evidence(unit('ExecStart=/usr/bin/dockerd -l warn'))).settings.get('log-level'), 'warn');
    assert.throws(() => daemonOf(evidence(unit('ExecStart=/usr/bin/dockerd $DOCKER_OPTS'))), /DOCKER_OPTS/);
  });

  function evidence(parts: object) {
    const head = { schema: 'plimsoll.evidence.v1', collectedAt: '2026-11-24T08:00:00Z', hostname: 'a', processes: [] };
    const read = parseEvidence(JSON.stringify({ ...head, ...parts }), 'a.json');
    assert.ok(read.ok);
    return read.value;
  }
});
