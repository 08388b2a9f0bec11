import type { EventType } from '../../event-type.ts';

/**
 * The system calls that are told: the one source of what the program in the kernel takes of each (`tools/bpf-sensor.ts` makes
 * `program/calls.h` of it) and of what the reader makes of the registers.
 */
export interface Call {
  readonly type: EventType;
  /** Numbers on x86-64, on 32-bit x86 (called by 64-bit kernels too) and on arm64; -1 where there is none, or where its structures in memory are others. */
  readonly numbers: readonly [x86: number, ia32: number, arm64: number];
  /** What the program does with it; nothing means that registers are enough. */
  readonly handler?: 'paths' | 'structure' | 'descriptor' | 'socket' | 'message';
  /** Which of the calls are told, when not all. */
  readonly filter?: CallFilter;
  /** How the bytes of a message are given. */
  readonly shape?: 'vector' | 'message' | 'messages';
  /** Which argument is the descriptor; `result` when the call makes it. */
  readonly fd?: number | 'result';
  readonly path?: number;
  readonly newPath?: number;
  readonly text?: number;
  readonly address?: number;
  readonly data?: number;
  /** Which arguments are which members of an event. */
  readonly members?: Readonly<Partial<Record<NumberMember, number>>>;
}

export type NumberMember =
  | 'oldFd'
  | 'directoryFd'
  | 'newDirectoryFd'
  | 'flags'
  | 'mode'
  | 'command'
  | 'target'
  | 'value'
  | 'size'
  | 'domain'
  | 'socketType'
  | 'protocol';

type CallFilter =
  | 'fcntl'
  | 'prctl'
  | 'ptrace'
  | 'ioctl'
  | 'mprotect'
  | 'setsockopt'
  | 'kill'
  | 'tgkill'
  | 'exec'
  | 'clone'
  | 'clone3'
  | 'bpf'
  | 'answered'
  | 'sending';

export const calls: readonly Call[] = [
  { type: 'execve', numbers: [59, 11, 221], handler: 'paths', filter: 'exec', path: 0 },
  {
    type: 'execveat',
    numbers: [322, 358, 281],
    handler: 'paths',
    filter: 'exec',
    path: 1,
    members: { directoryFd: 0, flags: 4 },
  },
  { type: 'clone', numbers: [56, 120, 220], filter: 'clone', members: { flags: 0 } },
  { type: 'clone3', numbers: [435, -1, 435], handler: 'structure', filter: 'clone3', data: 0, members: { flags: 4 } },
  { type: 'kill', numbers: [62, 37, 129], filter: 'kill', members: { target: 0, command: 1 } },
  { type: 'tkill', numbers: [200, 238, 130], filter: 'kill', members: { target: 0, command: 1 } },
  { type: 'tgkill', numbers: [234, 270, 131], filter: 'tgkill', members: { target: 0, command: 2 } },
  { type: 'ptrace', numbers: [101, 26, 117], filter: 'ptrace', members: { command: 0, target: 1 } },
  { type: 'prctl', numbers: [157, 172, 167], filter: 'prctl', members: { command: 0, value: 1 } },
  { type: 'process_vm_readv', numbers: [310, 347, 270], members: { target: 0 } },
  { type: 'process_vm_writev', numbers: [311, 348, 271], members: { target: 0 } },
  { type: 'setsid', numbers: [112, 66, 157] },
  { type: 'setpgid', numbers: [109, 57, 154], members: { target: 0, value: 1 } },
  { type: 'mprotect', numbers: [10, 125, 226], filter: 'mprotect', members: { size: 1, flags: 2 } },
  { type: 'pidfd_getfd', numbers: [438, 438, 438], fd: 'result', members: { target: 0, oldFd: 1 } },
  { type: 'seccomp', numbers: [317, 354, 277], members: { command: 0, flags: 1 } },
  { type: 'personality', numbers: [135, 136, 92], members: { flags: 0 } },
  { type: 'open', numbers: [2, 5, -1], handler: 'paths', fd: 'result', path: 0, members: { flags: 1, mode: 2 } },
  {
    type: 'openat',
    numbers: [257, 295, 56],
    handler: 'paths',
    fd: 'result',
    path: 1,
    members: { directoryFd: 0, flags: 2, mode: 3 },
  },
  {
    type: 'openat2',
    numbers: [437, -1, 437],
    handler: 'structure',
    fd: 'result',
    path: 1,
    data: 2,
    members: { directoryFd: 0, flags: 4, mode: 5 },
  },
  { type: 'creat', numbers: [85, 8, -1], handler: 'paths', fd: 'result', path: 0, members: { mode: 1 } },
  {
    type: 'open_by_handle_at',
    numbers: [304, 342, -1],
    handler: 'descriptor',
    fd: 'result',
    members: { directoryFd: 0, flags: 2 },
  },
  { type: 'rename', numbers: [82, 38, -1], handler: 'paths', path: 0, newPath: 1 },
  {
    type: 'renameat',
    numbers: [264, 302, 38],
    handler: 'paths',
    path: 1,
    newPath: 3,
    members: { directoryFd: 0, newDirectoryFd: 2 },
  },
  {
    type: 'renameat2',
    numbers: [316, 353, 276],
    handler: 'paths',
    path: 1,
    newPath: 3,
    members: { directoryFd: 0, newDirectoryFd: 2, flags: 4 },
  },
  { type: 'unlink', numbers: [87, 10, -1], handler: 'paths', path: 0 },
  { type: 'unlinkat', numbers: [263, 301, 35], handler: 'paths', path: 1, members: { directoryFd: 0, flags: 2 } },
  { type: 'rmdir', numbers: [84, 40, -1], handler: 'paths', path: 0 },
  { type: 'mkdir', numbers: [83, 39, -1], handler: 'paths', path: 0, members: { mode: 1 } },
  { type: 'mkdirat', numbers: [258, 296, 34], handler: 'paths', path: 1, members: { directoryFd: 0, mode: 2 } },
  { type: 'link', numbers: [86, 9, -1], handler: 'paths', path: 0, newPath: 1 },
  {
    type: 'linkat',
    numbers: [265, 303, 37],
    handler: 'paths',
    path: 1,
    newPath: 3,
    members: { directoryFd: 0, newDirectoryFd: 2, flags: 4 },
  },
  { type: 'symlink', numbers: [88, 83, -1], handler: 'paths', path: 0, newPath: 1 },
  { type: 'symlinkat', numbers: [266, 304, 36], handler: 'paths', path: 0, newPath: 2, members: { newDirectoryFd: 1 } },
  { type: 'chmod', numbers: [90, 15, -1], handler: 'paths', path: 0, members: { mode: 1 } },
  { type: 'fchmod', numbers: [91, 94, 52], handler: 'descriptor', fd: 0, members: { mode: 1 } },
  { type: 'fchmodat', numbers: [268, 306, 53], handler: 'paths', path: 1, members: { directoryFd: 0, mode: 2 } },
  {
    type: 'fchmodat',
    numbers: [452, 452, 452],
    handler: 'paths',
    path: 1,
    members: { directoryFd: 0, mode: 2, flags: 3 },
  },
  { type: 'chown', numbers: [92, 182, -1], handler: 'paths', path: 0, members: { target: 1, value: 2 } },
  { type: 'lchown', numbers: [94, 16, -1], handler: 'paths', path: 0, members: { target: 1, value: 2 } },
  { type: 'fchown', numbers: [93, 95, 55], handler: 'descriptor', fd: 0, members: { target: 1, value: 2 } },
  {
    type: 'fchownat',
    numbers: [260, 298, 54],
    handler: 'paths',
    path: 1,
    members: { directoryFd: 0, target: 2, value: 3, flags: 4 },
  },
  { type: 'mknod', numbers: [133, 14, -1], handler: 'paths', path: 0, members: { mode: 1, target: 2 } },
  {
    type: 'mknodat',
    numbers: [259, 297, 33],
    handler: 'paths',
    path: 1,
    members: { directoryFd: 0, mode: 2, target: 3 },
  },
  { type: 'truncate', numbers: [76, 92, 45], handler: 'paths', path: 0, members: { size: 1 } },
  { type: 'ftruncate', numbers: [77, 93, 46], handler: 'descriptor', fd: 0, members: { size: 1 } },
  { type: 'chdir', numbers: [80, 12, 49], handler: 'paths', path: 0 },
  { type: 'fchdir', numbers: [81, 133, 50], handler: 'descriptor', fd: 0 },
  { type: 'dup', numbers: [32, 41, 23], handler: 'descriptor', fd: 'result', members: { oldFd: 0 } },
  { type: 'dup2', numbers: [33, 63, -1], handler: 'descriptor', fd: 'result', members: { oldFd: 0 } },
  { type: 'dup3', numbers: [292, 330, 24], handler: 'descriptor', fd: 'result', members: { oldFd: 0, flags: 2 } },
  {
    type: 'fcntl',
    numbers: [72, 55, 25],
    handler: 'descriptor',
    filter: 'fcntl',
    fd: 'result',
    members: { oldFd: 0, command: 1 },
  },
  { type: 'memfd_create', numbers: [319, 356, 279], handler: 'paths', fd: 'result', text: 0, members: { flags: 1 } },
  { type: 'memfd_secret', numbers: [447, 447, 447], fd: 'result', members: { flags: 0 } },
  { type: 'setxattr', numbers: [188, 226, 5], handler: 'paths', path: 0, text: 1, members: { size: 3 } },
  { type: 'lsetxattr', numbers: [189, 227, 6], handler: 'paths', path: 0, text: 1, members: { size: 3 } },
  { type: 'fsetxattr', numbers: [190, 228, 7], handler: 'paths', fd: 0, text: 1, members: { size: 3 } },
  { type: 'ioctl', numbers: [16, 54, 29], filter: 'ioctl', fd: 0, members: { command: 1, value: 2 } },
  {
    type: 'socket',
    numbers: [41, 359, 198],
    handler: 'socket',
    fd: 'result',
    members: { domain: 0, socketType: 1, protocol: 2 },
  },
  { type: 'socketpair', numbers: [53, 360, 199], members: { domain: 0, socketType: 1, protocol: 2 } },
  { type: 'bind', numbers: [49, 361, 200], handler: 'socket', fd: 0, address: 1 },
  { type: 'connect', numbers: [42, 362, 203], handler: 'socket', fd: 0, address: 1 },
  { type: 'listen', numbers: [50, 363, 201], handler: 'socket', fd: 0, members: { value: 1 } },
  {
    type: 'accept',
    numbers: [43, -1, 202],
    handler: 'socket',
    filter: 'answered',
    fd: 'result',
    members: { oldFd: 0 },
  },
  {
    type: 'accept4',
    numbers: [288, 364, 242],
    handler: 'socket',
    filter: 'answered',
    fd: 'result',
    members: { oldFd: 0, flags: 3 },
  },
  {
    type: 'sendto',
    numbers: [44, -1, 206],
    handler: 'message',
    filter: 'sending',
    fd: 0,
    address: 4,
    members: { size: 2, flags: 3 },
  },
  {
    type: 'sendmsg',
    numbers: [46, -1, 211],
    handler: 'message',
    filter: 'sending',
    shape: 'message',
    fd: 0,
    members: { flags: 2 },
  },
  {
    type: 'sendmmsg',
    numbers: [307, -1, 269],
    handler: 'message',
    filter: 'sending',
    shape: 'messages',
    fd: 0,
    members: { flags: 3 },
  },
  { type: 'recvfrom', numbers: [45, -1, 207], handler: 'message', fd: 0, address: 4, members: { size: 2, flags: 3 } },
  { type: 'recvmsg', numbers: [47, -1, 212], handler: 'message', shape: 'message', fd: 0, members: { flags: 2 } },
  { type: 'recvmmsg', numbers: [299, -1, 243], handler: 'message', shape: 'messages', fd: 0, members: { flags: 3 } },
  { type: 'write', numbers: [1, -1, 64], handler: 'message', filter: 'sending', fd: 0, members: { size: 2 } },
  { type: 'writev', numbers: [20, -1, 66], handler: 'message', filter: 'sending', shape: 'vector', fd: 0 },
  { type: 'read', numbers: [0, -1, 63], handler: 'message', fd: 0, members: { size: 2 } },
  { type: 'readv', numbers: [19, -1, 65], handler: 'message', shape: 'vector', fd: 0 },
  {
    type: 'setsockopt',
    numbers: [54, 366, 208],
    handler: 'socket',
    filter: 'setsockopt',
    fd: 0,
    members: { command: 2, value: 1 },
  },
  { type: 'unshare', numbers: [272, 310, 97], members: { flags: 0 } },
  { type: 'setns', numbers: [308, 346, 268], handler: 'descriptor', fd: 0, members: { flags: 1 } },
  { type: 'mount', numbers: [165, 21, 40], handler: 'paths', path: 0, newPath: 1, text: 2, members: { flags: 3 } },
  { type: 'umount2', numbers: [166, 52, 39], handler: 'paths', path: 0, members: { flags: 1 } },
  { type: 'pivot_root', numbers: [155, 217, 41], handler: 'paths', path: 0, newPath: 1 },
  { type: 'chroot', numbers: [161, 61, 51], handler: 'paths', path: 0 },
  {
    type: 'open_tree',
    numbers: [428, 428, 428],
    handler: 'paths',
    fd: 'result',
    path: 1,
    members: { directoryFd: 0, flags: 2 },
  },
  {
    type: 'move_mount',
    numbers: [429, 429, 429],
    handler: 'paths',
    path: 1,
    newPath: 3,
    members: { directoryFd: 0, newDirectoryFd: 2, flags: 4 },
  },
  { type: 'fsopen', numbers: [430, 430, 430], handler: 'paths', fd: 'result', text: 0, members: { flags: 1 } },
  { type: 'fsconfig', numbers: [431, 431, 431], handler: 'paths', fd: 0, path: 3, text: 2, members: { command: 1 } },
  { type: 'fsmount', numbers: [432, 432, 432], fd: 'result', members: { flags: 1 } },
  { type: 'mount_setattr', numbers: [442, 442, 442], handler: 'paths', path: 1, members: { directoryFd: 0, flags: 2 } },
  { type: 'setuid', numbers: [105, 23, 146], members: { target: 0 } },
  { type: 'setgid', numbers: [106, 46, 144], members: { target: 0 } },
  { type: 'setfsuid', numbers: [122, 138, 151], members: { target: 0 } },
  { type: 'setfsgid', numbers: [123, 139, 152], members: { target: 0 } },
  { type: 'setreuid', numbers: [113, 70, 145], members: { target: 0, value: 1 } },
  { type: 'setregid', numbers: [114, 71, 143], members: { target: 0, value: 1 } },
  { type: 'setresuid', numbers: [117, 164, 147], members: { target: 0, value: 1 } },
  { type: 'setresgid', numbers: [119, 170, 149], members: { target: 0, value: 1 } },
  { type: 'setgroups', numbers: [116, 81, 159], members: { size: 0 } },
  { type: 'capset', numbers: [126, 185, 91] },
  { type: 'keyctl', numbers: [250, 288, 219], members: { command: 0, target: 1 } },
  { type: 'add_key', numbers: [248, 286, 217], handler: 'paths', text: 0 },
  { type: 'request_key', numbers: [249, 287, 218], handler: 'paths', text: 0 },
  { type: 'init_module', numbers: [175, 128, 105], handler: 'paths', text: 2, members: { size: 1 } },
  { type: 'finit_module', numbers: [313, 350, 273], handler: 'paths', fd: 0, text: 1, members: { flags: 2 } },
  { type: 'delete_module', numbers: [176, 129, 106], handler: 'paths', text: 0, members: { flags: 1 } },
  { type: 'bpf', numbers: [321, 357, 280], filter: 'bpf', members: { command: 0, size: 2 } },
  { type: 'perf_event_open', numbers: [298, 336, 241], fd: 'result', members: { target: 1, flags: 4 } },
  { type: 'userfaultfd', numbers: [323, 374, 282], fd: 'result', members: { flags: 0 } },
  { type: 'io_uring_setup', numbers: [425, 425, 425], fd: 'result', members: { size: 0 } },
  { type: 'kexec_load', numbers: [246, 283, 104], members: { flags: 3 } },
  { type: 'kexec_file_load', numbers: [320, -1, 294], fd: 0, members: { flags: 4 } },
  { type: 'reboot', numbers: [169, 88, 142], members: { command: 2 } },
  { type: 'swapon', numbers: [167, 87, 224], handler: 'paths', path: 0, members: { flags: 1 } },
  { type: 'swapoff', numbers: [168, 115, 225], handler: 'paths', path: 0 },
  { type: 'sethostname', numbers: [170, 74, 161], handler: 'paths', text: 0, members: { size: 1 } },
  { type: 'setdomainname', numbers: [171, 121, 162], handler: 'paths', text: 0, members: { size: 1 } },
  { type: 'acct', numbers: [163, 51, 89], handler: 'paths', path: 0 },
  { type: 'quotactl', numbers: [179, 131, 60], members: { command: 0 } },
  { type: 'clock_settime', numbers: [227, 264, 112], members: { command: 0 } },
  { type: 'settimeofday', numbers: [164, 79, 170] },
  { type: 'iopl', numbers: [172, 110, -1], members: { value: 0 } },
  { type: 'ioperm', numbers: [173, 101, -1], members: { value: 0, size: 1 } },
  { type: 'syslog', numbers: [103, 103, 116], members: { command: 0, size: 2 } },
  { type: 'fanotify_init', numbers: [300, 338, 262], fd: 'result', members: { flags: 0 } },
];
