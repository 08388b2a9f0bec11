/** Names of numbers that system calls have on Linux. Where names stand in a list, the place is the number. */

const ERRORS = `
- EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR
EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLOCK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP
- ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT - EBFONT ENOSTR ENODATA
ETIME ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC
ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ ERESTART ESTRPIPE EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT
ESOCKTNOSUPPORT ENOTSUP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED ECONNRESET ENOBUFS
EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE EUCLEAN ENOTNAM ENAVAIL
EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY EKEYEXPIRED EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL -
`;

const SIGNALS = `
- SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGKILL SIGUSR1 SIGSEGV SIGUSR2 SIGPIPE SIGALRM SIGTERM SIGSTKFLT SIGCHLD
SIGCONT SIGSTOP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGXCPU SIGXFSZ SIGVTALRM SIGPROF SIGWINCH SIGIO SIGPWR SIGSYS
`;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const errors = words(ERRORS);
const signals = words(SIGNALS);

/** `SUCCESS`, `ENOENT`; a number that has no name as it is. */
export function resultName(result: number): string {
  if (result >= 0) return 'SUCCESS';
  const name = errors[-result];
  return name === undefined || name === '-' ? String(result) : name;
}

function signalName(signal: number): string {
  return signals[signal] ?? String(signal);
}

const FAMILIES =
  words(`AF_UNSPEC AF_UNIX AF_INET AF_AX25 AF_IPX AF_APPLETALK AF_NETROM AF_BRIDGE AF_ATMPVC AF_X25 AF_INET6 AF_ROSE AF_DECnet
  AF_NETBEUI AF_SECURITY AF_KEY AF_NETLINK AF_PACKET AF_ASH AF_ECONET AF_ATMSVC AF_RDS AF_SNA AF_IRDA AF_PPPOX AF_WANPIPE AF_LLC - - AF_CAN
  AF_TIPC AF_BLUETOOTH AF_IUCV AF_RXRPC AF_ISDN AF_PHONET AF_IEEE802154 AF_CAIF AF_ALG AF_NFC AF_VSOCK`);

export function familyName(family: number): string {
  return FAMILIES[family] ?? String(family);
}

const BPF_COMMANDS =
  words(`BPF_MAP_CREATE BPF_MAP_LOOKUP_ELEM BPF_MAP_UPDATE_ELEM BPF_MAP_DELETE_ELEM BPF_MAP_GET_NEXT_KEY BPF_PROG_LOAD
  BPF_OBJ_PIN BPF_OBJ_GET BPF_PROG_ATTACH BPF_PROG_DETACH BPF_PROG_TEST_RUN BPF_PROG_GET_NEXT_ID BPF_MAP_GET_NEXT_ID BPF_PROG_GET_FD_BY_ID
  BPF_MAP_GET_FD_BY_ID BPF_OBJ_GET_INFO_BY_FD BPF_PROG_QUERY BPF_RAW_TRACEPOINT_OPEN BPF_BTF_LOAD BPF_BTF_GET_FD_BY_ID BPF_TASK_FD_QUERY
  BPF_MAP_LOOKUP_AND_DELETE_ELEM BPF_MAP_FREEZE BPF_BTF_GET_NEXT_ID BPF_MAP_LOOKUP_BATCH BPF_MAP_LOOKUP_AND_DELETE_BATCH BPF_MAP_UPDATE_BATCH
  BPF_MAP_DELETE_BATCH BPF_LINK_CREATE BPF_LINK_UPDATE BPF_LINK_GET_FD_BY_ID BPF_LINK_GET_NEXT_ID BPF_ENABLE_STATS BPF_ITER_CREATE
  BPF_LINK_DETACH BPF_PROG_BIND_MAP BPF_TOKEN_CREATE`);

const KEYCTL_OPERATIONS =
  words(`KEYCTL_GET_KEYRING_ID KEYCTL_JOIN_SESSION_KEYRING KEYCTL_UPDATE KEYCTL_REVOKE KEYCTL_CHOWN KEYCTL_SETPERM
  KEYCTL_DESCRIBE KEYCTL_CLEAR KEYCTL_LINK KEYCTL_UNLINK KEYCTL_SEARCH KEYCTL_READ KEYCTL_INSTANTIATE KEYCTL_NEGATE
  KEYCTL_SET_REQKEY_KEYRING KEYCTL_SET_TIMEOUT KEYCTL_ASSUME_AUTHORITY KEYCTL_GET_SECURITY KEYCTL_SESSION_TO_PARENT KEYCTL_REJECT
  KEYCTL_INSTANTIATE_IOV KEYCTL_INVALIDATE KEYCTL_GET_PERSISTENT KEYCTL_DH_COMPUTE`);

const FSCONFIG_COMMANDS =
  words(`FSCONFIG_SET_FLAG FSCONFIG_SET_STRING FSCONFIG_SET_BINARY FSCONFIG_SET_PATH FSCONFIG_SET_PATH_EMPTY
  FSCONFIG_SET_FD FSCONFIG_CMD_CREATE FSCONFIG_CMD_RECONFIGURE FSCONFIG_CMD_CREATE_EXCL`);

const FCNTL_COMMANDS = words(
  'F_DUPFD F_GETFD F_SETFD F_GETFL F_SETFL F_GETLK F_SETLK F_SETLKW F_SETOWN F_GETOWN F_SETSIG F_GETSIG',
);

const SECCOMP_OPERATIONS = words(
  'SECCOMP_SET_MODE_STRICT SECCOMP_SET_MODE_FILTER SECCOMP_GET_ACTION_AVAIL SECCOMP_GET_NOTIF_SIZES',
);

const PTRACE_REQUESTS = new Map([
  ...words(`PTRACE_TRACEME PTRACE_PEEKTEXT PTRACE_PEEKDATA PTRACE_PEEKUSR PTRACE_POKETEXT PTRACE_POKEDATA PTRACE_POKEUSR PTRACE_CONT PTRACE_KILL
    PTRACE_SINGLESTEP - - PTRACE_GETREGS PTRACE_SETREGS PTRACE_GETFPREGS PTRACE_SETFPREGS PTRACE_ATTACH PTRACE_DETACH PTRACE_GETFPXREGS
    PTRACE_SETFPXREGS - - - - PTRACE_SYSCALL`).map((name, number) => [number, name] as const),
  ...words(`PTRACE_SETOPTIONS PTRACE_GETEVENTMSG PTRACE_GETSIGINFO PTRACE_SETSIGINFO PTRACE_GETREGSET PTRACE_SETREGSET PTRACE_SEIZE
    PTRACE_INTERRUPT PTRACE_LISTEN PTRACE_PEEKSIGINFO PTRACE_GETSIGMASK PTRACE_SETSIGMASK`).map(
    (name, number) => [0x4200 + number, name] as const,
  ),
]);

const PRCTL_OPTIONS = new Map([
  [1, 'PR_SET_PDEATHSIG'],
  [3, 'PR_GET_DUMPABLE'],
  [4, 'PR_SET_DUMPABLE'],
  [7, 'PR_GET_KEEPCAPS'],
  [8, 'PR_SET_KEEPCAPS'],
  [15, 'PR_SET_NAME'],
  [16, 'PR_GET_NAME'],
  [21, 'PR_GET_SECCOMP'],
  [22, 'PR_SET_SECCOMP'],
  [23, 'PR_CAPBSET_READ'],
  [24, 'PR_CAPBSET_DROP'],
  [35, 'PR_SET_MM'],
  [36, 'PR_SET_CHILD_SUBREAPER'],
  [38, 'PR_SET_NO_NEW_PRIVS'],
  [47, 'PR_CAP_AMBIENT'],
]);

function named(names: readonly string[], number: number): string {
  const name = names[number];
  return name === undefined || name === '-' ? String(number) : name;
}

/** By event type: what `SensorEvent.command` is called. */
export const commandNames: ReadonlyMap<string, (command: number) => string> = new Map([
  ['ptrace', (command: number) => PTRACE_REQUESTS.get(command) ?? String(command)],
  ['bpf', (command: number) => named(BPF_COMMANDS, command)],
  ['keyctl', (command: number) => named(KEYCTL_OPERATIONS, command)],
  ['fsconfig', (command: number) => named(FSCONFIG_COMMANDS, command)],
  ['fcntl', (command: number) => (command === 1030 ? 'F_DUPFD_CLOEXEC' : named(FCNTL_COMMANDS, command))],
  ['seccomp', (command: number) => named(SECCOMP_OPERATIONS, command)],
  ['prctl', (command: number) => PRCTL_OPTIONS.get(command) ?? String(command)],
  ['kill', signalName],
  ['tkill', signalName],
  ['tgkill', signalName],
]);

/** Names of flags in the order in which they are written, joined by `|`; `0` when none is set. */
type Flags = readonly (readonly [number, string])[];

function joinFlags(value: number, flags: Flags): string {
  let text = '';
  for (const [flag, name] of flags) if ((value & flag) === flag) text = text === '' ? name : `${text}|${name}`;
  return text;
}

const OPEN_FLAGS: Flags = [
  [0o100000, 'O_LARGEFILE'],
  [0o200000, 'O_DIRECTORY'],
  [0o40000, 'O_DIRECT'],
  [0o1000, 'O_TRUNC'],
  [0o4010000, 'O_SYNC'],
  [0o4000, 'O_NONBLOCK'],
  [0o200, 'O_EXCL'],
  [0o10000, 'O_DSYNC'],
  [0o2000, 'O_APPEND'],
  [0o100, 'O_CREAT'],
];

const ACCESS = ['O_RDONLY', 'O_WRONLY', 'O_RDWR', 'O_RDWR'];

function openFlagsText(flags: number): string {
  const before = joinFlags(flags, OPEN_FLAGS);
  const access = ACCESS[flags & 3] ?? '';
  const text = before === '' ? access : `${before}|${access}`;
  const closes = (flags & 0o2000000) === 0 ? text : `${text}|O_CLOEXEC`;
  return (flags & 0o20200000) === 0o20200000 ? `${closes}|O_TMPFILE` : closes;
}

const CLONE_FLAGS: Flags = [
  [0x400, 'CLONE_FILES'],
  [0x200, 'CLONE_FS'],
  [0x80000000, 'CLONE_IO'],
  [0x8000000, 'CLONE_NEWIPC'],
  [0x40000000, 'CLONE_NEWNET'],
  [0x20000, 'CLONE_NEWNS'],
  [0x20000000, 'CLONE_NEWPID'],
  [0x4000000, 'CLONE_NEWUTS'],
  [0x8000, 'CLONE_PARENT'],
  [0x100000, 'CLONE_PARENT_SETTID'],
  [0x2000, 'CLONE_PTRACE'],
  [0x800, 'CLONE_SIGHAND'],
  [0x40000, 'CLONE_SYSVSEM'],
  [0x10000, 'CLONE_THREAD'],
  [0x800000, 'CLONE_UNTRACED'],
  [0x100, 'CLONE_VM'],
  [0x10000000, 'CLONE_NEWUSER'],
  [0x200000, 'CLONE_CHILD_CLEARTID'],
  [0x1000000, 'CLONE_CHILD_SETTID'],
  [0x80000, 'CLONE_SETTLS'],
  [0x4000, 'CLONE_VFORK'],
  [0x2000000, 'CLONE_NEWCGROUP'],
];

const MOUNT_FLAGS: Flags = [
  [1, 'RDONLY'],
  [2, 'NOSUID'],
  [4, 'NODEV'],
  [8, 'NOEXEC'],
  [16, 'SYNCHRONOUS'],
  [32, 'REMOUNT'],
  [64, 'MANDLOCK'],
  [128, 'DIRSYNC'],
  [1024, 'NOATIME'],
  [2048, 'NODIRATIME'],
  [4096, 'BIND'],
  [8192, 'MOVE'],
  [16384, 'REC'],
  [32768, 'SILENT'],
  [1 << 16, 'POSIXACL'],
  [1 << 17, 'UNBINDABLE'],
  [1 << 18, 'PRIVATE'],
  [1 << 19, 'SLAVE'],
  [1 << 20, 'SHARED'],
  [1 << 21, 'RELATIME'],
  [1 << 24, 'STRICTATIME'],
  [1 << 25, 'LAZYTIME'],
];

const MODE_FLAGS: Flags = [
  [0o1, 'S_IXOTH'],
  [0o2, 'S_IWOTH'],
  [0o4, 'S_IROTH'],
  [0o10, 'S_IXGRP'],
  [0o20, 'S_IWGRP'],
  [0o40, 'S_IRGRP'],
  [0o100, 'S_IXUSR'],
  [0o200, 'S_IWUSR'],
  [0o400, 'S_IRUSR'],
  [0o1000, 'S_ISVTX'],
  [0o2000, 'S_ISGID'],
  [0o4000, 'S_ISUID'],
];

const FILE_TYPES = new Map([
  [0o100000, 'S_IFREG'],
  [0o20000, 'S_IFCHR'],
  [0o60000, 'S_IFBLK'],
  [0o10000, 'S_IFIFO'],
  [0o140000, 'S_IFSOCK'],
]);

export function modeText(mode: number): string {
  return joinFlags(mode, MODE_FLAGS) || '0';
}

export function nodeModeText(mode: number): string {
  const permissions = joinFlags(mode, MODE_FLAGS);
  const type = FILE_TYPES.get(mode & 0o170000);
  return [permissions, type ?? ''].filter((part) => part !== '').join('|') || '0';
}

const PROTECTION_FLAGS: Flags = [
  [1, 'PROT_READ'],
  [2, 'PROT_WRITE'],
  [4, 'PROT_EXEC'],
];
const UMOUNT_FLAGS: Flags = [
  [1, 'FORCE'],
  [2, 'DETACH'],
  [4, 'EXPIRE'],
  [8, 'NOFOLLOW'],
];
const LINK_FLAGS: Flags = [
  [0x400, 'AT_SYMLINK_FOLLOW'],
  [0x1000, 'AT_EMPTY_PATH'],
];
const OWNER_FLAGS: Flags = [
  [0x100, 'AT_SYMLINK_NOFOLLOW'],
  [0x1000, 'AT_EMPTY_PATH'],
];
const MEMFD_FLAGS: Flags = [
  [1, 'MFD_CLOEXEC'],
  [2, 'MFD_ALLOW_SEALING'],
  [4, 'MFD_HUGETLB'],
];
const RENAME_FLAGS: Flags = [
  [1, 'RENAME_NOREPLACE'],
  [2, 'RENAME_EXCHANGE'],
  [4, 'RENAME_WHITEOUT'],
];
const MODULE_FLAGS: Flags = [
  [1, 'MODULE_INIT_IGNORE_MODVERSIONS'],
  [2, 'MODULE_INIT_IGNORE_VERMAGIC'],
  [4, 'MODULE_INIT_COMPRESSED_FILE'],
];
const UNLOAD_FLAGS: Flags = [
  [0o4000, 'O_NONBLOCK'],
  [0o1000, 'O_TRUNC'],
];
const IO_URING_FLAGS: Flags = [
  [1, 'IORING_SETUP_IOPOLL'],
  [2, 'IORING_SETUP_SQPOLL'],
  [4, 'IORING_SETUP_SQ_AFF'],
  [8, 'IORING_SETUP_CQSIZE'],
  [16, 'IORING_SETUP_CLAMP'],
  [32, 'IORING_SETUP_ATTACH_RW'],
  [64, 'IORING_SETUP_R_DISABLED'],
];

const writer =
  (flags: Flags) =>
  (value: number): string =>
    joinFlags(value, flags) || '0';

/** By event type: how `SensorEvent.flags` is written. */
export const flagTexts: ReadonlyMap<string, (flags: number) => string> = new Map([
  ...['open', 'openat', 'openat2', 'open_by_handle_at', 'dup3', 'accept4'].map(
    (type) => [type, openFlagsText] as const,
  ),
  ...['clone', 'clone3', 'fork', 'vfork', 'unshare', 'setns'].map((type) => [type, writer(CLONE_FLAGS)] as const),
  ['mount', writer(MOUNT_FLAGS)],
  ['umount', writer(UMOUNT_FLAGS)],
  ['umount2', writer(UMOUNT_FLAGS)],
  ['mprotect', writer(PROTECTION_FLAGS)],
  ['unlinkat', writer([[0x200, 'AT_REMOVEDIR']])],
  ['linkat', writer(LINK_FLAGS)],
  ['fchownat', writer(OWNER_FLAGS)],
  ['execveat', writer(OWNER_FLAGS)],
  ['renameat2', writer(RENAME_FLAGS)],
  ['memfd_create', writer(MEMFD_FLAGS)],
  ['finit_module', writer(MODULE_FLAGS)],
  ['delete_module', writer(UNLOAD_FLAGS)],
  ['io_uring_setup', writer(IO_URING_FLAGS)],
]);

const CAPABILITIES =
  words(`CAP_CHOWN CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_FOWNER CAP_FSETID CAP_KILL CAP_SETGID CAP_SETUID CAP_SETPCAP
  CAP_LINUX_IMMUTABLE CAP_NET_BIND_SERVICE CAP_NET_BROADCAST CAP_NET_ADMIN CAP_NET_RAW CAP_IPC_LOCK CAP_IPC_OWNER CAP_SYS_MODULE CAP_SYS_RAWIO
  CAP_SYS_CHROOT CAP_SYS_PTRACE CAP_SYS_PACCT CAP_SYS_ADMIN CAP_SYS_BOOT CAP_SYS_NICE CAP_SYS_RESOURCE CAP_SYS_TIME CAP_SYS_TTY_CONFIG CAP_MKNOD
  CAP_LEASE CAP_AUDIT_WRITE CAP_AUDIT_CONTROL CAP_SETFCAP CAP_MAC_OVERRIDE CAP_MAC_ADMIN CAP_SYSLOG CAP_WAKE_ALARM CAP_BLOCK_SUSPEND CAP_AUDIT_READ
  CAP_PERFMON CAP_BPF CAP_CHECKPOINT_RESTORE`);

/** Few sets of capabilities are met, so that each is written once. */
const capabilityTexts = new Map<number, string>();
const MAX_CAPABILITY_TEXTS = 1000;

/** Names with blanks between them. A set of more than 31 is no 32-bit number: it is divided, not shifted. */
export function capabilitiesText(set: number): string {
  const known = capabilityTexts.get(set);
  if (known !== undefined) return known;
  const text = CAPABILITIES.filter((_name, number) => Math.floor(set / 2 ** number) % 2 === 1).join(' ');
  if (capabilityTexts.size >= MAX_CAPABILITY_TEXTS) capabilityTexts.clear();
  capabilityTexts.set(set, text);
  return text;
}
