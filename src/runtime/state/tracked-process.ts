import type { Container } from '../container.ts';
import type { Descriptor } from '../descriptor.ts';
import type { ExecDetails } from '../event.ts';
import type { Process } from '../process.ts';
import { DescriptorTable } from './descriptor-table.ts';

/** How many generations of processes that have ended are kept for those that live. */
const MAX_GENERATIONS = 128;
const KEPT_GENERATIONS = 64;
const NOBODY = 4294967295;

/** A process while it is followed. Only the tracker changes it. */
export class TrackedProcess implements Process {
  readonly pid: number;
  parent: TrackedProcess | undefined;
  parentPid: number;
  name = '';
  exe = '';
  exePath = '';
  args: readonly string[] = [];
  argsCut = false;
  env: readonly string[] = [];
  cwd = '/';
  tty = 0;
  uid = 0;
  gid = 0;
  loginUid = NOBODY;
  sessionId = 0;
  groupId = 0;
  vpid = 0;
  vpgid = 0;
  pidNamespace = 0;
  mountNamespace = 0;
  networkNamespace = 0;
  userNamespace = 0;
  capEffective = 0;
  capPermitted = 0;
  capInheritable = 0;
  upperLayer = false;
  memfd = false;
  exeWritable = false;
  inode = 0;
  device = 0;
  changeTimeNs = 0;
  modifyTimeNs = 0;
  cloneTimeUs = 0;
  execTimeUs = 0;
  container: Container | undefined;
  exited = false;
  table: DescriptorTable;
  #generation = 0;
  #texts: { readonly args: string; readonly command: string; readonly line: string } | undefined;

  constructor(pid: number, parent: TrackedProcess | undefined, parentPid: number) {
    this.pid = pid;
    this.parent = parent;
    this.parentPid = parentPid;
    this.table = parent ? parent.table.fork() : new DescriptorTable();
    if (parent) this.#inherit(parent);
  }

  get argsText(): string {
    return this.#joined().args;
  }

  get commandLine(): string {
    return this.#joined().command;
  }

  get exeLine(): string {
    return this.#joined().line;
  }

  descriptor(number: number): Descriptor | undefined {
    return this.table.get(number);
  }

  descriptors(): Iterable<Descriptor> {
    return this.table.values();
  }

  /** A new program in the same process. */
  startProgram(exec: ExecDetails, timeUs: number): void {
    this.name = exec.comm;
    this.exe = exec.args[0] ?? exec.filename;
    this.exePath = exec.exePath;
    this.args = exec.args.slice(1);
    this.argsCut = exec.argsCut;
    this.env = exec.env;
    this.cwd = exec.cwd;
    this.tty = exec.tty;
    this.loginUid = exec.loginUid;
    this.sessionId = exec.sessionId;
    this.vpid = exec.vpid;
    this.vpgid = exec.vpgid;
    this.pidNamespace = exec.pidNamespace;
    this.mountNamespace = exec.mountNamespace;
    this.networkNamespace = exec.networkNamespace;
    this.userNamespace = exec.userNamespace;
    this.capEffective = exec.capEffective;
    this.capPermitted = exec.capPermitted;
    this.capInheritable = exec.capInheritable;
    this.upperLayer = exec.upperLayer;
    this.memfd = exec.memfd;
    this.exeWritable = exec.writable;
    this.inode = exec.inode;
    this.device = exec.device;
    this.changeTimeNs = exec.changeTimeNs;
    this.modifyTimeNs = exec.modifyTimeNs;
    this.execTimeUs = timeUs;
    this.#texts = undefined;
    this.table.closeOnExec();
  }

  /** A program gives itself another name: runtimes do while they set up a container. */
  rename(name: string): void {
    this.name = name;
    this.#texts = undefined;
  }

  #joined(): { readonly args: string; readonly command: string; readonly line: string } {
    if (this.#texts === undefined) {
      const args = this.args.join(' ');
      const blank = args === '' ? '' : ' ';
      this.#texts = { args, command: `${this.name}${blank}${args}`, line: `${this.exe}${blank}${args}` };
    }
    return this.#texts;
  }

  #inherit(parent: TrackedProcess): void {
    this.name = parent.name;
    this.exe = parent.exe;
    this.exePath = parent.exePath;
    this.args = parent.args;
    this.argsCut = parent.argsCut;
    this.env = parent.env;
    this.cwd = parent.cwd;
    this.tty = parent.tty;
    this.uid = parent.uid;
    this.gid = parent.gid;
    this.loginUid = parent.loginUid;
    this.sessionId = parent.sessionId;
    this.groupId = parent.groupId;
    this.vpgid = parent.vpgid;
    this.pidNamespace = parent.pidNamespace;
    this.mountNamespace = parent.mountNamespace;
    this.networkNamespace = parent.networkNamespace;
    this.userNamespace = parent.userNamespace;
    this.capEffective = parent.capEffective;
    this.capPermitted = parent.capPermitted;
    this.capInheritable = parent.capInheritable;
    this.upperLayer = parent.upperLayer;
    this.memfd = parent.memfd;
    this.exeWritable = parent.exeWritable;
    this.inode = parent.inode;
    this.device = parent.device;
    this.changeTimeNs = parent.changeTimeNs;
    this.modifyTimeNs = parent.modifyTimeNs;
    this.execTimeUs = parent.execTimeUs;
    this.container = parent.container;
    this.#generation = parent.#generation + 1;
    if (this.#generation > MAX_GENERATIONS) this.#forgetAncestors();
  }

  /** Processes that start one another and end would otherwise hold an endless chain of the dead. */
  #forgetAncestors(): void {
    let last: TrackedProcess = this;
    for (let i = 0; i < KEPT_GENERATIONS && last.parent; i++) {
      last.#generation = KEPT_GENERATIONS - i;
      last = last.parent;
    }
    last.parent = undefined;
    last.#generation = 0;
  }
}
