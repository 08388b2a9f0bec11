import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ExecDetails, emptyEvent, type SensorEvent } from '../event.ts';

const MAX_DESCRIPTORS = 256;
const MAX_WORDS_BYTES = 4096;
const NO_TTY = 0;

/** The processes that are there, parents first, as events that say so. Reading them whole needs root. */
export function readProcesses(cgroupIdOf: (pid: string) => number): SensorEvent[] {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
  return pids.flatMap((pid) => readProcess(pid, cgroupIdOf));
}

/** One process and its descriptors; nothing when it has gone. */
export function readProcess(pid: number, cgroupIdOf: (pid: string) => number): SensorEvent[] {
  const folder = `/proc/${pid}`;
  const status = readStatus(folder);
  if (status === undefined) return [];
  const event = emptyEvent();
  event.type = 'execve';
  event.timeUs = startTimeUs(folder);
  event.pid = pid;
  event.tid = pid;
  event.ppid = status.number('PPid');
  event.uid = status.number('Uid', 1);
  event.gid = status.number('Gid', 1);
  event.comm = status.text('Name');
  event.cgroupId = cgroupIdOf(String(pid));
  event.exec = readExec(folder, status, event);
  return [event, ...readDescriptors(folder, event)];
}

function readExec(folder: string, status: Status, { comm, ppid }: SensorEvent): ExecDetails {
  const [args, argsCut] = readWords(join(folder, 'cmdline'));
  const [env] = readWords(join(folder, 'environ'));
  const link = readLink(join(folder, 'exe'));
  const stat = readStat(folder);
  return {
    comm,
    filename: args[0] ?? comm,
    exePath: link.replace(/ \(deleted\)$/, ''),
    args,
    argsCut,
    env,
    cwd: readLink(join(folder, 'cwd')) || '/',
    tty: stat[4] ?? NO_TTY,
    loginUid: Number(readText(join(folder, 'loginuid')) || 4294967295),
    parentPid: ppid,
    sessionId: stat[3] ?? 0,
    vpid: status.last('NSpid'),
    vpgid: status.last('NSpgid'),
    pidNamespace: namespaceOf(folder, 'pid'),
    mountNamespace: namespaceOf(folder, 'mnt'),
    networkNamespace: namespaceOf(folder, 'net'),
    userNamespace: namespaceOf(folder, 'user'),
    capEffective: status.hex('CapEff'),
    capPermitted: status.hex('CapPrm'),
    capInheritable: status.hex('CapInh'),
    upperLayer: false,
    memfd: link.startsWith('/memfd:'),
    writable: false,
    ...fileTimes(join(folder, 'exe')),
  };
}

/** Descriptors of files, pipes and sockets as links name them. */
function readDescriptors(folder: string, process: SensorEvent): SensorEvent[] {
  const numbers = namesIn(join(folder, 'fd')).slice(0, MAX_DESCRIPTORS);
  return numbers.flatMap((name) => {
    const link = readLink(join(folder, 'fd', name));
    if (link === '' || link.startsWith('anon_inode:')) return [];
    const event = emptyEvent();
    event.type = 'openat';
    event.timeUs = process.timeUs;
    event.pid = process.pid;
    event.tid = process.pid;
    event.ppid = process.ppid;
    event.cgroupId = process.cgroupId;
    event.comm = process.comm;
    event.fd = Number(name);
    event.result = event.fd;
    if (link.startsWith('pipe:')) event.fdMode = 0x1000;
    else if (link.startsWith('socket:')) event.fdMode = 0xc000;
    else event.path = link;
    return [event];
  });
}

interface Status {
  text(name: string): string;
  number(name: string, column?: number): number;
  hex(name: string): number;
  last(name: string): number;
}

function readStatus(folder: string): Status | undefined {
  const text = readText(join(folder, 'status'));
  if (text === '') return undefined;
  const lines = new Map(
    text.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const words = (name: string) => lines.get(name)?.split(/\s+/) ?? [];
  return {
    text: (name) => lines.get(name) ?? '',
    number: (name, column = 0) => Number(words(name)[column] ?? 0),
    hex: (name) => Number.parseInt(words(name)[0] ?? '0', 16),
    last: (name) => Number(words(name).at(-1) ?? 0),
  };
}

/** Numbers of /proc/PID/stat after the name, which may hold anything: state is 0, then parent, group, session, terminal. */
function readStat(folder: string): number[] {
  const text = readText(join(folder, 'stat'));
  return text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
}

const TICKS_PER_SECOND = 100;

function startTimeUs(folder: string): number {
  const ticks = readStat(folder)[19] ?? 0;
  const uptime = Number(readText('/proc/uptime').split(' ')[0] ?? 0);
  return Math.floor((Date.now() / 1000 - uptime + ticks / TICKS_PER_SECOND) * 1e6);
}

function readWords(path: string): [words: string[], cut: boolean] {
  const text = readText(path);
  const cut = text.length > MAX_WORDS_BYTES;
  return [text.slice(0, MAX_WORDS_BYTES).split('\0').filter(Boolean), cut];
}

function namespaceOf(folder: string, name: string): number {
  return Number(/\[(\d+)\]/.exec(readLink(join(folder, 'ns', name)))?.[1] ?? 0);
}

function fileTimes(path: string): Pick<ExecDetails, 'inode' | 'device' | 'changeTimeNs' | 'modifyTimeNs'> {
  try {
    const stat = statSync(path);
    return { inode: stat.ino, device: stat.dev, changeTimeNs: stat.ctimeMs * 1e6, modifyTimeNs: stat.mtimeMs * 1e6 };
  } catch {
    return { inode: 0, device: 0, changeTimeNs: 0, modifyTimeNs: 0 };
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
