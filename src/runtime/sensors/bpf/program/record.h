/* SPDX-License-Identifier: (GPL-2.0 OR MIT)
 *
 * What lies in the ring buffer: a record, then sections (tag, length, bytes) up to `size`. `records.ts` reads it; whoever changes
 * one changes the other.
 */
#pragma once

#define MAX_PROCESSORS 1024
#define PAYLOAD_BYTES 16384
#define SECTION_BYTES 8192
#define PATH_BYTES 2048
#define PATH_NAMES 48
#define STRING_BYTES 4096
#define NAME_BYTES 1024
#define ARGUMENT_BYTES 4096
#define ADDRESS_BYTES 112
#define ADDRESS_START 8
#define DATA_BYTES 512
#define ROUNDING_STEP 64

#define HIERARCHY_UNIFIED 0
#define HIERARCHY_MEMORY 1
#define HIERARCHY_PIDS 2

struct record {
	__u64 time_ns; /* since boot */
	__u64 cgroup;
	__s64 result;
	__u64 args[6];
	__u32 pid, tid, ppid, uid, gid;
	__u16 cpu, type;
	char comm[16];
	__u32 fd_mode;
	__u32 size; /* of the sections that follow */
	__u32 call; /* number of the call, with IS_CALL and COMPAT_CALL; 0 for what is no call */
	__u32 reserved;
};

enum section {
	SECTION_PATH = 1,
	SECTION_NEW_PATH,
	SECTION_TEXT,
	SECTION_ADDRESS,
	SECTION_ENDS,
	SECTION_DATA,
	SECTION_EXEC,
	SECTION_FILENAME,
	SECTION_ARGUMENTS,
	SECTION_ENVIRONMENT,
	SECTION_EXE_PATH,
	SECTION_DIRECTORY,
	SECTION_CGROUP_PATH,
};

struct socket_ends {
	__u16 family, type, protocol, local_port, remote_port, reserved;
	__u8 local[16], remote[16];
};

struct exec_details {
	__u64 cap_effective, cap_permitted, cap_inheritable;
	__u64 inode, change_time_ns, modify_time_ns;
	__u32 device, flags;
	__u32 tty, login_uid, parent, session, vpid, vpgid;
	__u32 pid_ns, mount_ns, network_ns, user_ns;
	__u32 euid, egid;
};
#define EXEC_UPPER 1
#define EXEC_MEMFD 2
#define EXEC_WRITABLE 4

#define MAX_CALLS 512
#define COMPAT_CALL 0x10000
#define IS_CALL 0x20000
#define NO_ARGUMENT 0xff

/* One system call: what it is told as and where its arguments are. An index of 6 is the result. */
struct call {
	__u8 wanted, type, handler, filter, shape;
	__u8 fd, path, new_path, text, address, data;
};

enum handler {
	HANDLER_PLAIN,
	HANDLER_PATHS,
	HANDLER_STRUCTURE,
	HANDLER_DESCRIPTOR,
	HANDLER_SOCKET,
	HANDLER_MESSAGE,
	HANDLER_MESSAGES,
	HANDLER_EXEC_PATHS,
	HANDLERS,
};

enum filter {
	FILTER_NONE,
	FILTER_FCNTL,
	FILTER_PRCTL,
	FILTER_PTRACE,
	FILTER_IOCTL,
	FILTER_MPROTECT,
	FILTER_SETSOCKOPT,
	FILTER_KILL,
	FILTER_TGKILL,
	FILTER_EXEC,
	FILTER_CLONE,
	FILTER_CLONE3,
	FILTER_BPF,
	FILTER_ANSWERED,
	FILTER_SENDING,
};

enum shape {
	SHAPE_PLAIN,
	SHAPE_VECTOR,
	SHAPE_MESSAGE,
	SHAPE_MESSAGES,
};

#define S_IFMT 0170000
#define S_IFSOCK 0140000
#define AF_INET 2
#define AF_INET6 10
#define AF_PACKET 17
#define SOCK_STREAM 1
#define OVERLAYFS_MAGIC 0x794c7630
#define CLONE_NAMESPACES 0x7e020080ULL
