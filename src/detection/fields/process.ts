import type { Process, RuntimeEvent } from '#runtime/index.ts';
import {
  type BoundField,
  type Field,
  type FieldType,
  type FieldValue,
  field,
  parseIndex,
  type Read,
  unseenField,
} from './field.ts';
import { capabilitiesText } from './names.ts';

type E = RuntimeEvent;
type ReadProcess = (process: Process, event: E) => FieldValue | undefined;

/** Chains of parents end; a table that was damaged must not make a circle. */
const MAX_ANCESTORS = 100;

function ancestor(process: Process, levels: number): Process | undefined {
  let one: Process | undefined = process;
  for (let level = 0; level < levels && one !== undefined; level++) one = one.parent;
  return one;
}

const own =
  (read: ReadProcess): Read<E> =>
  (event) =>
    read(event.process, event);

const parents =
  (read: ReadProcess): Read<E> =>
  (event) =>
    event.process.parent && read(event.process.parent, event);

/** `proc.aname[2]`: of the ancestor so many levels above; without a number of any ancestor. */
function ancestors(name: string, type: FieldType, description: string, read: ReadProcess): Field<E> {
  return {
    name,
    type,
    description,
    argument: 'optional',
    plain: true,
    bind: (argument) => boundAncestor(argument, read),
  };
}

function boundAncestor(argument: string | undefined, read: ReadProcess): BoundField<E> | string {
  if (argument !== undefined) {
    const levels = parseIndex(argument, MAX_ANCESTORS);
    if (typeof levels === 'string') return levels;
    return {
      read: (event) => {
        const one = ancestor(event.process, levels);
        return one && read(one, event);
      },
    };
  }
  return {
    read: own(read),
    some: (event, test) => {
      let one = event.process.parent;
      for (let level = 0; level < MAX_ANCESTORS && one !== undefined; level++) {
        const value = read(one, event);
        if (value !== undefined && test(value)) return true;
        one = one.parent;
      }
      return false;
    },
  };
}

const exe: ReadProcess = (process) => process.exe;
const exePath: ReadProcess = (process) => process.exePath;
const processName: ReadProcess = (process) => process.name;
const commandLine: ReadProcess = (process) => process.commandLine;
const pid: ReadProcess = (process) => process.pid;

/** The leader of a session or group: the process of that id, or else its nearest kin in it. */
function leader(event: E, id: number, belongs: (process: Process) => boolean): Process {
  const found = event.processAt(id);
  if (found !== undefined) return found;
  let one = event.process;
  for (let level = 0; level < MAX_ANCESTORS && one.parent !== undefined && belongs(one.parent); level++)
    one = one.parent;
  return one;
}

const sessionLeader = (event: E): Process =>
  leader(event, event.process.sessionId, (process) => process.sessionId === event.process.sessionId);
const groupLeader = (event: E): Process =>
  leader(event, event.process.groupId, (process) => process.groupId === event.process.groupId);

const SHELLS: ReadonlySet<string> = new Set([
  'ash',
  'bash',
  'csh',
  'ksh',
  'sh',
  'tcsh',
  'zsh',
  'dash',
  'rbash',
  'fish',
]);

function loginShell({ process }: E): number | undefined {
  let oldest: number | undefined;
  let one: Process | undefined = process;
  for (let level = 0; level < MAX_ANCESTORS && one !== undefined; level++) {
    if (SHELLS.has(one.name)) oldest = one.pid;
    one = one.parent;
  }
  return oldest;
}

function argumentAt(name: string, description: string, list: 'args' | 'env'): Field<E> {
  return {
    name,
    type: 'text',
    description,
    argument: 'optional',
    bind: (argument) => {
      if (argument === undefined) {
        const read: Read<E> = list === 'args' ? ({ process }) => process.argsText : ({ process }) => joinedEnv(process);
        return { read, items: ({ process }) => process[list] };
      }
      if (list === 'env' && !/^\d+$/.test(argument)) return { read: ({ process }) => variable(process, argument) };
      const index = parseIndex(argument, 4096);
      return typeof index === 'string' ? index : { read: ({ process }) => process[list][index] };
    },
  };
}

const envTexts = new WeakMap<readonly string[], string>();

function joinedEnv({ env }: Process): string {
  const known = envTexts.get(env);
  if (known !== undefined) return known;
  const text = env.join(' ');
  envTexts.set(env, text);
  return text;
}

function variable({ env }: Process, name: string): string | undefined {
  const entry = env.find((one) => one.startsWith(`${name}=`));
  return entry?.slice(name.length + 1);
}

const standard = (number: number, part: 'kind' | 'name'): Read<E> => {
  return ({ process }) => process.descriptor(number)?.[part];
};

const lineFields: readonly Field<E>[] = [
  field('proc.exe', 'text', 'first argument: how the program was called', own(exe)),
  field('proc.pexe', 'text', 'proc.exe of the parent', parents(exe)),
  ancestors('proc.aexe', 'text', 'proc.exe of an ancestor: proc.aexe[2], or of any', exe),
  field('proc.exepath', 'text', 'path of the program, resolved', own(exePath)),
  field('proc.pexepath', 'text', 'proc.exepath of the parent', parents(exePath)),
  ancestors('proc.aexepath', 'text', 'proc.exepath of an ancestor, or of any', exePath),
  field('proc.name', 'text', 'name of the process, at most 15 bytes', own(processName)),
  field('proc.pname', 'text', 'proc.name of the parent', parents(processName)),
  ancestors('proc.aname', 'text', 'proc.name of an ancestor, or of any', processName),
  argumentAt('proc.args', 'arguments behind the first with blanks between them, or one by its number', 'args'),
  {
    name: 'proc.aargs',
    type: 'text',
    description: 'proc.args of an ancestor',
    argument: 'optional',
    bind: (argument) => boundAncestor(argument ?? '0', (process) => process.argsText),
  },
  field('proc.cmdline', 'text', 'name and arguments', own(commandLine)),
  field('proc.pcmdline', 'text', 'proc.cmdline of the parent', parents(commandLine)),
  ancestors('proc.acmdline', 'text', 'proc.cmdline of an ancestor, or of any', commandLine),
  field('proc.cmdnargs', 'integer', 'how many arguments', ({ process }) => process.args.length),
  field('proc.cmdlenargs', 'integer', 'characters of all arguments together', ({ process }) =>
    process.args.reduce((sum, argument) => sum + argument.length, 0),
  ),
  field('proc.exeline', 'text', 'first argument and the others', ({ process }) => process.exeLine),
  argumentAt('proc.env', 'environment with blanks between its entries, or one variable by name', 'env'),
  {
    name: 'proc.aenv',
    type: 'text',
    description: 'proc.env of an ancestor, or of any; or a variable of the nearest that has it',
    argument: 'optional',
    plain: true,
    bind: (argument) =>
      argument === undefined || /^\d+$/.test(argument)
        ? boundAncestor(argument, joinedEnv)
        : { read: (event) => nearestVariable(event, argument) },
  },
  field('proc.cwd', 'text', 'working directory, with a slash at the end', ({ process }) =>
    process.cwd.endsWith('/') ? process.cwd : `${process.cwd}/`,
  ),
];

function nearestVariable({ process }: E, name: string): string | undefined {
  let one: Process | undefined = process;
  for (let level = 0; level < MAX_ANCESTORS && one !== undefined; level++) {
    const value = variable(one, name);
    if (value !== undefined) return value;
    one = one.parent;
  }
  return undefined;
}

const idFields: readonly Field<E>[] = [
  field('proc.loginshellid', 'integer', 'process of the oldest shell among the ancestors', loginShell),
  field('proc.tty', 'integer', 'number of the terminal; 0 for none', ({ process }) => process.tty),
  field('proc.pid', 'integer', 'id of the process on the host', ({ process }) => process.pid),
  field('proc.ppid', 'integer', 'id of the parent', ({ process }) => process.parentPid),
  ancestors('proc.apid', 'integer', 'id of an ancestor, or of any', pid),
  field('proc.vpid', 'integer', 'id of the process in its own PID namespace', ({ process }) => process.vpid),
  field('proc.pvpid', 'integer', 'proc.vpid of the parent', ({ process }) => process.parent?.vpid),
  field('proc.sid', 'integer', 'id of the session', ({ process }) => process.sessionId),
  field('proc.sname', 'text', 'name of the leader of the session', (event) => sessionLeader(event).name),
  field('proc.sid.exe', 'text', 'proc.exe of the leader of the session', (event) => sessionLeader(event).exe),
  field(
    'proc.sid.exepath',
    'text',
    'proc.exepath of the leader of the session',
    (event) => sessionLeader(event).exePath,
  ),
  field('proc.vpgid', 'integer', 'id of the process group in its own PID namespace', ({ process }) => process.vpgid),
  field('proc.vpgid.name', 'text', 'name of the leader of the group', (event) => groupLeader(event).name),
  field('proc.vpgid.exe', 'text', 'proc.exe of the leader of the group', (event) => groupLeader(event).exe),
  field('proc.vpgid.exepath', 'text', 'proc.exepath of the leader of the group', (event) => groupLeader(event).exePath),
  field('proc.pgid', 'integer', 'id of the process group', ({ process }) => process.groupId),
  field('proc.pgid.name', 'text', 'name of the leader of the group', (event) => groupLeader(event).name),
  field('proc.pgid.exe', 'text', 'proc.exe of the leader of the group', (event) => groupLeader(event).exe),
  field('proc.pgid.exepath', 'text', 'proc.exepath of the leader of the group', (event) => groupLeader(event).exePath),
  field(
    'proc.is_sid_leader',
    'boolean',
    'whether it leads its session',
    ({ process }) => process.sessionId === process.pid,
  ),
  field(
    'proc.is_vpgid_leader',
    'boolean',
    'whether it leads its group in its own namespace',
    ({ process }) => process.vpgid === process.vpid,
  ),
  field(
    'proc.is_pgid_leader',
    'boolean',
    'whether it leads its group',
    ({ process }) => process.groupId === process.pid,
  ),
  field('thread.tid', 'integer', 'id of the thread', ({ event }) => event.tid),
  field('thread.ismain', 'boolean', 'whether it is the main thread', ({ event }) => event.tid === event.pid),
  field('thread.vtid', 'integer', 'id of the main thread in its own namespace', ({ event, process }) =>
    event.tid === event.pid ? process.vpid : undefined,
  ),
];

const timeFields: readonly Field<E>[] = [
  field(
    'proc.duration',
    'duration',
    'nanoseconds since the process began',
    ({ event, process }) => (event.timeUs - process.cloneTimeUs) * 1000,
  ),
  field(
    'proc.ppid.duration',
    'duration',
    'nanoseconds since the parent began',
    ({ event, process }) => process.parent && (event.timeUs - process.parent.cloneTimeUs) * 1000,
  ),
  field(
    'proc.pid.ts',
    'time',
    'when the process began, nanoseconds since 1970',
    ({ process }) => process.cloneTimeUs * 1000,
  ),
  field(
    'proc.ppid.ts',
    'time',
    'when the parent began',
    ({ process }) => process.parent && process.parent.cloneTimeUs * 1000,
  ),
];

const programFields: readonly Field<E>[] = [
  field(
    'proc.is_exe_writable',
    'boolean',
    'whether the user may write to the program',
    ({ process }) => process.exeWritable,
  ),
  field(
    'proc.is_exe_upper_layer',
    'boolean',
    'the program did not come with the image',
    ({ process }) => process.upperLayer,
  ),
  field(
    'proc.is_exe_lower_layer',
    'boolean',
    'the program came with the image',
    ({ process }) => process.container !== undefined && !process.upperLayer && !process.memfd,
  ),
  field(
    'proc.is_exe_from_memfd',
    'boolean',
    'the program is a file in memory without a name',
    ({ process }) => process.memfd,
  ),
  field('proc.exe_ino', 'integer', 'inode of the program', ({ process }) => process.inode),
  field(
    'proc.exe_ino.ctime',
    'time',
    'last change of status of the program, nanoseconds since 1970',
    ({ process }) => process.changeTimeNs,
  ),
  field('proc.exe_ino.mtime', 'time', 'last change of the program', ({ process }) => process.modifyTimeNs),
  field(
    'proc.exe_ino.ctime_duration_proc_start',
    'duration',
    'nanoseconds between the last change and the start',
    ({ process }) => (process.changeTimeNs === 0 ? undefined : process.execTimeUs * 1000 - process.changeTimeNs),
  ),
  field(
    'proc.exe_ino.ctime_duration_pidns_start',
    'duration',
    'nanoseconds between the start of the container and the last change',
    ({ process }) =>
      process.container?.startUs === undefined || process.changeTimeNs === 0
        ? undefined
        : process.changeTimeNs - process.container.startUs * 1000,
  ),
  field('proc.pidns_init_start_ts', 'time', 'when the container began, nanoseconds since 1970', ({ process }) =>
    process.container?.startUs === undefined ? undefined : process.container.startUs * 1000,
  ),
  field('thread.cap_permitted', 'text', 'permitted capabilities', ({ process }) =>
    capabilitiesText(process.capPermitted),
  ),
  field('thread.cap_inheritable', 'text', 'inheritable capabilities', ({ process }) =>
    capabilitiesText(process.capInheritable),
  ),
  field('thread.cap_effective', 'text', 'effective capabilities', ({ process }) =>
    capabilitiesText(process.capEffective),
  ),
];

const descriptorFields: readonly Field<E>[] = [
  field(
    'proc.fdopencount',
    'integer',
    'descriptors that are known to be open',
    ({ process }) => [...process.descriptors()].length,
  ),
  field('proc.stdin.type', 'text', 'fd.type of descriptor 0', standard(0, 'kind')),
  field('proc.stdout.type', 'text', 'fd.type of descriptor 1', standard(1, 'kind')),
  field('proc.stderr.type', 'text', 'fd.type of descriptor 2', standard(2, 'kind')),
  field('proc.stdin.name', 'text', 'fd.name of descriptor 0', standard(0, 'name')),
  field('proc.stdout.name', 'text', 'fd.name of descriptor 1', standard(1, 'name')),
  field('proc.stderr.name', 'text', 'fd.name of descriptor 2', standard(2, 'name')),
  field('thread.cgroups', 'text', 'control group of the container', ({ process }) => process.container?.cgroupPath),
  {
    name: 'thread.cgroup',
    type: 'text',
    description: 'control group of the container, the same for every subsystem',
    argument: 'required',
    bind: () => ({ read: ({ process }) => process.container?.cgroupPath }),
  },
];

const unseenFields: readonly Field<E>[] = [
  ...(
    [
      ['proc.fdlimit', 'integer', 'how many descriptors the process may open'],
      ['proc.fdusage', 'number', 'share of the descriptors that it may open'],
      ['proc.vmsize', 'integer', 'virtual memory in kB'],
      ['proc.vmrss', 'integer', 'resident memory in kB'],
      ['proc.vmswap', 'integer', 'swapped memory in kB'],
      ['proc.nthreads', 'integer', 'threads of the process'],
      ['proc.nchilds', 'integer', 'threads but for the main one'],
      ['thread.pfmajor', 'integer', 'major page faults'],
      ['thread.pfminor', 'integer', 'minor page faults'],
      ['thread.exectime', 'duration', 'processor time of the last run'],
      ['thread.totexectime', 'duration', 'processor time of all runs'],
      ['thread.cpu', 'number', 'share of a processor in the last second'],
      ['thread.cpu.user', 'number', 'the same in user space'],
      ['thread.cpu.system', 'number', 'the same in the kernel'],
      ['thread.vmsize', 'integer', 'virtual memory of the main thread in kB'],
      ['thread.vmrss', 'integer', 'resident memory of the main thread in kB'],
    ] as const
  ).map(([name, type, description]) => unseenField<E>(name, type, description)),
  ...['proc.is_container_healthcheck', 'proc.is_container_liveness_probe', 'proc.is_container_readiness_probe'].map(
    (name) =>
      field<E>(name, 'boolean', 'whether it is a probe of the container: not known', () => false, {
        deprecated: 'nothing',
      }),
  ),
];

/** `proc.*` and `thread.*` */
export const processFields: readonly Field<E>[] = [
  ...lineFields,
  ...idFields,
  ...timeFields,
  ...programFields,
  ...descriptorFields,
  ...unseenFields,
];
