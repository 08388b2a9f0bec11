import type { SensorEvent } from '../../event.ts';
import { isEventType } from '../../event-type.ts';
import { AF_INET, AF_INET6 } from '../../families.ts';
import type { TetragonArgument } from './schema.ts';

interface HookedCall {
  readonly function_name: string;
  readonly args: readonly TetragonArgument[];
  readonly return?: TetragonArgument | null | undefined;
}

/** Functions of the kernel that policies hook, and what they are as system calls. */
const functions: ReadonlyMap<string, string> = new Map([
  ['fd_install', 'openat'],
  ['security_file_open', 'openat'],
  ['security_file_permission', 'openat'],
  ['security_mmap_file', 'openat'],
  ['tcp_connect', 'connect'],
  ['security_socket_connect', 'connect'],
  ['inet_csk_accept', 'accept4'],
  ['security_path_truncate', 'truncate'],
  ['do_init_module', 'finit_module'],
  ['security_kernel_module_request', 'init_module'],
  ['security_bpf', 'bpf'],
]);

/** Makes the event of a hooked function; false when it is none that rules know. */
export function applyCall(event: SensorEvent, { function_name: name, args, return: returned }: HookedCall): boolean {
  const type = functions.get(name) ?? name.replace(/^(?:__x64_|__arm64_|__ia32_)?sys_/, '');
  if (!isEventType(type)) return false;
  event.type = type;
  event.result = returned?.int_arg ?? 0;
  const texts = args.flatMap((arg) => arg.file_arg?.path ?? arg.path_arg?.path ?? arg.string_arg ?? []);
  [event.path, event.newPath] = texts;
  const numbers = args.flatMap((arg) => arg.int_arg ?? []);
  const socket = args.find((arg) => arg.sock_arg)?.sock_arg;
  if (socket) {
    const family = socket.family === 'AF_INET6' ? AF_INET6 : AF_INET;
    event.domain = family;
    event.socketType = socket.type === 'SOCK_DGRAM' ? 2 : 1;
    const remote = { family, ip: socket.daddr, port: socket.dport };
    event.address = remote;
    event.socket = { local: { family, ip: socket.saddr, port: socket.sport }, remote };
    event.fd = 0;
  } else if (type.startsWith('open') || type === 'creat') {
    event.fd = event.result >= 0 ? Math.max(event.result, numbers[0] ?? 0) : -1;
    event.flags = 0;
  } else if (type.startsWith('set') || type === 'ptrace' || type === 'kill') {
    [event.target, event.value] = type === 'ptrace' ? [numbers[1], undefined] : numbers;
    if (type === 'ptrace') event.command = numbers[0];
  } else if (numbers[0] !== undefined) event.flags = numbers[0];
  return true;
}
