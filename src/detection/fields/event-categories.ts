import { type EventType, eventTypes } from '#runtime/index.ts';

/** Event types that Falco knows and sensors of ours do not report: rules may name them. */
const OTHERS = `access asyncevent brk close close_range container copy_file_range cpu_hotplug drop epoll_create epoll_create1 epoll_wait eventfd
eventfd2 flock fstat fstat64 futex getcwd getdents getdents64 getegid geteuid getgid getpeername getresgid getresuid getrlimit getsockname
getsockopt getuid groupadded groupdeleted infra inotify_init inotify_init1 io_uring_enter io_uring_register k8s llseek lseek lstat lstat64 mesos
mlock mlock2 mlockall mmap mmap2 munlock munlockall munmap nanosleep newfstatat notification page_fault pidfd_open pipe pipe2 pluginevent poll
ppoll pread preadv prlimit procinfo pwrite pwritev recv select semctl semget semop send setrlimit shutdown signaldeliver signalfd signalfd4 stat
stat64 switch syscall timerfd_create tracer useradded userdeleted adjtimex afs_syscall alarm arch_prctl clock_adjtime clock_getres
clock_gettime clock_nanosleep create_module epoll_ctl epoll_pwait epoll_pwait2 exit exit_group faccessat faccessat2 fadvise64 fallocate
fanotify_mark fdatasync fgetxattr flistxattr fremovexattr fspick fstatfs fsync futimesat get_kernel_syms get_mempolicy get_robust_list
get_thread_area getcpu getgroups getitimer getpgid getpgrp getpid getpmsg getppid getpriority getrandom getresuid getrusage getsid gettid
gettimeofday getxattr inotify_add_watch inotify_rm_watch io_cancel io_destroy io_getevents io_pgetevents io_setup io_submit ioprio_get ioprio_set
kcmp landlock_add_rule landlock_create_ruleset landlock_restrict_self lgetxattr listmount listxattr llistxattr lookup_dcookie lremovexattr
madvise mbind membarrier migrate_pages mincore modify_ldt move_pages mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedsend mq_unlink
mremap msgctl msgget msgrcv msgsnd msync name_to_handle_at nfsservctl pause pidfd_send_signal pkey_alloc pkey_free pkey_mprotect preadv2
process_madvise process_mrelease pselect6 putpmsg pwritev2 query_module quotactl_fd readahead readlink readlinkat remap_file_pages removexattr
restart_syscall rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_tgsigqueueinfo
sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_rr_get_interval
sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield security semtimedop set_mempolicy set_mempolicy_home_node
set_robust_list set_thread_area set_tid_address setitimer setpriority shmat shmctl shmdt shmget sigaltstack statfs statmount statx sync
sync_file_range syncfs sysfs sysinfo tee time timer_create timer_delete timer_getoverrun timer_gettime timer_settime timerfd_gettime
timerfd_settime times tuxcall umask uname uselib ustat utime utimes vhangup vmsplice vserver wait4 waitid waitpid _sysctl rt_sigreturn`;

const others: ReadonlySet<string> = new Set(OTHERS.split(/\s+/));
const sensed: ReadonlySet<string> = new Set(eventTypes);

/** `sensed`: sensors of ours report it. `known`: it is a type, and none does. */
export function eventTypeStanding(type: string): 'sensed' | 'known' | 'unknown' {
  if (sensed.has(type)) return 'sensed';
  return others.has(type) ? 'known' : 'unknown';
}

/** All types that a condition can be about. */
export const allEventTypes: readonly string[] = [...new Set([...eventTypes, ...others])];

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

const FILE = set(
  'open openat openat2 creat open_by_handle_at rename renameat renameat2 unlink unlinkat rmdir mkdir mkdirat link linkat symlink symlinkat chmod fchmod fchmodat chown lchown fchown fchownat mknod mknodat truncate ftruncate chdir fchdir mount umount umount2 chroot setxattr fsetxattr lsetxattr',
);
const NETWORK = set('socket socketpair bind connect listen accept accept4 setsockopt');
const READS = set('read readv recvfrom recvmsg recvmmsg');
const WRITES = set('write writev sendto sendmsg sendmmsg');
const TRANSFERS = set('sendfile splice');
const PROCESS = set('execve execveat clone clone3 fork vfork procexit kill tkill tgkill setsid setpgid');
const USER = set('setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capset');
const MEMORY = set('mprotect');

export const isReadType = (type: EventType): boolean => READS.has(type);
export const isWriteType = (type: EventType): boolean => WRITES.has(type);
export const isTransferType = (type: EventType): boolean => TRANSFERS.has(type);
export const isFileType = (type: EventType): boolean => FILE.has(type);
export const isNetworkType = (type: EventType): boolean => NETWORK.has(type);
export const isMemoryType = (type: EventType): boolean => MEMORY.has(type);

/** `evt.category` */
export function categoryOf(type: EventType): string {
  if (FILE.has(type)) return 'file';
  if (NETWORK.has(type)) return 'net';
  if (READS.has(type)) return 'IO read';
  if (WRITES.has(type)) return 'IO write';
  if (PROCESS.has(type)) return 'process';
  if (USER.has(type)) return 'user';
  return MEMORY.has(type) ? 'memory' : 'system';
}
