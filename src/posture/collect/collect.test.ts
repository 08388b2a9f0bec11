import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { parseGroups, parseUsers, passwordsOf } from './accounts.ts';
import { collectEvidence } from './collect.ts';
import { collectEngine } from './engine.ts';
import { parseSockets } from './listeners.ts';
import { parseMountInfo } from './mounts.ts';
import { containerOf, parseProcess } from './processes.ts';

describe('files of the system', () => {
  test('accounts, without the hashes of passwords', () => {
    const passwords = passwordsOf('root:$y$j9T$abc:19000::::::\nbin:*:1::::::\nguest::1::::::\n');
    const users = parseUsers('root:x:0:0:root:/root:/bin/sh\nguest:x:1000:1000::/:/bin/sh\nbroken\n', passwords);
    assert.deepEqual(
      users.map(({ name, password }) => [name, password]),
      [
        ['root', 'set'],
        ['guest', 'empty'],
      ],
    );
    assert.deepEqual(parseGroups('docker:x:101:clerk,boss\n'), [
      { name: 'docker', gid: 101, members: ['clerk', 'boss'] },
    ]);
  });

  test('mounts', () => {
    const line = '36 35 98:0 /sub /mnt/a\\040b rw,noatime shared:1 - ext4 /dev/sda1 rw,errors=continue';
    assert.deepEqual(parseMountInfo(`${line}\nbroken\n`), [
      {
        target: '/mnt/a b',
        root: '/sub',
        type: 'ext4',
        source: '/dev/sda1',
        options: ['rw', 'noatime', 'errors=continue'],
      },
    ]);
  });

  test('listening sockets', () => {
    const row = (local: string, state: string) =>
      `  0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000 1000 0 4242 1`;
    const found = parseSockets([row('0100007F:0947', '0A'), row('00000000:0050', '01')].join('\n'), 'tcp');
    assert.deepEqual(found, [{ protocol: 'tcp', address: '127.0.0.1', port: 2375, uid: 1000, inode: '4242' }]);
    const any = parseSockets(row(`${'0'.repeat(32)}:0949`, '0A'), 'tcp');
    assert.deepEqual(
      any.map(({ address, port }) => [address, port]),
      [['::', 2377]],
    );
  });

  test('processes: only engines show their options', () => {
    const status = 'Name:\tmysqld\nPPid:\t1\nUid:\t27\t27\t27\t27\n';
    assert.deepEqual(parseProcess(9, status, ['/usr/sbin/mysqld', '--password=abc'], '').arguments, [
      '/usr/sbin/mysqld',
    ]);
    assert.deepEqual(parseProcess(9, status, ['/usr/bin/dockerd', '--icc'], '').arguments, [
      '/usr/bin/dockerd',
      '--icc',
    ]);
  });

  test('containers of processes, by their control groups', () => {
    const id = 'ab'.repeat(32);
    const cases: readonly (readonly [string, string | undefined])[] = [
      [`0::/system.slice/docker-${id}.scope`, id],
      [`4:memory:/docker/${id}\n`, id],
      [`0::/machine.slice/libpod-${id}.scope/container`, id],
      ['0::/system.slice/docker.service', undefined],
      ['0::/', undefined],
    ];
    for (const [cgroup, wanted] of cases) assert.equal(containerOf(cgroup), wanted, cgroup);
  });
});

test('a machine is looked at below its root, and links do not lead out of it', async (t) => {
  const root = `${mkdtempSync(join(tmpdir(), 'plimsoll-posture-'))}/`;
  t.after(() => rmSync(root, { recursive: true }));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(`${root}${path}`), { recursive: true });
    writeFileSync(`${root}${path}`, text);
  };
  write('etc/docker/daemon.json', '{"log-opts": {"token": "hunter2"}, "icc": false}');
  chmodSync(`${root}etc/docker/daemon.json`, 0o622);
  write('etc/audit/rules.d/docker.rules', '# rules\n-w /etc/docker -p wa\n');
  write('etc/systemd/system/docker.service', '[Service]\nExecStart=/usr/bin/dockerd\n');
  write('etc/systemd/system/docker.service.d/10-a.conf', '[Service]\nEnvironment=TOKEN=hunter2\n');
  symlinkSync('/etc/hostname', `${root}etc/default`);
  symlinkSync('/etc/passwd', `${root}etc/docker/certs.d`);
  const evidence = await collectEvidence({
    root,
    docker: 'none',
    podman: 'none',
    now: '2026-11-24T08:00:00Z',
    signal: AbortSignal.timeout(20_000),
  });
  const file = evidence.files.get('/etc/docker/daemon.json');
  assert.ok(file?.type === 'file' && file.mode === '0622');
  assert.equal(evidence.files.get('/etc/docker/certs.d')?.type, 'unread');
  assert.deepEqual(evidence.docker, { missing: 'there is no socket of Docker here' });
  assert.ok('known' in evidence.auditRules && evidence.auditRules.known[0]?.line === 2);
  assert.ok('known' in evidence.units && evidence.units.known[0]?.dropIns.length === 1);
  assert.doesNotMatch(JSON.stringify([...evidence.files.values(), evidence.units]), /hunter2/);
});

describe('an engine on a socket', () => {
  test('is read, and what may be secret stays behind', async (t) => {
    const id = 'cd'.repeat(32);
    const address = await engine(t, {
      '/info': { Driver: 'overlay2', HttpProxy: 'http://me:hunter2@proxy' },
      '/version': { Version: '29.0.0' },
      '/containers/json?all=1': [{ Id: id }],
      [`/containers/${id}/json`]: {
        Id: id,
        Config: { Env: ['PASSWORD=hunter2'], Labels: { token: 'hunter2' } },
        HostConfig: { Privileged: true, LogConfig: { Type: 'splunk', Config: { 'splunk-token': 'hunter2' } } },
      },
      '/images/json': [],
    });
    const found = await collectEngine(address, AbortSignal.timeout(20_000));
    assert.ok('known' in found);
    assert.deepEqual(found.known.containers, {
      known: [
        {
          Id: id,
          HostConfig: { Privileged: true, LogConfig: { Type: 'splunk' } },
          Config: { Env: ['PASSWORD=<hidden>'] },
        },
      ],
    });
    assert.deepEqual(found.known.networks, { missing: 'the engine answered /networks with 404' });
    assert.doesNotMatch(JSON.stringify(found), /hunter2/);
  });

  test('that is not there is missing', async () => {
    const found = await collectEngine('unix:///nowhere/docker.sock', AbortSignal.timeout(20_000));
    assert.ok('missing' in found);
    assert.ok('missing' in (await collectEngine('tcp://192.0.2.1:2375', AbortSignal.timeout(20_000))));
  });
});

/** A server on a socket that knows these answers. */
async function engine(t: TestContext, answers: Readonly<Record<string, unknown>>): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-engine-'));
  const path = join(directory, 'engine.sock');
  const known = new Map(Object.entries(answers));
  const server = createServer((request, response) => {
    const answer = known.get(request.url ?? '');
    response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  t.after(() => {
    server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return `unix://${path}`;
}
