import { z } from 'zod';

const text = z.string().max(65_536);
const number = z.number().finite();

/** Members of Tetragon's events that we use (https://tetragon.io/docs/reference/grpc-api/). */
const pod = z.object({
  namespace: text.default(''),
  name: text.default(''),
  uid: text.optional(),
  pod_labels: z.record(z.string(), text).nullish(),
  container: z
    .object({
      id: text.default(''),
      name: text.optional(),
      image: z.object({ id: text.optional(), name: text.optional() }).nullish(),
      start_time: text.optional(),
      security_context: z.object({ privileged: z.boolean().optional() }).nullish(),
    })
    .nullish(),
});

const namespace = z.object({ inum: number.default(0) }).nullish();

const tetragonProcess = z.object({
  pid: number,
  uid: number.default(0),
  auid: number.default(4294967295),
  cwd: text.default('/'),
  binary: text.default(''),
  arguments: text.default(''),
  flags: text.default(''),
  start_time: text.optional(),
  tid: number.optional(),
  docker: text.optional(),
  in_init_tree: z.boolean().optional(),
  pod: pod.nullish(),
  cap: z
    .object({
      permitted: z.array(text).default([]),
      effective: z.array(text).default([]),
      inheritable: z.array(text).default([]),
    })
    .nullish(),
  ns: z.object({ pid: namespace, mnt: namespace, net: namespace, user: namespace }).nullish(),
  binary_properties: z
    .object({
      file: z
        .object({ inode: z.object({ number: z.coerce.number().optional(), links: number.optional() }).nullish() })
        .nullish(),
    })
    .nullish(),
});
export type TetragonProcess = z.infer<typeof tetragonProcess>;

const file = z.object({ path: text.default(''), flags: text.optional(), permission: text.optional() });
const sock = z.object({
  family: text.default(''),
  type: text.default(''),
  protocol: text.default(''),
  saddr: text.default(''),
  daddr: text.default(''),
  sport: number.default(0),
  dport: number.default(0),
});

const tetragonArgument = z.object({
  string_arg: text.optional(),
  int_arg: number.optional(),
  size_arg: z.coerce.number().optional(),
  file_arg: file.optional(),
  path_arg: file.optional(),
  sock_arg: sock.optional(),
});
export type TetragonArgument = z.infer<typeof tetragonArgument>;

const withProcess = z.object({ process: tetragonProcess, parent: tetragonProcess.nullish() });

export const tetragonRecord = z.object({
  time: text,
  node_name: text.optional(),
  process_exec: withProcess.optional(),
  process_exit: withProcess.extend({ signal: text.optional(), status: number.optional() }).optional(),
  process_kprobe: withProcess
    .extend({
      function_name: text,
      args: z.array(tetragonArgument).max(64).default([]),
      return: tetragonArgument.nullish(),
      policy_name: text.optional(),
      action: text.optional(),
    })
    .optional(),
  process_throttle: z.object({ type: text.optional(), cgroup: text.optional() }).optional(),
  rate_limit_info: z.object({ number_of_dropped_process_events: z.coerce.number() }).optional(),
});
