import { z } from 'zod';
import { isEventType } from '#runtime/index.ts';

/**
 * An event of an example, in few words. What is left out is as it was in the event before: the same process in the same container. It
 * stands for the event that a sensor would have told.
 */
export const exampleEvent = z.strictObject({
  do: z.string().refine(isEventType, 'is no type of event'),
  /** The command line of the process; its program starts first, which is an event too. */
  by: z.string().optional(),
  /** Command line of the parent. */
  parent: z.string().optional(),
  /** `container`, `privileged`, `host`, or the name of another container. */
  in: z.string().optional(),
  as: z.number().int().optional(),
  /** Seconds after the event before. */
  after: z.number().optional(),
  path: z.string().optional(),
  to: z.string().optional(),
  text: z.string().optional(),
  /** `O_WRONLY|O_CREAT`, or a number. */
  flags: z.union([z.string(), z.number()]).optional(),
  mode: z.string().optional(),
  command: z.union([z.string(), z.number()]).optional(),
  target: z.number().optional(),
  value: z.number().optional(),
  size: z.number().optional(),
  result: z.number().optional(),
  fd: z.number().optional(),
  old_fd: z.number().optional(),
  /** `tcp 10.0.0.1:443`, `unix /run/docker.sock` */
  socket: z.string().optional(),
  domain: z.number().optional(),
  socket_type: z.number().optional(),
  data: z.string().optional(),
  /** A DNS question that is sent. */
  dns: z.string().optional(),
  exe: z.string().optional(),
  tty: z.number().optional(),
  cwd: z.string().optional(),
  env: z.array(z.string()).optional(),
  upper_layer: z.boolean().optional(),
  memfd: z.boolean().optional(),
  /** Names of effective capabilities beyond those of a container. */
  caps: z.array(z.string()).optional(),
  mnt_ns: z.number().optional(),
  user_ns: z.number().optional(),
  /** Nanoseconds between the last change of the program and its start. */
  age_s: z.number().optional(),
});

/** A record of the audit log of Kubernetes. */
export const exampleRecord = z.strictObject({ audit: z.record(z.string(), z.unknown()) });

export type ExampleEvent = z.infer<typeof exampleEvent>;
export type ExampleRecord = z.infer<typeof exampleRecord>;

/** What happens, and whether the rule says so. */
export interface Example {
  readonly title: string;
  readonly fires: boolean;
  readonly events: readonly (ExampleEvent | ExampleRecord)[];
}
