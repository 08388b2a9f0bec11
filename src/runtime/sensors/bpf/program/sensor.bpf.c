// SPDX-License-Identifier: (GPL-2.0 OR MIT)
//
// What the BPF sensor runs in the kernel. It takes note of finished system calls, of programs that start, of processes that begin
// and end and of control groups, and writes each as one record to a ring buffer. Which calls, and what of their arguments, stands
// in calls.h, which is generated from calls.ts; record.h is the layout that the reader in records.ts knows.
//
// Only raw tracepoints: they exist in every kernel since 5.8 and need no kprobes. Arguments are read when a call returns (the
// registers still hold them), so one hook sees arguments and result. A program that changes an argument's memory between the
// kernel's reading and ours can lie about a path; what a descriptor is open on is read from the kernel's own structures.
#include "kernel.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include "record.h"
#include "calls.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

// Written before the program is loaded: from which hierarchy of control groups ids are taken. Where version 1 is in use, engines
// make every container's group there, and not always in version 2.
const volatile __u32 cgroup_hierarchy SEC(".rodata.settings") = HIERARCHY_UNIFIED;

// Processes of the watch itself: their own reads and sends would feed the sensor with itself.
volatile __u32 own_processes[4] SEC(".data.own") = {};

struct counter {
	__u64 sent, lost, compat, cut;
};
struct counter counters[MAX_PROCESSORS];

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 16 * 1024 * 1024);
} records SEC(".maps");

struct scratch {
	struct record record;
	__u8 payload[PAYLOAD_BYTES + SECTION_BYTES];
	__u8 path[2 * PATH_BYTES];
};
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct scratch);
} scratches SEC(".maps");

// How often a socket was told of: the first messages show what is spoken, all of them would be a flood.
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, __u64);
	__type(value, __u32);
} socket_messages SEC(".maps");

struct rounding {
	__u32 samples, rounded;
};
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u32);
	__type(value, struct rounding);
} roundings SEC(".maps");

static __always_inline struct counter *own_counter(void)
{
	return &counters[bpf_get_smp_processor_id() & (MAX_PROCESSORS - 1)];
}

static __always_inline struct scratch *get_scratch(void)
{
	__u32 zero = 0;
	return bpf_map_lookup_elem(&scratches, &zero);
}

static __always_inline __u64 cgroup_id(struct task_struct *task)
{
	if (cgroup_hierarchy == HIERARCHY_UNIFIED)
		return bpf_get_current_cgroup_id();
	struct css_set *set = BPF_CORE_READ(task, cgroups);
	struct cgroup_subsys_state *state = NULL;
	__u32 index = cgroup_hierarchy == HIERARCHY_MEMORY ? bpf_core_enum_value(enum cgroup_subsys_id, memory_cgrp_id)
							    : bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id);
	__u32 offset = bpf_core_field_offset(struct css_set, subsys) + (index & 31) * sizeof(void *);
	bpf_probe_read_kernel(&state, sizeof(state), (void *)set + offset);
	return BPF_CORE_READ(state, cgroup, kn, id);
}

static __always_inline void begin(struct scratch *s, __u16 type, __s64 result)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	__u64 ids = bpf_get_current_pid_tgid();
	__u64 owner = bpf_get_current_uid_gid();
	struct record *r = &s->record;
	r->time_ns = bpf_ktime_get_boot_ns();
	r->cgroup = cgroup_id(task);
	r->result = result;
	r->pid = ids >> 32;
	r->tid = (__u32)ids;
	r->ppid = 0;
	r->uid = (__u32)owner;
	r->gid = owner >> 32;
	r->cpu = bpf_get_smp_processor_id();
	r->type = type;
	r->fd_mode = 0;
	r->size = 0;
	r->call = 0;
	bpf_get_current_comm(r->comm, sizeof(r->comm));
}

static __always_inline void clear_arguments(struct scratch *s)
{
	for (int i = 0; i < 6; i++)
		s->record.args[i] = 0;
}

// A section is its tag, its length and its bytes. Offsets are masked, and behind the mask there is room for one more section: the
// verifier sees that none leaves the payload. All sections of one record with their limits stay below PAYLOAD_BYTES.
static __always_inline void set_section(struct scratch *s, __u32 at, __u16 tag, __u16 length)
{
	at &= PAYLOAD_BYTES - 1;
	s->payload[at] = tag;
	s->payload[at + 1] = 0;
	s->payload[at + 2] = length & 0xff;
	s->payload[at + 3] = length >> 8;
}

static __always_inline void add_section(struct scratch *s, __u16 tag, long length)
{
	if (length <= 0)
		return;
	set_section(s, s->record.size, tag, length);
	s->record.size = (s->record.size + 4 + length) & (PAYLOAD_BYTES - 1);
}

static __always_inline void *next_section(struct scratch *s)
{
	return &s->payload[(s->record.size & (PAYLOAD_BYTES - 1)) + 4];
}

static __always_inline void add_user_string(struct scratch *s, __u16 tag, __u64 address)
{
	if (address)
		add_section(s, tag, bpf_probe_read_user_str(next_section(s), STRING_BYTES, (void *)address));
}

static __always_inline void add_kernel_string(struct scratch *s, __u16 tag, const void *address)
{
	if (address)
		add_section(s, tag, bpf_probe_read_kernel_str(next_section(s), NAME_BYTES, address));
}

static __always_inline void add_user_bytes(struct scratch *s, __u16 tag, __u64 address, __u64 length, __u32 limit)
{
	if (!address || length == 0)
		return;
	if (length > limit)
		length = limit;
	length &= SECTION_BYTES / 2 - 1;
	if (length > 0 && bpf_probe_read_user(next_section(s), length, (void *)address) == 0)
		add_section(s, tag, length);
}

static __always_inline void emit(struct scratch *s)
{
	__u64 size = sizeof(struct record) + (s->record.size & (PAYLOAD_BYTES - 1));
	struct counter *counter = own_counter();
	if (bpf_ringbuf_output(&records, &s->record, size, 0) == 0)
		counter->sent++;
	else
		counter->lost++;
}

static __always_inline struct file *file_at(struct task_struct *task, __u64 fd)
{
	struct fdtable *table = BPF_CORE_READ(task, files, fdt);
	if (fd >= BPF_CORE_READ(table, max_fds))
		return NULL;
	struct file **files = BPF_CORE_READ(table, fd);
	struct file *file = NULL;
	bpf_probe_read_kernel(&file, sizeof(file), files + fd);
	return file;
}

static __always_inline struct sock *sock_of(struct file *file)
{
	if ((BPF_CORE_READ(file, f_inode, i_mode) & S_IFMT) != S_IFSOCK)
		return NULL;
	struct socket *socket = BPF_CORE_READ(file, private_data);
	return BPF_CORE_READ(socket, sk);
}

static __always_inline void add_ends(struct scratch *s, struct sock *sk)
{
	struct socket_ends *ends = next_section(s);
	ends->family = BPF_CORE_READ(sk, __sk_common.skc_family);
	ends->type = BPF_CORE_READ(sk, sk_type);
	ends->protocol = BPF_CORE_READ(sk, sk_protocol);
	ends->local_port = BPF_CORE_READ(sk, __sk_common.skc_num);
	ends->remote_port = bpf_ntohs(BPF_CORE_READ(sk, __sk_common.skc_dport));
	ends->reserved = 0;
	if (ends->family == AF_INET6) {
		BPF_CORE_READ_INTO(&ends->local, sk, __sk_common.skc_v6_rcv_saddr);
		BPF_CORE_READ_INTO(&ends->remote, sk, __sk_common.skc_v6_daddr);
	} else {
		__builtin_memset(ends->local, 0, 32);
		__u32 local = BPF_CORE_READ(sk, __sk_common.skc_rcv_saddr);
		__u32 remote = BPF_CORE_READ(sk, __sk_common.skc_daddr);
		__builtin_memcpy(ends->local, &local, 4);
		__builtin_memcpy(ends->remote, &remote, 4);
	}
	add_section(s, SECTION_ENDS, sizeof(struct socket_ends));
}

// ---- finished system calls -----------------------------------------------------------------------------------------

struct exit_context {
	struct pt_regs *regs;
	long result;
};
struct exec_context {
	struct task_struct *task;
	__u64 old_pid;
	struct linux_binprm *binprm;
};

int handle_paths(struct exit_context *ctx);
int handle_structure(struct exit_context *ctx);
int handle_descriptor(struct exit_context *ctx);
int handle_socket(struct exit_context *ctx);
int handle_message(struct exit_context *ctx);
int handle_messages(struct exit_context *ctx);
int handle_exec_paths(struct exec_context *ctx);

// Each kind of call has a program of its own: a verifier that has to follow all of them at once gives up.
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, HANDLERS);
	__type(key, __u32);
	__array(values, int(void *));
} handlers SEC(".maps") = {
	.values = {
		[HANDLER_PATHS] = (void *)&handle_paths,
		[HANDLER_STRUCTURE] = (void *)&handle_structure,
		[HANDLER_DESCRIPTOR] = (void *)&handle_descriptor,
		[HANDLER_SOCKET] = (void *)&handle_socket,
		[HANDLER_MESSAGE] = (void *)&handle_message,
		[HANDLER_MESSAGES] = (void *)&handle_messages,
		[HANDLER_EXEC_PATHS] = (void *)&handle_exec_paths,
	},
};

static __always_inline bool is_compat(struct task_struct *task)
{
#if defined(__TARGET_ARCH_x86)
	return BPF_CORE_READ(task, thread_info.status) & 2; // TS_COMPAT
#else
	return BPF_CORE_READ(task, thread_info.flags) & (1UL << 22); // TIF_32BIT
#endif
}

// The same fields of the registers serve native and 32-bit callers under different names.
static __always_inline void read_arguments(__u64 *args, struct pt_regs *regs, bool compat)
{
#if defined(__TARGET_ARCH_x86)
	if (compat) {
		args[0] = (__u32)BPF_CORE_READ(regs, bx);
		args[1] = (__u32)BPF_CORE_READ(regs, cx);
		args[2] = (__u32)BPF_CORE_READ(regs, dx);
		args[3] = (__u32)BPF_CORE_READ(regs, si);
		args[4] = (__u32)BPF_CORE_READ(regs, di);
		args[5] = (__u32)BPF_CORE_READ(regs, bp);
		return;
	}
	args[0] = BPF_CORE_READ(regs, di);
	args[1] = BPF_CORE_READ(regs, si);
	args[2] = BPF_CORE_READ(regs, dx);
	args[3] = BPF_CORE_READ(regs, r10);
	args[4] = BPF_CORE_READ(regs, r8);
	args[5] = BPF_CORE_READ(regs, r9);
#else
	args[0] = BPF_CORE_READ(regs, orig_x0);
	args[1] = BPF_CORE_READ(regs, regs[1]);
	args[2] = BPF_CORE_READ(regs, regs[2]);
	args[3] = BPF_CORE_READ(regs, regs[3]);
	args[4] = BPF_CORE_READ(regs, regs[4]);
	args[5] = BPF_CORE_READ(regs, regs[5]);
#endif
}

static __always_inline __s64 call_number(struct pt_regs *regs)
{
#if defined(__TARGET_ARCH_x86)
	return BPF_CORE_READ(regs, orig_ax) & ~0x40000000UL; // x32 has this bit and the same numbers
#else
	return BPF_CORE_READ(regs, syscallno);
#endif
}

static __always_inline const volatile struct call *call_of(struct pt_regs *regs, bool compat)
{
	__s64 number = call_number(regs);
	if (number < 0 || number >= MAX_CALLS)
		return NULL;
#if defined(__TARGET_ARCH_x86)
	return compat ? &compat_calls[number] : &calls[number];
#else
	return compat ? NULL : &calls[number];
#endif
}

static __always_inline bool is_leader(void)
{
	__u64 ids = bpf_get_current_pid_tgid();
	return (__u32)ids == ids >> 32;
}

// Calls of which only some are worth a record: the rest is everyday work of every program.
static __always_inline bool is_wanted(__u8 filter, __u64 *a, __s64 result)
{
	__u32 command = (__u32)a[0];
	switch (filter) {
	case FILTER_FCNTL: // duplicates
		return a[1] == 0 || a[1] == 1030;
	case FILTER_PRCTL: // PTRACER, MM, DUMPABLE, SECUREBITS, CAP_AMBIENT, a process's own name
		return command == 0x59616d61 || command == 35 || command == 4 || command == 28 || command == 47 ||
		       (command == 15 && is_leader());
	case FILTER_PTRACE: // what attaches or changes; reading on is not told again
		return command == 0 || command == 4 || command == 5 || command == 6 || command == 13 || command == 16 ||
		       command == 0x4205 || command == 0x4206;
	case FILTER_IOCTL: // TIOCSTI, TIOCLINUX, FS_IOC_SETFLAGS
		return (__u32)a[1] == 0x5412 || (__u32)a[1] == 0x541c || (__u32)a[1] == 0x40086602;
	case FILTER_MPROTECT: // memory that may be written and run
		return (a[2] & 6) == 6;
	case FILTER_SETSOCKOPT: // SO_ATTACH_FILTER, SO_ATTACH_BPF
		return a[1] == 1 && (a[2] == 26 || a[2] == 50);
	case FILTER_KILL: // signal 0 only asks whether the process is there
		return a[1] != 0;
	case FILTER_TGKILL:
		return a[2] != 0;
	case FILTER_EXEC: // a successful one is told by the scheduler's tracepoint, with all of its details
		return result < 0;
	case FILTER_CLONE: // processes are told by the scheduler's tracepoint; here those that get namespaces, by their parent
		return result != 0 && (a[0] & CLONE_NAMESPACES) != 0;
	case FILTER_CLONE3: // in the child the structure's memory is another one's already
		return result != 0;
	case FILTER_BPF: // what makes, loads, pins and attaches; not the look-ups and walks of maps
		return command == 0 || (command >= 5 && command <= 9) || command == 17 || command == 28;
	}
	return true;
}

static __always_inline bool is_own(__u32 pid)
{
	return pid == own_processes[0] || pid == own_processes[1] || pid == own_processes[2] || pid == own_processes[3];
}

SEC("raw_tp/sys_exit")
int on_exit(struct exit_context *ctx)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	bool compat = is_compat(task);
	struct pt_regs *regs = ctx->regs;
	const volatile struct call *call = call_of(regs, compat);
	if (compat)
		own_counter()->compat++;
	if (!call || call->wanted == 0)
		return 0;
	__u64 ids = bpf_get_current_pid_tgid();
	if (is_own(ids >> 32))
		return 0;
	struct scratch *s = get_scratch();
	if (!s)
		return 0;
	read_arguments(s->record.args, regs, compat);
	if (call->filter && !is_wanted(call->filter, s->record.args, ctx->result))
		return 0;
	begin(s, call->type, ctx->result);
	s->record.call = call_number(regs) | IS_CALL | (compat ? COMPAT_CALL : 0);
	if (call->handler == HANDLER_PLAIN) {
		emit(s);
		return 0;
	}
	bpf_tail_call(ctx, &handlers, call->handler);
	return 0;
}

static __always_inline const volatile struct call *call_of_record(struct scratch *s)
{
	__u32 number = s->record.call & (MAX_CALLS - 1);
#if defined(__TARGET_ARCH_x86)
	if (s->record.call & COMPAT_CALL)
		return &compat_calls[number];
#endif
	return &calls[number];
}

static __always_inline __u64 argument(struct scratch *s, __u8 index)
{
	return index < 6 ? s->record.args[index] : (__u64)s->record.result;
}

SEC("raw_tp/sys_exit")
int handle_paths(struct exit_context *ctx)
{
	struct scratch *s = get_scratch();
	if (!s)
		return 0;
	const volatile struct call *call = call_of_record(s);
	if (call->path != NO_ARGUMENT)
		add_user_string(s, SECTION_PATH, argument(s, call->path));
	if (call->new_path != NO_ARGUMENT)
		add_user_string(s, SECTION_NEW_PATH, argument(s, call->new_path));
	if (call->text != NO_ARGUMENT)
		add_user_string(s, SECTION_TEXT, argument(s, call->text));
	emit(s);
	return 0;
}

// openat2 and clone3 have their flags in memory; both structures begin with them.
SEC("raw_tp/sys_exit")
int handle_structure(struct exit_context *ctx)
{
	struct scratch *s = get_scratch();
	if (!s)
		return 0;
	const volatile struct call *call = call_of_record(s);
	__u64 head[2] = {};
	bpf_probe_read_user(head, sizeof(head), (void *)argument(s, call->data));
	if (call->filter == FILTER_CLONE3 && !(head[0] & CLONE_NAMESPACES))
		return 0;
	if (call->path != NO_ARGUMENT)
		add_user_string(s, SECTION_PATH, argument(s, call->path));
	s->record.args[4] = head[0];
	s->record.args[5] = head[1];
	emit(s);
	return 0;
}

// What a descriptor is open on, from the kernel itself.
SEC("raw_tp/sys_exit")
int handle_descriptor(struct exit_context *ctx)
{
	struct scratch *s = get_scratch();
	if (!s)
		return 0;
	const volatile struct call *call = call_of_record(s);
	struct file *file = file_at((void *)bpf_get_current_task(), (__u32)argument(s, call->fd));
	if (file) {
		s->record.fd_mode = BPF_CORE_READ(file, f_inode, i_mode);
		struct sock *sk = sock_of(file);
		if (sk)
			add_ends(s, sk);
	}
	emit(s);
	return 0;
}

// socket, bind, connect, listen, accept
SEC("raw_tp/sys_exit")
int handle_socket(struct exit_context *ctx)
{
	struct scratch *s = get_scratch();
	if (!s)
		return 0;
	const volatile struct call *call = call_of_record(s);
	if (call->filter == FILTER_ANSWERED && s->record.result == -11) // EAGAIN: nobody was there
		return 0;
	if (call->address != NO_ARGUMENT && call->address < 5)
		add_user_bytes(s, SECTION_ADDRESS, argument(s, call->address), (__u32)argument(s, call->address + 1), ADDRESS_BYTES);
	struct file *file = file_at((void *)bpf_get_current_task(), (__u32)argument(s, call->fd));
	struct sock *sk = file ? sock_of(file) : NULL;
	if (sk) {
		s->record.fd_mode = S_IFSOCK;
		add_ends(s, sk);
	}
	emit(s);
	return 0;
}

struct message_header {
	__u64 name;
	__u32 name_length, pad;
	__u64 vector, vector_length, control, control_length;
	__u32 flags, pad2;
};
struct io_vector {
	__u64 base, length;
};

static __always_inline __u32 count_message(struct sock *sk, __u32 sending)
{
	__u64 key = (__u64)sk ^ ((__u64)bpf_ntohs(BPF_CORE_READ(sk, __sk_common.skc_dport)) << 48) ^ sending;
	__u32 *count = bpf_map_lookup_elem(&socket_messages, &key);
	if (count)
		return ++*count;
	__u32 one = 1;
	bpf_map_update_elem(&socket_messages, &key, &one, 0);
	return 1;
}

static __always_inline __u16 port_in(const __u8 *address)
{
	return ((__u16)address[2] << 8) | address[3];
}

// send*, write*, recv*, read*: the first messages of a socket, and everything that is spoken with a DNS server.
SEC("raw_tp/sys_exit")
int handle_message(struct exit_context *ctx)
{
	struct scratch *s = get_scratch();
	if (!s || s->record.result <= 0)
		return 0;
	const volatile struct call *call = call_of_record(s);
	struct file *file = file_at((void *)bpf_get_current_task(), (__u32)s->record.args[0]);
	struct sock *sk = file ? sock_of(file) : NULL;
	if (!sk)
		return 0;
	__u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);
	if (family != AF_INET && family != AF_INET6 && family != AF_PACKET)
		return 0;
	struct message_header header = {};
	struct io_vector vector = {};
	vector.base = s->record.args[1];
	vector.length = s->record.args[2];
	if (call->shape == SHAPE_PLAIN && call->address != NO_ARGUMENT) {
		header.name = s->record.args[4];
		header.name_length = ADDRESS_BYTES;
	} else if (call->shape == SHAPE_VECTOR) {
		bpf_probe_read_user(&vector, sizeof(vector), (void *)s->record.args[1]);
	} else if (call->shape == SHAPE_MESSAGE) {
		bpf_probe_read_user(&header, sizeof(header), (void *)s->record.args[1]);
		bpf_probe_read_user(&vector, sizeof(vector), (void *)header.vector);
	}
	bool sending = call->filter == FILTER_SENDING;
	__u8 address[ADDRESS_START] = {};
	if (header.name)
		bpf_probe_read_user(address, sizeof(address), (void *)header.name);
	bool dns = bpf_ntohs(BPF_CORE_READ(sk, __sk_common.skc_dport)) == 53 || (header.name && port_in(address) == 53);
	__u16 type = BPF_CORE_READ(sk, sk_type);
	__u32 count = dns ? 0 : count_message(sk, sending);
	__u32 limit = type == SOCK_STREAM ? (sending ? 3 : 1) : 4;
	if (!dns && count > limit)
		return 0;
	s->record.fd_mode = S_IFSOCK;
	add_ends(s, sk);
	if (header.name)
		add_user_bytes(s, SECTION_ADDRESS, header.name, 28, ADDRESS_BYTES);
	__u64 bytes = vector.length;
	if (call->shape != SHAPE_MESSAGES && bytes > (__u64)s->record.result)
		bytes = s->record.result;
	if (call->shape == SHAPE_MESSAGES) {
		bpf_tail_call(ctx, &handlers, HANDLER_MESSAGES);
		return 0;
	}
	add_user_bytes(s, SECTION_DATA, vector.base, bytes, DATA_BYTES);
	emit(s);
	return 0;
}

// sendmmsg and recvmmsg: resolvers ask for IPv4 and IPv6 in one call. The first two messages are told.
SEC("raw_tp/sys_exit")
int handle_messages(struct exit_context *ctx)
{
	struct scratch *s = get_scratch();
	if (!s)
		return 0;
	const volatile struct call *call = call_of_record(s);
	__u32 size = s->record.size;
	for (int i = 0; i < 2; i++) {
		if (i >= s->record.result)
			break;
		struct {
			struct message_header header;
			__u32 length, pad;
		} message = {};
		struct io_vector vector = {};
		s->record.size = size;
		bpf_probe_read_user(&message, sizeof(message), (void *)s->record.args[1] + i * sizeof(message));
		bpf_probe_read_user(&vector, sizeof(vector), (void *)message.header.vector);
		if (message.header.name)
			add_user_bytes(s, SECTION_ADDRESS, message.header.name, 28, ADDRESS_BYTES);
		if (call->filter != FILTER_SENDING && vector.length > message.length)
			vector.length = message.length;
		add_user_bytes(s, SECTION_DATA, vector.base, vector.length, DATA_BYTES);
		emit(s);
	}
	return 0;
}

// ---- processes -----------------------------------------------------------------------------------------------------

static __always_inline __u32 number_in_namespace(struct pid *pid, __u32 level)
{
	__u32 number = 0;
	__u32 offset = bpf_core_field_offset(struct pid, numbers) + (level & 31) * bpf_core_type_size(struct upid);
	bpf_probe_read_kernel(&number, sizeof(number), (void *)pid + offset + bpf_core_field_offset(struct upid, nr));
	return number;
}

static __always_inline __u32 innermost_number(struct pid *pid)
{
	return number_in_namespace(pid, BPF_CORE_READ(pid, level));
}

static __always_inline __u32 pid_namespace_of(struct pid *pid)
{
	struct pid_namespace *ns = NULL;
	__u32 level = BPF_CORE_READ(pid, level) & 31;
	__u32 offset = bpf_core_field_offset(struct pid, numbers) + level * bpf_core_type_size(struct upid);
	bpf_probe_read_kernel(&ns, sizeof(ns), (void *)pid + offset + bpf_core_field_offset(struct upid, ns));
	return BPF_CORE_READ(ns, ns.inum);
}

static __always_inline __u64 capabilities(const void *at)
{
	__u64 value = 0;
	bpf_probe_read_kernel(&value, sizeof(value), at);
	return value;
}

static __always_inline void read_times(struct exec_details *d, struct inode *inode)
{
	struct inode___six *six = (void *)inode;
	struct inode___five *five = (void *)inode;
	if (bpf_core_field_exists(inode->i_ctime_sec)) {
		d->change_time_ns = BPF_CORE_READ(inode, i_ctime_sec) * 1000000000ULL + BPF_CORE_READ(inode, i_ctime_nsec);
		d->modify_time_ns = BPF_CORE_READ(inode, i_mtime_sec) * 1000000000ULL + BPF_CORE_READ(inode, i_mtime_nsec);
		return;
	}
	if (bpf_core_field_exists(six->__i_ctime))
		d->change_time_ns = BPF_CORE_READ(six, __i_ctime.tv_sec) * 1000000000ULL + BPF_CORE_READ(six, __i_ctime.tv_nsec);
	else if (bpf_core_field_exists(five->i_ctime))
		d->change_time_ns = BPF_CORE_READ(five, i_ctime.tv_sec) * 1000000000ULL + BPF_CORE_READ(five, i_ctime.tv_nsec);
	if (bpf_core_field_exists(six->__i_mtime))
		d->modify_time_ns = BPF_CORE_READ(six, __i_mtime.tv_sec) * 1000000000ULL + BPF_CORE_READ(six, __i_mtime.tv_nsec);
	else if (bpf_core_field_exists(five->i_mtime))
		d->modify_time_ns = BPF_CORE_READ(five, i_mtime.tv_sec) * 1000000000ULL + BPF_CORE_READ(five, i_mtime.tv_nsec);
}

// An inode of overlayfs is followed by the dentry of the upper layer: there is one when the file does not come from a lower one.
static __always_inline bool is_upper(struct dentry *dentry, struct inode *inode)
{
	if (BPF_CORE_READ(dentry, d_sb, s_magic) != OVERLAYFS_MAGIC)
		return false;
	struct dentry *upper = NULL;
	bpf_probe_read_kernel(&upper, sizeof(upper), (void *)inode + bpf_core_type_size(struct inode));
	return upper != NULL;
}

static __always_inline bool is_memfd(struct dentry *dentry)
{
	char name[7] = {};
	if (BPF_CORE_READ(dentry, d_parent) != dentry)
		return false;
	bpf_probe_read_kernel(name, 6, BPF_CORE_READ(dentry, d_name.name));
	return name[0] == 'm' && name[1] == 'e' && name[2] == 'm' && name[3] == 'f' && name[4] == 'd' && name[5] == ':';
}

static __always_inline void read_executable(struct exec_details *d, struct task_struct *task, const struct cred *cred)
{
	struct file *exe = BPF_CORE_READ(task, mm, exe_file);
	struct dentry *dentry = BPF_CORE_READ(exe, f_path.dentry);
	struct inode *inode = BPF_CORE_READ(exe, f_inode);
	d->inode = BPF_CORE_READ(inode, i_ino);
	d->device = BPF_CORE_READ(inode, i_sb, s_dev);
	read_times(d, inode);
	__u16 mode = BPF_CORE_READ(inode, i_mode);
	__u32 owner = BPF_CORE_READ(inode, i_uid.val), group = BPF_CORE_READ(inode, i_gid.val);
	bool writable = (mode & 2) || (d->euid == owner && (mode & 0200)) || (d->egid == group && (mode & 020)) ||
			(d->cap_effective & 2); // CAP_DAC_OVERRIDE
	d->flags = (is_upper(dentry, inode) ? EXEC_UPPER : 0) | (is_memfd(dentry) ? EXEC_MEMFD : 0) | (writable ? EXEC_WRITABLE : 0);
}

static __always_inline void read_identity(struct exec_details *d, struct task_struct *task, const struct cred *cred)
{
	struct pid *pid = BPF_CORE_READ(task, thread_pid);
	struct tty_struct *tty = BPF_CORE_READ(task, signal, tty);
	d->vpid = innermost_number(pid);
	d->vpgid = innermost_number(BPF_CORE_READ(task, signal, pids[2]));
	d->session = number_in_namespace(BPF_CORE_READ(task, signal, pids[3]), 0);
	d->parent = BPF_CORE_READ(task, real_parent, tgid);
	d->login_uid = bpf_core_field_exists(task->loginuid) ? BPF_CORE_READ(task, loginuid.val) : (__u32)-1;
	d->tty = 0;
	if (tty) {
		__u32 major = BPF_CORE_READ(tty, driver, major);
		__u32 minor = BPF_CORE_READ(tty, driver, minor_start) + BPF_CORE_READ(tty, index);
		d->tty = (minor & 0xff) | (major << 8) | ((minor & ~0xffU) << 12);
	}
	d->pid_ns = pid_namespace_of(pid);
	d->mount_ns = BPF_CORE_READ(task, nsproxy, mnt_ns, ns.inum);
	d->network_ns = BPF_CORE_READ(task, nsproxy, net_ns, ns.inum);
	d->user_ns = BPF_CORE_READ(cred, user_ns, ns.inum);
	d->euid = BPF_CORE_READ(cred, euid.val);
	d->egid = BPF_CORE_READ(cred, egid.val);
	d->cap_effective = capabilities(&cred->cap_effective);
	d->cap_permitted = capabilities(&cred->cap_permitted);
	d->cap_inheritable = capabilities(&cred->cap_inheritable);
}

static __always_inline void add_memory(struct scratch *s, __u16 tag, __u64 from, __u64 to)
{
	__u64 length = to - from;
	if (to <= from)
		return;
	if (length > ARGUMENT_BYTES - 1) {
		length = ARGUMENT_BYTES - 1;
		own_counter()->cut++;
	}
	length &= ARGUMENT_BYTES - 1;
	if (length > 0 && bpf_probe_read_user(next_section(s), length, (void *)from) == 0)
		add_section(s, tag, length);
}

SEC("raw_tp/sched_process_exec")
int on_exec(struct exec_context *ctx)
{
	struct scratch *s = get_scratch();
	if (!s)
		return 0;
	struct task_struct *task = ctx->task;
	struct linux_binprm *binprm = ctx->binprm;
	const struct cred *cred = BPF_CORE_READ(task, cred);
	clear_arguments(s);
	begin(s, TYPE_EXECVE, 0);
	struct exec_details *d = next_section(s);
	__builtin_memset(d, 0, sizeof(*d));
	read_identity(d, task, cred);
	read_executable(d, task, cred);
	s->record.ppid = d->parent;
	add_section(s, SECTION_EXEC, sizeof(struct exec_details));
	add_kernel_string(s, SECTION_FILENAME, BPF_CORE_READ(binprm, filename));
	add_memory(s, SECTION_ARGUMENTS, BPF_CORE_READ(task, mm, arg_start), BPF_CORE_READ(task, mm, arg_end));
	add_memory(s, SECTION_ENVIRONMENT, BPF_CORE_READ(task, mm, env_start), BPF_CORE_READ(task, mm, env_end));
	bpf_tail_call(ctx, &handlers, HANDLER_EXEC_PATHS);
	emit(s);
	return 0;
}

// Walks from a file to the root of the process, across mounts, and writes the names from the end of the buffer to its front.
static __always_inline void add_path(struct scratch *s, __u16 tag, struct path *path, struct path *root)
{
	struct dentry *dentry = BPF_CORE_READ(path, dentry), *root_dentry = BPF_CORE_READ(root, dentry);
	struct vfsmount *vfs = BPF_CORE_READ(path, mnt), *root_vfs = BPF_CORE_READ(root, mnt);
	__u32 at = PATH_BYTES - 1;
	for (int i = 0; i < PATH_NAMES; i++) {
		if (dentry == root_dentry && vfs == root_vfs)
			break;
		struct dentry *parent = BPF_CORE_READ(dentry, d_parent);
		if (dentry == parent || dentry == BPF_CORE_READ(vfs, mnt_root)) {
			struct mount *mount = (void *)vfs - bpf_core_field_offset(struct mount, mnt);
			struct mount *up = BPF_CORE_READ(mount, mnt_parent);
			if (up == mount)
				break;
			dentry = BPF_CORE_READ(mount, mnt_mountpoint);
			vfs = (void *)up + bpf_core_field_offset(struct mount, mnt);
			continue;
		}
		__u32 length = BPF_CORE_READ(dentry, d_name.len) & 0xff;
		if (at < length + 1)
			break;
		at = (at - length) & (PATH_BYTES - 1);
		bpf_probe_read_kernel(&s->path[at], length, BPF_CORE_READ(dentry, d_name.name));
		at = (at - 1) & (PATH_BYTES - 1);
		s->path[at] = '/';
		dentry = parent;
	}
	if (at == PATH_BYTES - 1)
		s->path[--at] = '/';
	__u32 length = (PATH_BYTES - 1 - at) & (PATH_BYTES - 1);
	if (length > 0 && bpf_probe_read_kernel(next_section(s), length, &s->path[at & (PATH_BYTES - 1)]) == 0)
		add_section(s, tag, length);
}

SEC("raw_tp/sched_process_exec")
int handle_exec_paths(struct exec_context *ctx)
{
	struct scratch *s = get_scratch();
	if (!s)
		return 0;
	struct task_struct *task = ctx->task;
	struct fs_struct *fs = BPF_CORE_READ(task, fs);
	struct file *exe = BPF_CORE_READ(task, mm, exe_file);
	add_path(s, SECTION_EXE_PATH, &exe->f_path, &fs->root);
	add_path(s, SECTION_DIRECTORY, &fs->pwd, &fs->root);
	emit(s);
	return 0;
}

struct fork_context {
	struct task_struct *parent, *child;
};

SEC("raw_tp/sched_process_fork")
int on_fork(struct fork_context *ctx)
{
	struct task_struct *child = ctx->child;
	__u32 pid = BPF_CORE_READ(child, pid);
	if (pid != BPF_CORE_READ(child, tgid)) // a thread
		return 0;
	struct scratch *s = get_scratch();
	if (!s)
		return 0;
	struct pid *thread_pid = BPF_CORE_READ(child, thread_pid);
	clear_arguments(s);
	begin(s, TYPE_CLONE, pid);
	s->record.args[1] = innermost_number(thread_pid);
	s->record.args[2] = pid_namespace_of(thread_pid);
	s->record.ppid = BPF_CORE_READ(child, real_parent, tgid);
	emit(s);
	return 0;
}

struct task_context {
	struct task_struct *task;
};

SEC("raw_tp/sched_process_exit")
int on_process_exit(struct task_context *ctx)
{
	struct task_struct *task = ctx->task;
	if (BPF_CORE_READ(task, signal, live.counter) > 0)
		return 0;
	struct scratch *s = get_scratch();
	if (!s)
		return 0;
	clear_arguments(s);
	begin(s, TYPE_PROCEXIT, BPF_CORE_READ(task, exit_code));
	emit(s);
	return 0;
}

// ---- control groups and the processor ------------------------------------------------------------------------------

struct cgroup_context {
	struct cgroup *cgroup;
	const char *path;
};

static __always_inline int tell_cgroup(struct cgroup_context *ctx, __u16 type)
{
	struct scratch *s = get_scratch();
	if (!s)
		return 0;
	struct cgroup *cgroup = ctx->cgroup;
	clear_arguments(s);
	begin(s, type, 0);
	s->record.args[0] = BPF_CORE_READ(cgroup, kn, id);
	s->record.args[1] = BPF_CORE_READ(cgroup, root, hierarchy_id);
	add_kernel_string(s, SECTION_CGROUP_PATH, ctx->path);
	emit(s);
	return 0;
}

SEC("raw_tp/cgroup_mkdir")
int on_cgroup_made(struct cgroup_context *ctx)
{
	return tell_cgroup(ctx, TYPE_CGROUP_MKDIR);
}

SEC("raw_tp/cgroup_rmdir")
int on_cgroup_removed(struct cgroup_context *ctx)
{
	return tell_cgroup(ctx, TYPE_CGROUP_RMDIR);
}

#if defined(__TARGET_ARCH_x86)
struct fpu_context {
	struct fpu *fpu;
};

// RandomX changes how the processor rounds all the time; other programs hardly ever do. A task that is found with another
// rounding than the usual one at many of its switches is told of, whatever it is called.
SEC("raw_tp/x86_fpu_regs_deactivated")
int on_fpu_saved(struct fpu_context *ctx)
{
	struct fpu *fpu = ctx->fpu;
	struct fpu___old *old = (void *)fpu;
	__u32 mxcsr = 0;
	if (bpf_core_field_exists(fpu->fpstate))
		mxcsr = BPF_CORE_READ(fpu, fpstate, regs.fxsave.mxcsr);
	else if (bpf_core_field_exists(old->state))
		mxcsr = BPF_CORE_READ(old, state.fxsave.mxcsr);
	__u32 pid = bpf_get_current_pid_tgid() >> 32;
	struct rounding *seen = bpf_map_lookup_elem(&roundings, &pid);
	if (!seen) {
		struct rounding first = { 1, 0 };
		if (mxcsr & 0x6000)
			bpf_map_update_elem(&roundings, &pid, &first, 0);
		return 0;
	}
	seen->samples++;
	if (!(mxcsr & 0x6000))
		return 0;
	if (++seen->rounded % ROUNDING_STEP)
		return 0;
	struct scratch *s = get_scratch();
	if (!s)
		return 0;
	clear_arguments(s);
	begin(s, TYPE_FPU_ROUNDING, 0);
	s->record.args[0] = seen->rounded;
	s->record.args[1] = seen->samples;
	emit(s);
	return 0;
}
#endif
