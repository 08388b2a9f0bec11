import type { Descriptor, EventType, RuntimeEvent } from '#runtime/index.ts';
import { kindLetter } from './kind-letters.ts';
import { capabilitiesText, commandNames, familyName, flagTexts, modeText, nodeModeText, resultName } from './names.ts';

type ArgumentValue = string | number | undefined;

/** An argument of a system call, as Falco names it. */
export interface EventArgument {
  readonly name: string;
  readonly read: (event: RuntimeEvent) => ArgumentValue;
}

function descriptorText(descriptor: Descriptor | undefined, number: number | undefined): ArgumentValue {
  if (descriptor?.name === undefined) return number;
  return `<${kindLetter(descriptor.kind)}>${descriptor.name}`;
}

const reads = {
  result: ({ event }) => resultName(event.result),
  resultNumber: ({ event }) => event.result,
  made: ({ event, descriptor }) => descriptorText(descriptor, event.result),
  fd: ({ event, descriptor }) => descriptorText(descriptor, event.fd),
  oldFd: ({ event, process }) => descriptorText(process.descriptor(event.oldFd ?? -1), event.oldFd),
  directory: ({ event, process }) =>
    event.directoryFd === -100
      ? process.cwd
      : descriptorText(process.descriptor(event.directoryFd ?? -1), event.directoryFd),
  newDirectory: ({ event, process }) =>
    event.newDirectoryFd === -100
      ? process.cwd
      : descriptorText(process.descriptor(event.newDirectoryFd ?? -1), event.newDirectoryFd),
  path: ({ path, event }) => path ?? event.path,
  rawPath: ({ event }) => event.path,
  newPath: ({ newPath, event }) => newPath ?? event.newPath,
  text: ({ event }) => event.text,
  flags: ({ event }) =>
    event.flags === undefined ? undefined : (flagTexts.get(event.type)?.(event.flags) ?? event.flags),
  mode: ({ event }) => (event.mode === undefined ? undefined : modeText(event.mode)),
  nodeMode: ({ event }) => (event.mode === undefined ? undefined : nodeModeText(event.mode)),
  // Files are made with a mode that is told as a number, as Falco has it.
  openMode: ({ event }) => (event.mode === undefined ? undefined : `0${(event.mode & 0o7777).toString(8)}`),
  command: ({ event }) =>
    event.command === undefined ? undefined : (commandNames.get(event.type)?.(event.command) ?? event.command),
  target: ({ event }) => event.target,
  value: ({ event }) => event.value,
  size: ({ event }) => event.size,
  data: ({ event }) => event.data && Buffer.from(event.data).toString('latin1'),
  domain: ({ event }) => (event.domain === undefined ? undefined : familyName(event.domain)),
  socketType: ({ event }) => event.socketType,
  protocol: ({ event }) => event.protocol,
  tuple: ({ descriptor }) => descriptor?.name,
  address: ({ event }) =>
    event.address && (event.address.family === 1 ? event.address.ip : `${event.address.ip}:${event.address.port}`),
  pid: ({ event }) => event.pid,
  tid: ({ event }) => event.tid,
  parentPid: ({ process }) => process.parentPid,
  exe: ({ process }) => process.exe,
  args: ({ process }) => process.argsText,
  comm: ({ process }) => process.name,
  cwd: ({ process }) => process.cwd,
  env: ({ process }) => process.env.join(' '),
  tty: ({ process }) => process.tty,
  vpgid: ({ process }) => process.vpgid,
  loginUid: ({ process }) => process.loginUid,
  uid: ({ process }) => process.uid,
  gid: ({ process }) => process.gid,
  vpid: ({ process }) => process.vpid,
  exePath: ({ process }) => process.exePath,
  filename: ({ event }) => event.exec?.filename ?? event.path,
  execFlags: ({ process }) => execFlags(process),
  inheritable: ({ process }) => capabilitiesText(process.capInheritable),
  permitted: ({ process }) => capabilitiesText(process.capPermitted),
  effective: ({ process }) => capabilitiesText(process.capEffective),
  inode: ({ process }) => process.inode,
} as const satisfies Record<string, (event: RuntimeEvent) => ArgumentValue>;

function execFlags({ exeWritable, upperLayer, memfd }: RuntimeEvent['process']): string {
  const flags = [exeWritable ? 'EXE_WRITABLE' : '', upperLayer ? 'EXE_UPPER_LAYER' : '', memfd ? 'EXE_FROM_MEMFD' : ''];
  return flags.filter((flag) => flag !== '').join('|') || '0';
}

type ReadName = keyof typeof reads;

const EXEC = `res:result exe:exe args:args tid:tid pid:pid ptid:parentPid cwd:cwd comm:comm env:env tty:tty vpgid:vpgid loginuid:loginUid
  flags:execFlags cap_inheritable:inheritable cap_permitted:permitted cap_effective:effective exe_ino:inode uid:uid trusted_exepath:exePath
  gid:gid filename:filename`;
const CLONE =
  'res:resultNumber exe:exe args:args tid:tid pid:pid ptid:parentPid cwd:cwd comm:comm flags:flags uid:uid gid:gid vpid:vpid';

/** The arguments of each type in Falco's order: name and how it is read. */
const TABLE = `
execve ${EXEC}
execveat ${EXEC}
clone ${CLONE}
fork ${CLONE}
vfork ${CLONE}
clone3 ${CLONE}
procexit status:resultNumber
kill res:result pid:target sig:command
tkill res:result tid:target sig:command
tgkill res:result pid:target sig:command
ptrace res:result request:command pid:target
prctl res:result option:command arg2_int:value
process_vm_readv res:resultNumber pid:target
process_vm_writev res:resultNumber pid:target
open fd:made name:path flags:flags mode:openMode
openat fd:made dirfd:directory name:path flags:flags mode:openMode
openat2 fd:made dirfd:directory name:path flags:flags mode:openMode
creat fd:made name:path mode:openMode
open_by_handle_at fd:made mountfd:directory flags:flags path:path
rename res:result oldpath:path newpath:newPath
renameat res:result olddirfd:directory oldpath:path newdirfd:newDirectory newpath:newPath
renameat2 res:result olddirfd:directory oldpath:path newdirfd:newDirectory newpath:newPath flags:flags
unlink res:result path:path
unlinkat res:result dirfd:directory name:path flags:flags
rmdir res:result path:path
mkdir res:result path:path mode:openMode
mkdirat res:result dirfd:directory path:path mode:openMode
link res:result oldpath:path newpath:newPath
linkat res:result olddir:directory oldpath:path newdir:newDirectory newpath:newPath flags:flags
symlink res:result target:rawPath linkpath:newPath
symlinkat res:result target:rawPath linkdirfd:newDirectory linkpath:newPath
chmod res:result filename:path mode:mode
fchmod res:result fd:fd mode:mode
fchmodat res:result dirfd:directory filename:path mode:mode
chown res:result path:path uid:target gid:value
lchown res:result path:path uid:target gid:value
fchown res:result fd:fd uid:target gid:value
fchownat res:result dirfd:directory pathname:path uid:target gid:value flags:flags
mknod res:result path:path mode:nodeMode dev:target
mknodat res:result dirfd:directory path:path mode:nodeMode dev:target
truncate res:result path:path length:size
ftruncate res:result fd:fd length:size
chdir res:result path:path
fchdir res:result fd:fd
dup res:made oldfd:oldFd
dup2 res:made oldfd:oldFd newfd:fd
dup3 res:made oldfd:oldFd newfd:fd flags:flags
fcntl res:resultNumber fd:fd cmd:command arg:value
memfd_create fd:made name:text flags:flags
setxattr res:result path:path name:text
fsetxattr res:result fd:fd name:text
lsetxattr res:result path:path name:text
write res:resultNumber data:data fd:fd size:size
writev res:resultNumber data:data fd:fd size:size
read res:resultNumber data:data fd:fd size:size
readv res:resultNumber size:size data:data fd:fd
socket fd:made domain:domain type:socketType proto:protocol
socketpair res:result domain:domain type:socketType proto:protocol
bind res:result addr:address fd:fd
connect res:result tuple:tuple fd:fd addr:address
listen res:result fd:fd backlog:value
accept fd:made tuple:tuple
accept4 fd:made tuple:tuple flags:flags
sendto res:resultNumber data:data fd:fd size:size tuple:tuple
sendmsg res:resultNumber data:data fd:fd size:size tuple:tuple
sendmmsg res:resultNumber fd:fd size:size data:data tuple:tuple
recvfrom res:resultNumber data:data tuple:tuple fd:fd size:size
recvmsg res:resultNumber size:size data:data tuple:tuple fd:fd
recvmmsg res:resultNumber fd:fd size:size data:data tuple:tuple
setsockopt res:result fd:fd level:command optname:value
unshare res:result flags:flags
setns res:result fd:fd nstype:flags
mount res:result dev:rawPath dir:newPath type:text flags:flags
umount res:result name:path
umount2 res:result name:path flags:flags
pivot_root res:result new_root:path put_old:newPath
chroot res:result path:path
open_tree fd:made dirfd:directory path:path flags:flags
move_mount res:result from:path to:newPath flags:flags
fsopen fd:made fsname:text flags:flags
fsconfig res:result fd:fd cmd:command key:text
fsmount fd:made flags:flags
mount_setattr res:result path:path flags:flags
setuid res:result uid:target
setgid res:result gid:target
setreuid res:result ruid:target euid:value
setregid res:result rgid:target egid:value
setresuid res:result ruid:target euid:value
setresgid res:result rgid:target egid:value
setfsuid res:resultNumber uid:target
setfsgid res:resultNumber gid:target
setgroups res:result
capset res:result cap_effective:effective cap_permitted:permitted cap_inheritable:inheritable
keyctl res:resultNumber operation:command
add_key res:resultNumber type:text
request_key res:resultNumber type:text
init_module res:result length:size uargs:text
finit_module res:result fd:fd uargs:text flags:flags
delete_module res:result name:text flags:flags
bpf fd:resultNumber cmd:command type:value
perf_event_open fd:resultNumber pid:target
userfaultfd res:resultNumber flags:flags
io_uring_setup res:resultNumber entries:size flags:flags
kexec_load res:result flags:flags
kexec_file_load res:result flags:flags
swapon res:result path:path
swapoff res:result path:path
acct res:result path:path
mprotect res:result length:size prot:flags
memfd_secret fd:made flags:flags
pidfd_getfd fd:made pid_fd:oldFd target_fd:target
seccomp res:result op:command flags:flags
setpgid res:result pid:target pgid:value
sendfile res:resultNumber out_fd:fd in_fd:oldFd size:size
splice res:resultNumber fd_in:oldFd fd_out:fd size:size
ioctl res:resultNumber fd:fd request:command
personality res:resultNumber persona:value
cgroup_mkdir path:path
cgroup_rmdir path:path
cpu_sustained size:size value:value
fpu_rounding value:value
`;

function isReadName(word: string): word is ReadName {
  return Object.hasOwn(reads, word);
}

function parseArgument(word: string): EventArgument {
  const [name = '', read = ''] = word.split(':');
  if (!isReadName(read)) throw new Error(`${word} is read by nothing`);
  return { name, read: reads[read] };
}

const table: ReadonlyMap<string, readonly EventArgument[]> = new Map(
  TABLE.trim()
    .split(/\n(?! )/)
    .map((line) => {
      const [type = '', ...words] = line.split(/\s+/);
      return [type, words.map(parseArgument)];
    }),
);

const RESULT_ONLY: readonly EventArgument[] = [{ name: 'res', read: reads.result }];

export function argumentsOf(type: EventType): readonly EventArgument[] {
  return table.get(type) ?? RESULT_ONLY;
}

/** Names that arguments have, of any type. */
export const argumentNames: ReadonlySet<string> = new Set([...table.values()].flat().map(({ name }) => name));

/** `res=0 path=/a`, as `evt.args` has it. */
export function argumentsText(event: RuntimeEvent): string {
  const parts = argumentsOf(event.event.type).map(({ name, read }) => `${name}=${read(event) ?? '<NA>'}`);
  return parts.join(' ');
}
