import type { Container } from '../container.ts';
import { type DnsMessage, emptyEvent, type RuntimeEvent, type SensorEvent } from '../event.ts';
import type { Process } from '../process.ts';
import { DescriptorTable } from './descriptor-table.ts';
import { NamesByAddress, parseDns } from './dns.ts';
import { isStillTrue, openedFile, plainDescriptor, socketAfter, unknownDescriptor } from './open-descriptors.ts';
import { absolutePath } from './paths.ts';
import { TrackedProcess } from './tracked-process.ts';

/** Who knows the container of a control group. */
export interface ContainerLookup {
  /** `undefined` for groups of the host. */
  of(cgroupId: number): Container | undefined;
  /** Told of every event that may change what is known: groups that come and go, programs of container engines. */
  observe(event: SensorEvent, process: Process): void;
}

/** What is known of a process that was there before the sensor, or whose beginning was lost. */
export type ProcessSource = (pid: number) => readonly SensorEvent[] | undefined;

export interface TrackerLimits {
  readonly maxProcesses: number;
}

const defaultLimits: TrackerLimits = { maxProcesses: 65_536 };
const AT_FDCWD = -100;
const DNS_PORT = 53;
const PR_SET_NAME = 15;
const F_DUPFD_CLOEXEC = 1030;
const O_CLOEXEC = 0o2000000;

/** Joins events with processes, descriptors and containers. What it holds is bounded; what gives way is counted. */
export class Tracker {
  readonly #processes = new Map<number, TrackedProcess>();
  readonly #containers: ContainerLookup;
  readonly #source: ProcessSource;
  readonly #limits: TrackerLimits;
  readonly #names = new NamesByAddress();
  readonly #joined: RuntimeEvent;
  #evicted = 0;
  #unknown = 0;

  constructor(containers: ContainerLookup, source: ProcessSource = () => undefined, limits = defaultLimits) {
    this.#containers = containers;
    this.#source = source;
    this.#limits = limits;
    this.#joined = {
      number: 0,
      event: emptyEvent(),
      process: new TrackedProcess(0, undefined, 0),
      descriptor: undefined,
      container: undefined,
      path: undefined,
      newPath: undefined,
      dns: undefined,
      nameChanged: false,
      namesOf: (ip) => this.#names.of(ip),
      processAt: (pid) => this.#processes.get(pid),
    };
  }

  /** Joins one event, and changes the state by it. The result is valid until the next call. */
  apply(event: SensorEvent): RuntimeEvent {
    const joined = this.#joined;
    const process = this.#processOf(event);
    joined.number++;
    joined.event = event;
    joined.process = process;
    joined.descriptor = undefined;
    joined.path = undefined;
    joined.newPath = undefined;
    joined.dns = undefined;
    joined.nameChanged = false;
    const handle = handlers[event.type];
    if (handle) this.#change(handle, joined, event, process);
    else this.#describeDescriptor(joined, event, process);
    joined.container = this.#containers.of(event.cgroupId);
    if (joined.container !== undefined) process.container = joined.container;
    return joined;
  }

  /** A process that was there before: neither an event for rules nor counted. */
  seed(event: SensorEvent): void {
    const process = this.#processOf(event);
    if (event.exec) {
      process.parentPid = event.exec.parentPid;
      process.parent ??= this.#processes.get(event.exec.parentPid);
      process.startProgram(event.exec, event.timeUs);
      process.uid = event.uid;
      process.gid = event.gid;
      process.container = this.#containers.of(event.cgroupId);
    } else if (event.fd !== undefined) {
      const kind = event.fdMode === undefined ? 'file' : (unknownDescriptor(event)?.kind ?? 'file');
      process.table.set({ ...plainDescriptor(event.fd, kind, event.path), openFlags: event.flags ?? 0 });
    }
  }

  get statistics(): {
    readonly processes: number;
    readonly evictedProcesses: number;
    readonly evictedDescriptors: number;
    readonly evictedNames: number;
    readonly unknownProcesses: number;
  } {
    return {
      processes: this.#processes.size,
      evictedProcesses: this.#evicted,
      evictedDescriptors: DescriptorTable.evicted,
      evictedNames: this.#names.evicted,
      unknownProcesses: this.#unknown,
    };
  }

  processes(): Iterable<Process> {
    return this.#processes.values();
  }

  #change(handle: Handler, joined: RuntimeEvent, event: SensorEvent, process: TrackedProcess): void {
    switch (handle) {
      case 'open':
        this.#open(joined, event, process);
        break;
      case 'paths':
        this.#paths(joined, event, process);
        break;
      case 'exec':
        this.#exec(joined, event, process);
        break;
      case 'fork':
        this.#fork(event, process);
        break;
      case 'exit':
        this.#exit(process);
        break;
      case 'duplicate':
        this.#duplicate(joined, event, process);
        break;
      case 'socket':
        this.#socket(joined, event, process);
        break;
      case 'directory':
        this.#directory(joined, event, process);
        break;
      case 'identity':
        changeIdentity(event, process);
        break;
      case 'made':
        this.#made(joined, event, process);
        break;
      case 'rename':
        if (event.command === PR_SET_NAME && event.result >= 0) process.rename(event.comm);
        break;
      case 'group':
        this.#containers.observe(event, process);
        break;
    }
  }

  #processOf(event: SensorEvent): TrackedProcess {
    const known = this.#processes.get(event.pid);
    if (known !== undefined) return known;
    const parent = this.#processes.get(event.exec?.parentPid ?? event.ppid);
    const process = new TrackedProcess(event.pid, parent, parent?.pid ?? event.ppid);
    process.name = event.comm;
    process.uid = event.uid;
    process.gid = event.gid;
    process.cloneTimeUs = event.timeUs;
    this.#insert(process);
    if (event.exec === undefined) {
      this.#unknown++;
      for (const seed of this.#source(event.pid) ?? []) this.seed(seed);
    }
    return process;
  }

  #insert(process: TrackedProcess): void {
    this.#processes.set(process.pid, process);
    if (this.#processes.size <= this.#limits.maxProcesses) return;
    for (const pid of this.#processes.keys()) {
      if (pid === 1 || pid === process.pid) continue;
      this.#processes.delete(pid);
      this.#evicted++;
      return;
    }
  }

  #open(joined: RuntimeEvent, event: SensorEvent, process: TrackedProcess): void {
    const path = this.#resolve(process, event.directoryFd, event.path);
    joined.path = path;
    const fd = event.fd ?? -1;
    const opened = openedFile(event, path, fd < 0 ? undefined : process.table.get(fd));
    joined.descriptor = opened;
    if (fd >= 0) process.table.set(opened);
  }

  #paths(joined: RuntimeEvent, event: SensorEvent, process: TrackedProcess): void {
    const isLink = event.type === 'symlink' || event.type === 'symlinkat';
    joined.path = isLink ? event.path : this.#resolve(process, event.directoryFd, event.path);
    joined.newPath = this.#resolve(process, event.newDirectoryFd, event.newPath);
  }

  #exec(joined: RuntimeEvent, event: SensorEvent, process: TrackedProcess): void {
    if (event.exec === undefined) {
      joined.path = this.#resolve(process, event.directoryFd, event.path);
      return;
    }
    if (process.parent === undefined || process.parentPid !== event.exec.parentPid) {
      process.parentPid = event.exec.parentPid;
      process.parent = this.#processes.get(event.exec.parentPid) ?? process.parent;
    }
    process.startProgram(event.exec, event.timeUs);
    process.uid = event.uid;
    process.gid = event.gid;
    joined.path = event.exec.exePath;
    this.#containers.observe(event, process);
  }

  #fork(event: SensorEvent, process: TrackedProcess): void {
    if (event.result <= 0) return;
    const parent =
      event.ppid > 0 && event.ppid !== process.pid ? (this.#processes.get(event.ppid) ?? process) : process;
    const child = new TrackedProcess(event.result, parent, parent.pid);
    child.cloneTimeUs = event.timeUs;
    child.vpid = event.target ?? 0;
    if (event.value) child.pidNamespace = event.value;
    const known = this.#processes.get(event.result);
    // The same fork is told twice when it makes namespaces: by the scheduler, and by the call with its flags.
    if (known && !known.exited && event.flags !== undefined) return;
    this.#insert(child);
  }

  #exit(process: TrackedProcess): void {
    process.exited = true;
    this.#processes.delete(process.pid);
  }

  #duplicate(joined: RuntimeEvent, event: SensorEvent, process: TrackedProcess): void {
    const fd = event.fd ?? -1;
    if (fd < 0 || event.result < 0) return;
    const old = event.oldFd === undefined ? undefined : process.table.get(event.oldFd);
    const source = old && isStillTrue(old, event.fdMode) ? old : unknownDescriptor(event);
    if (source === undefined) {
      process.table.delete(fd);
      return;
    }
    const closeOnExec =
      event.command === F_DUPFD_CLOEXEC || (event.type === 'dup3' && ((event.flags ?? 0) & O_CLOEXEC) !== 0);
    const copy = { ...source, number: fd, closeOnExec };
    process.table.set(copy);
    joined.descriptor = copy;
  }

  #socket(joined: RuntimeEvent, event: SensorEvent, process: TrackedProcess): void {
    const fd = event.fd ?? -1;
    const isNew = event.type === 'socket' || event.type === 'accept' || event.type === 'accept4';
    const known = isNew || fd < 0 ? undefined : process.table.get(fd);
    const after = socketAfter(event, known);
    joined.descriptor = after;
    joined.nameChanged = after.remote !== undefined && after.name !== known?.name;
    if (fd >= 0) process.table.set(after);
    if (event.data !== undefined) joined.dns = this.#dns(event, after.remote?.port, after.protocol === 'tcp');
  }

  #dns(event: SensorEvent, port: number | undefined, overTcp: boolean): DnsMessage | undefined {
    if (port !== DNS_PORT && event.address?.port !== DNS_PORT) return undefined;
    const message = event.data && parseDns(event.data, overTcp);
    if (message?.response) this.#names.add(message);
    return message;
  }

  #directory(joined: RuntimeEvent, event: SensorEvent, process: TrackedProcess): void {
    const path =
      event.type === 'fchdir'
        ? process.table.get(event.fd ?? -1)?.name
        : this.#resolve(process, event.directoryFd, event.path);
    joined.path = path;
    if (event.type === 'fchdir') joined.descriptor = process.table.get(event.fd ?? -1);
    if (event.result >= 0 && path !== undefined && event.type !== 'chroot') process.cwd = path;
  }

  /** Calls that make a descriptor which has no path. */
  #made(joined: RuntimeEvent, event: SensorEvent, process: TrackedProcess): void {
    joined.path = this.#resolve(process, event.directoryFd, event.path);
    const fd = event.fd ?? -1;
    if (fd < 0) return;
    const name = event.type === 'memfd_create' ? `/memfd:${event.text ?? ''}` : undefined;
    const made = plainDescriptor(fd, event.type === 'memfd_create' ? 'memfd' : 'other', name ?? joined.path);
    process.table.set(made);
    joined.descriptor = made;
  }

  #describeDescriptor(joined: RuntimeEvent, event: SensorEvent, process: TrackedProcess): void {
    if (event.path !== undefined || event.newPath !== undefined) this.#paths(joined, event, process);
    if (event.fd === undefined || event.fd < 0) return;
    const known = process.table.get(event.fd);
    joined.descriptor = known && isStillTrue(known, event.fdMode) ? known : unknownDescriptor(event);
  }

  /** `undefined` when the directory that a path is relative to is not known. */
  #resolve(process: TrackedProcess, directoryFd: number | undefined, path: string | undefined): string | undefined {
    if (path === undefined) return undefined;
    if (path.charCodeAt(0) === 47 || directoryFd === undefined || directoryFd === AT_FDCWD) {
      return absolutePath(process.cwd, path);
    }
    const directory = process.table.get(directoryFd)?.name;
    return directory === undefined ? path : absolutePath(directory, path);
  }
}

type Handler =
  | 'open'
  | 'paths'
  | 'exec'
  | 'fork'
  | 'exit'
  | 'duplicate'
  | 'socket'
  | 'directory'
  | 'identity'
  | 'made'
  | 'rename'
  | 'group';

const handlers: Readonly<Partial<Record<SensorEvent['type'], Handler>>> = {
  open: 'open',
  openat: 'open',
  openat2: 'open',
  creat: 'open',
  execve: 'exec',
  execveat: 'exec',
  clone: 'fork',
  fork: 'fork',
  vfork: 'fork',
  clone3: 'fork',
  procexit: 'exit',
  dup: 'duplicate',
  dup2: 'duplicate',
  dup3: 'duplicate',
  fcntl: 'duplicate',
  socket: 'socket',
  bind: 'socket',
  connect: 'socket',
  listen: 'socket',
  accept: 'socket',
  accept4: 'socket',
  sendto: 'socket',
  sendmsg: 'socket',
  sendmmsg: 'socket',
  recvfrom: 'socket',
  recvmsg: 'socket',
  recvmmsg: 'socket',
  write: 'socket',
  writev: 'socket',
  read: 'socket',
  readv: 'socket',
  chdir: 'directory',
  fchdir: 'directory',
  setuid: 'identity',
  setgid: 'identity',
  setreuid: 'identity',
  setregid: 'identity',
  setresuid: 'identity',
  setresgid: 'identity',
  setsid: 'identity',
  memfd_create: 'made',
  memfd_secret: 'made',
  userfaultfd: 'made',
  io_uring_setup: 'made',
  perf_event_open: 'made',
  open_tree: 'made',
  fsopen: 'made',
  fsmount: 'made',
  open_by_handle_at: 'made',
  pidfd_getfd: 'made',
  fanotify_init: 'made',
  prctl: 'rename',
  cgroup_mkdir: 'group',
  cgroup_rmdir: 'group',
};

/** Ids that stay as they are come as -1. */
function changeIdentity(event: SensorEvent, process: TrackedProcess): void {
  if (event.result < 0) return;
  const effective = event.type.startsWith('setre') ? (event.value ?? -1) | 0 : (event.target ?? -1);
  if (event.type === 'setsid') process.sessionId = event.pid;
  else if (effective === -1) return;
  else if (event.type.endsWith('uid')) process.uid = effective >>> 0;
  else if (event.type.endsWith('gid')) process.gid = effective >>> 0;
}
