import { z } from 'zod';
import { err, ok, type Result } from '#foundation/index.ts';
import type { Container } from '../container.ts';
import { bareContainer } from '../containers/registry.ts';
import type { BlindWindow, DocumentEvent, ForeignAlert, SensorEvent } from '../event.ts';
import { emptyEvent } from '../event.ts';
import { isEventType } from '../event-type.ts';

/**
 * A line of a recording. The first line is the header; then events, groups and containers in the order in which the watch came to know
 * them. Bytes are base64.
 */
export type RecordingLine =
  | { readonly kind: 'header'; readonly format: 1; readonly sensor: string; readonly startedUs: number }
  | { readonly kind: 'event'; readonly event: SensorEvent }
  /** A process or descriptor that was there before: state, not something that happened. */
  | { readonly kind: 'seed'; readonly event: SensorEvent }
  | { readonly kind: 'group'; readonly id: number; readonly path: string }
  | { readonly kind: 'container'; readonly group: number; readonly container: Container }
  | { readonly kind: 'blind'; readonly window: BlindWindow }
  | { readonly kind: 'document'; readonly document: DocumentEvent }
  | { readonly kind: 'alert'; readonly alert: ForeignAlert };

export function renderLine(line: RecordingLine): string {
  return `${JSON.stringify(line, bytesAsText)}\n`;
}

function bytesAsText(this: unknown, key: string, value: unknown): unknown {
  if (key !== 'data' || typeof this !== 'object' || this === null) return value;
  const held = 'data' in this ? this.data : undefined;
  return held instanceof Uint8Array ? Buffer.from(held).toString('base64') : value;
}

const MAX_WORDS = 4096;
const number = z.number().finite();
const text = z.string().max(65_536);
const address = z.object({ family: number, ip: text, port: number });
const ends = z.object({ local: address.optional(), remote: address.optional() });
const words = z.array(text).max(MAX_WORDS);

const exec = z.object({
  comm: text,
  filename: text.default(''),
  exePath: text.default(''),
  args: words.default([]),
  argsCut: z.boolean().default(false),
  env: words.default([]),
  cwd: text.default('/'),
  tty: number.default(0),
  loginUid: number.default(4294967295),
  parentPid: number.default(0),
  sessionId: number.default(0),
  vpid: number.default(0),
  vpgid: number.default(0),
  pidNamespace: number.default(0),
  mountNamespace: number.default(0),
  networkNamespace: number.default(0),
  userNamespace: number.default(0),
  capEffective: number.default(0),
  capPermitted: number.default(0),
  capInheritable: number.default(0),
  upperLayer: z.boolean().default(false),
  memfd: z.boolean().default(false),
  writable: z.boolean().default(false),
  inode: number.default(0),
  device: number.default(0),
  changeTimeNs: number.default(0),
  modifyTimeNs: number.default(0),
});

const sensorEvent = z.object({
  type: z.string().refine(isEventType, 'is no type of event'),
  timeUs: number,
  cpu: number.default(0),
  pid: number,
  tid: number.optional(),
  ppid: number.default(0),
  uid: number.default(0),
  gid: number.default(0),
  cgroupId: number.default(0),
  comm: text.default(''),
  result: number.default(0),
  fd: number.optional(),
  oldFd: number.optional(),
  directoryFd: number.optional(),
  newDirectoryFd: number.optional(),
  path: text.optional(),
  newPath: text.optional(),
  text: text.optional(),
  flags: number.optional(),
  mode: number.optional(),
  command: number.optional(),
  target: number.optional(),
  value: number.optional(),
  size: number.optional(),
  domain: number.optional(),
  socketType: number.optional(),
  protocol: number.optional(),
  fdMode: number.optional(),
  socket: ends.optional(),
  address: address.optional(),
  data: z.base64().max(65_536).optional(),
  exec: exec.optional(),
  cgroupPath: text.optional(),
});

const labels = z.record(z.string(), text);
const container = z.object({
  id: text,
  fullId: text,
  runtime: z.enum(['docker', 'podman', 'containerd', 'cri-o', 'runc', 'lxc', 'unknown']),
  name: text.optional(),
  image: z
    .object({
      name: text,
      repository: text,
      tag: text.optional(),
      digest: text.optional(),
      id: text.optional(),
    })
    .transform(({ name, repository, tag, digest, id }) => ({ name, repository, tag, digest, id }))
    .optional(),
  labels: labels.default({}),
  privileged: z.boolean().optional(),
  mounts: z
    .array(z.object({ source: text, destination: text, mode: text, writable: z.boolean(), propagation: text }))
    .max(MAX_WORDS)
    .optional(),
  startUs: number.optional(),
  user: text.optional(),
  cniAddress: text.optional(),
  hostPid: z.boolean().optional(),
  hostNetwork: z.boolean().optional(),
  hostIpc: z.boolean().optional(),
  healthcheck: text.optional(),
  capabilities: number.optional(),
  pod: z
    .object({ name: text, namespace: text, uid: text.optional(), labels: labels.default({}) })
    .transform(({ name, namespace, uid, labels: own }) => ({ name, namespace, uid, labels: own }))
    .optional(),
  cgroupPath: text,
  described: z.enum(['yes', 'no']),
});

const recordingLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('header'), format: z.literal(1), sensor: text, startedUs: number }),
  z.object({ kind: z.literal('event'), event: sensorEvent }),
  z.object({ kind: z.literal('seed'), event: sensorEvent }),
  z.object({ kind: z.literal('group'), id: number, path: text }),
  z.object({ kind: z.literal('container'), group: number, container }),
  z.object({
    kind: z.literal('blind'),
    window: z.object({
      reason: z.enum(['lost-events', 'sensor-start', 'sensor-restart', 'clock-change', 'lost-state', 'input-unread']),
      sensor: text,
      fromUs: number,
      toUs: number,
      lost: number.optional(),
      detail: text,
    }),
  }),
  z.object({
    kind: z.literal('document'),
    document: z.object({ source: text, timeUs: number, document: z.unknown() }),
  }),
  z.object({
    kind: z.literal('alert'),
    alert: z.object({
      tool: text,
      timeUs: number,
      rule: text,
      priority: text,
      output: text,
      tags: words,
      fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    }),
  }),
]);

/** Reads a line; the error says what is wrong with it. */
export function parseLine(line: string): Result<RecordingLine> {
  let document: unknown;
  try {
    document = JSON.parse(line);
  } catch {
    return err('is not JSON');
  }
  const parsed = recordingLine.safeParse(document);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return err(`${issue?.path.join('.') || 'line'}: ${issue?.message ?? 'not a line of a recording'}`);
  }
  const value = parsed.data;
  if (value.kind === 'event' || value.kind === 'seed') return ok({ kind: value.kind, event: wholeEvent(value.event) });
  if (value.kind === 'blind') return ok({ kind: 'blind', window: { ...value.window, lost: value.window.lost } });
  if (value.kind === 'container') {
    return ok({
      ...value,
      container: {
        ...bareContainer(value.container, value.container.cgroupPath),
        ...value.container,
        id: value.container.id,
      },
    });
  }
  return ok(value);
}

/** All members are there in the one order, so that replayed events are as fast as the sensor's. */
function wholeEvent({ data, tid, socket, ...rest }: z.infer<typeof sensorEvent>): SensorEvent {
  return Object.assign(emptyEvent(), rest, {
    tid: tid ?? rest.pid,
    socket: socket && { local: socket.local, remote: socket.remote },
    data: data === undefined ? undefined : new Uint8Array(Buffer.from(data, 'base64')),
  });
}
