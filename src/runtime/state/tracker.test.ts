import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ExecDetails, emptyEvent, type SensorEvent } from '../event.ts';
import { Tracker } from './tracker.ts';

const host = { of: () => undefined, observe: () => undefined };

function event(type: SensorEvent['type'], pid: number, members: Partial<SensorEvent> = {}): SensorEvent {
  return { ...emptyEvent(), type, pid, tid: pid, timeUs: 1, ...members };
}

function exec(pid: number, parentPid: number, line: string, members: Partial<ExecDetails> = {}): SensorEvent {
  const args = line.split(' ');
  const comm = args[0]?.split('/').pop() ?? '';
  const details: ExecDetails = {
    comm,
    filename: args[0] ?? '',
    exePath: args[0] ?? '',
    args,
    argsCut: false,
    env: [],
    cwd: '/',
    tty: 0,
    loginUid: 0,
    parentPid,
    sessionId: 1,
    vpid: pid,
    vpgid: pid,
    pidNamespace: 1,
    mountNamespace: 1,
    networkNamespace: 1,
    userNamespace: 1,
    capEffective: 0,
    capPermitted: 0,
    capInheritable: 0,
    upperLayer: false,
    memfd: false,
    writable: false,
    inode: 1,
    device: 1,
    changeTimeNs: 0,
    modifyTimeNs: 0,
    ...members,
  };
  return event('execve', pid, { exec: details, comm });
}

const here = { family: 2, ip: '10.0.0.2', port: 40_000 };
const there = { family: 2, ip: '10.0.0.9', port: 4444 };

describe('the tracker', () => {
  it('knows ancestors after they have gone', () => {
    const tracker = new Tracker(host);
    tracker.apply(exec(10, 1, '/bin/sshd'));
    tracker.apply(event('clone', 10, { result: 11, ppid: 10 }));
    tracker.apply(exec(11, 10, '/bin/sh -c id'));
    tracker.apply(event('procexit', 10));
    const { process } = tracker.apply(event('setuid', 11, { target: 5 }));
    assert.equal(process.commandLine, 'sh -c id');
    assert.equal(process.parent?.name, 'sshd');
    assert.equal(process.parent?.exited, true);
    assert.equal(process.uid, 5);
  });

  it('resolves paths by working directory and directory descriptor', () => {
    const tracker = new Tracker(host);
    tracker.apply(exec(10, 1, '/bin/sh', { cwd: '/srv' }));
    assert.equal(
      tracker.apply(event('openat', 10, { directoryFd: -100, path: 'a/../b', fd: 3, flags: 0 })).path,
      '/srv/b',
    );
    tracker.apply(event('openat', 10, { directoryFd: -100, path: '/etc', fd: 4, flags: 0o200000 }));
    assert.equal(
      tracker.apply(event('openat', 10, { directoryFd: 4, path: 'shadow', fd: 5, flags: 0 })).path,
      '/etc/shadow',
    );
    tracker.apply(event('fchdir', 10, { fd: 4 }));
    assert.equal(tracker.apply(event('unlink', 10, { path: 'mtab' })).path, '/etc/mtab');
    const failed = tracker.apply(event('openat', 10, { path: '/no', fd: -1, result: -2, flags: 0 }));
    assert.deepEqual([failed.descriptor?.number, failed.descriptor?.name], [-1, '/no']);
  });

  it('follows a socket to standard input, as reverse shells move it', () => {
    const tracker = new Tracker(host);
    tracker.apply(exec(10, 1, '/bin/bash'));
    tracker.apply(event('socket', 10, { fd: 3, domain: 2, socketType: 1, protocol: 6, fdMode: 0xc000 }));
    const connected = tracker.apply(
      event('connect', 10, {
        fd: 3,
        result: -115,
        domain: 2,
        socketType: 1,
        address: there,
        socket: { local: here, remote: there },
      }),
    );
    assert.equal(connected.descriptor?.name, '10.0.0.2:40000->10.0.0.9:4444');
    assert.deepEqual(
      [connected.descriptor?.role, connected.descriptor?.connected, connected.nameChanged],
      ['client', true, true],
    );
    const moved = tracker.apply(event('dup2', 10, { oldFd: 3, fd: 0, fdMode: 0xc000 }));
    assert.deepEqual([moved.descriptor?.number, moved.descriptor?.kind], [0, 'ipv4']);
  });

  it('believes the kernel, not an old entry, about what is duplicated', () => {
    const tracker = new Tracker(host);
    tracker.apply(exec(10, 1, '/bin/sh'));
    tracker.apply(event('open', 10, { path: '/etc/hosts', fd: 3, flags: 0 }));
    const pipe = tracker.apply(
      event('dup2', 10, { oldFd: 3, fd: 1, fdMode: 0xc000, domain: 2, socket: { local: here, remote: there } }),
    );
    assert.equal(pipe.descriptor?.kind, 'ipv4');
  });

  it('a child has its parent’s descriptors until it changes them; a new program loses those that close', () => {
    const tracker = new Tracker(host);
    tracker.apply(exec(10, 1, '/bin/sh'));
    tracker.apply(event('open', 10, { path: '/kept', fd: 3, flags: 0 }));
    tracker.apply(event('open', 10, { path: '/closed', fd: 4, flags: 0o2000000 }));
    tracker.apply(event('clone', 10, { result: 11, ppid: 10 }));
    tracker.apply(event('open', 11, { path: '/own', fd: 5, flags: 0 }));
    const child = tracker.apply(exec(11, 10, '/bin/cat')).process;
    assert.deepEqual(
      Array.from(child.descriptors(), ({ name }) => name),
      ['/kept', '/own'],
    );
    assert.deepEqual(
      Array.from(child.parent?.descriptors() ?? [], ({ name }) => name),
      ['/kept', '/closed'],
    );
  });

  it('learns names of addresses from answers', () => {
    const tracker = new Tracker(host);
    tracker.apply(exec(10, 1, '/bin/curl'));
    const data = Buffer.from(
      '12348180000100010000000004706f6f6c0378797a0000010001c00c0001000100000e1000040a010203',
      'hex',
    );
    const server = { family: 2, ip: '10.0.0.53', port: 53 };
    const answer = tracker.apply(
      event('recvfrom', 10, {
        fd: 3,
        result: data.length,
        domain: 2,
        socketType: 2,
        socket: { local: here, remote: server },
        data,
      }),
    );
    assert.equal(answer.dns?.name, 'pool.xyz');
    assert.deepEqual(answer.namesOf('10.1.2.3'), ['pool.xyz']);
  });

  it('stays within its bounds under a flood, and counts what it forgot', () => {
    const tracker = new Tracker(host, () => undefined, { maxProcesses: 100 });
    for (let pid = 2; pid < 1002; pid++) tracker.apply(exec(pid, 1, '/bin/true'));
    assert.equal(tracker.statistics.processes, 100);
    assert.equal(tracker.statistics.evictedProcesses, 900);
  });

  it('a chain of processes that end does not grow without end', () => {
    const tracker = new Tracker(host);
    tracker.apply(exec(2, 1, '/bin/sh'));
    for (let pid = 2; pid < 2000; pid++) {
      tracker.apply(event('clone', pid, { result: pid + 1, ppid: pid }));
      tracker.apply(event('procexit', pid));
    }
    let depth = 0;
    for (let at = tracker.apply(event('setsid', 2000)).process.parent; at; at = at.parent) depth++;
    assert.ok(depth <= 129, `${depth} generations`);
  });
});
