import type { Container } from './container.ts';
import type { Descriptor, SocketEnds } from './descriptor.ts';
import type { EventType } from './event-type.ts';
import type { Process } from './process.ts';

/**
 * What a sensor saw, flat. A sensor may reuse one object for all of its events: whoever keeps one longer than the call copies it,
 * its bytes too. Written as JSON without what is `undefined`, it is a line of a recording.
 *
 * Events are told when a call has returned, with its result, as Falco has them since 0.42. What a member holds by type:
 *
 * | member | of |
 * |---|---|
 * | `fd` | the descriptor that a call is about, or has made (open, socket, accept, dup: the new one); -1 when it failed |
 * | `oldFd` | dup*: what was duplicated; accept*: the listening socket |
 * | `directoryFd`, `newDirectoryFd` | the `*at` calls; -100 is the working directory |
 * | `path` | the path as it was given; symlink*: the target that is written; mount: the source |
 * | `newPath` | rename*, link*: the new name; symlink*: the link; mount, move_mount: the place; pivot_root: `put_old` |
 * | `text` | mount: type of file system; memfd_create: name; setxattr: attribute; fsconfig: key; add_key, request_key: type; init_module: parameters |
 * | `flags` | open*: O_*; clone*, unshare, setns: CLONE_*; mount: MS_*; unlinkat, linkat, renameat2: theirs; mprotect: PROT_* |
 * | `mode` | open* with O_CREAT, mkdir*, mknod*, chmod*, creat: permission and type bits |
 * | `command` | ptrace: request; bpf, keyctl, fcntl, prctl, kexec, ioctl, seccomp, quotactl: command; kill, tkill, tgkill: signal |
 * | `target` | ptrace, kill, process_vm_*: process; setuid, setgid, setre*, setres*: id; chown*: user id; mknod*: device; perf_event_open: process |
 * | `value` | prctl: first argument; chown*, setre*, setres*: second id; bpf: type of the program or map; listen: backlog |
 * | `size` | bytes asked for or passed |
 * | `domain`, `socketType`, `protocol` | socket, socketpair; of the socket for the other network calls |
 */
export interface SensorEvent {
  type: EventType;
  /** Microseconds since 1970. */
  timeUs: number;
  cpu: number;
  /** The process (thread group) and the thread, as the first PID namespace numbers them. */
  pid: number;
  tid: number;
  /** Parent process; 0 when the sensor does not say. */
  ppid: number;
  uid: number;
  gid: number;
  /** Id of the control group of the v2 hierarchy; 0 when the sensor does not say. */
  cgroupId: number;
  /** Name of the thread, at most 15 bytes. */
  comm: string;
  /** What the call returned; negative is -errno. clone: the new process. procexit: the status as `wait` has it. */
  result: number;
  fd: number | undefined;
  oldFd: number | undefined;
  directoryFd: number | undefined;
  newDirectoryFd: number | undefined;
  path: string | undefined;
  newPath: string | undefined;
  text: string | undefined;
  flags: number | undefined;
  mode: number | undefined;
  command: number | undefined;
  target: number | undefined;
  value: number | undefined;
  size: number | undefined;
  domain: number | undefined;
  socketType: number | undefined;
  protocol: number | undefined;
  /** Type bits (S_IFMT) of what `fd` is open on, when the sensor says it: the descriptor table may be behind. */
  fdMode: number | undefined;
  /** Addresses of the socket that the call is about, after it. */
  socket: SocketEnds | undefined;
  /** The address that the call names: connect, bind, sendto, sendmsg; for recvfrom where it came from. */
  address: SocketAddress | undefined;
  /** First bytes that were sent, received or written. */
  data: Uint8Array | undefined;
  /** execve and execveat that succeeded, and processes that were there before the sensor. */
  exec: ExecDetails | undefined;
  /** Path of the control group: cgroup_mkdir, and lines by which a recording makes an id known. */
  cgroupPath: string | undefined;
}

export interface SocketAddress {
  /** AF_*: 1 unix, 2 IPv4, 10 IPv6, 16 netlink, 17 packet. */
  readonly family: number;
  /** Text of the address; the path for unix sockets, abstract ones begin with `@`. */
  readonly ip: string;
  readonly port: number;
}

/** What is known of a program when it starts. */
export interface ExecDetails {
  /** Name as the kernel has it, at most 15 bytes: `proc.name`. */
  readonly comm: string;
  /** As it was called: the path that was given to execve. */
  readonly filename: string;
  /** Resolved path inside the container's root. */
  readonly exePath: string;
  readonly args: readonly string[];
  /** More arguments than the sensor takes were there. */
  readonly argsCut: boolean;
  /** `NAME=value` as they are, bounded. */
  readonly env: readonly string[];
  readonly cwd: string;
  /** Number of the controlling terminal; 0 when there is none. */
  readonly tty: number;
  /** The user who logged in; 4294967295 when nobody did. */
  readonly loginUid: number;
  readonly parentPid: number;
  readonly sessionId: number;
  /** In the process's own PID namespace. */
  readonly vpid: number;
  readonly vpgid: number;
  readonly pidNamespace: number;
  readonly mountNamespace: number;
  readonly networkNamespace: number;
  readonly userNamespace: number;
  readonly capEffective: number;
  readonly capPermitted: number;
  readonly capInheritable: number;
  /** The executable lies in the writable layer of an overlay: it did not come with the image. */
  readonly upperLayer: boolean;
  /** The executable is a file in memory without a name. */
  readonly memfd: boolean;
  /** Whether the user may write to the executable. */
  readonly writable: boolean;
  readonly inode: number;
  readonly device: number;
  /** Nanoseconds since 1970. */
  readonly changeTimeNs: number;
  readonly modifyTimeNs: number;
}

/** A DNS message that a process sent to or got from a server. */
export interface DnsMessage {
  readonly response: boolean;
  /** Without the dot at the end, lower-case. */
  readonly name: string;
  /** @example 'A' */
  readonly type: string;
  readonly code: number;
  readonly addresses: readonly string[];
}

/**
 * An event as the rule engine reads it: joined with process, descriptor and container. One object is reused for all events.
 * What is not known is `undefined`, and a comparison with it is false, whatever the operator.
 */
export interface RuntimeEvent {
  /** Place of the event since the start: `evt.num`. */
  number: number;
  event: SensorEvent;
  process: Process;
  /** What the call is about. For an open that failed it carries the path, with `number` -1. */
  descriptor: Descriptor | undefined;
  /** `undefined` on the host. */
  container: Container | undefined;
  /** `path` and `newPath`, absolute and without `.`, `..` and doubled slashes; `undefined` where they are not paths. */
  path: string | undefined;
  newPath: string | undefined;
  dns: DnsMessage | undefined;
  /** The descriptor is a socket that this event connected or gave an address: `fd.name_changed`. */
  nameChanged: boolean;
  /** The names of an address as earlier DNS answers had it. */
  namesOf(ip: string): readonly string[];
  /** Processes by id, for what is not an ancestor (session leaders, targets of ptrace). */
  processAt(pid: number): Process | undefined;
}

/** A record of another source than the sensor's system calls, for rules of that source: `k8s_audit`. */
export interface DocumentEvent {
  readonly source: string;
  readonly timeUs: number;
  readonly document: unknown;
}

/** A finished alert of another tool, passed on under its own name. */
export interface ForeignAlert {
  readonly tool: string;
  readonly timeUs: number;
  readonly rule: string;
  readonly priority: string;
  readonly output: string;
  readonly tags: readonly string[];
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
}

/** A stretch of time in which something may have happened that was not seen. It becomes a finding: silence is not peace. */
export interface BlindWindow {
  readonly reason: 'lost-events' | 'sensor-start' | 'sensor-restart' | 'clock-change' | 'lost-state' | 'input-unread';
  readonly sensor: string;
  readonly fromUs: number;
  readonly toUs: number;
  /** How many events are known to be missing; `undefined` when that cannot be known. */
  readonly lost: number | undefined;
  readonly detail: string;
}

/** An event without a word in it. All events have this one shape, so that reading them stays fast. */
export function emptyEvent(): SensorEvent {
  return {
    type: 'procexit',
    timeUs: 0,
    cpu: 0,
    pid: 0,
    tid: 0,
    ppid: 0,
    uid: 0,
    gid: 0,
    cgroupId: 0,
    comm: '',
    result: 0,
    fd: undefined,
    oldFd: undefined,
    directoryFd: undefined,
    newDirectoryFd: undefined,
    path: undefined,
    newPath: undefined,
    text: undefined,
    flags: undefined,
    mode: undefined,
    command: undefined,
    target: undefined,
    value: undefined,
    size: undefined,
    domain: undefined,
    socketType: undefined,
    protocol: undefined,
    fdMode: undefined,
    socket: undefined,
    address: undefined,
    data: undefined,
    exec: undefined,
    cgroupPath: undefined,
  };
}
