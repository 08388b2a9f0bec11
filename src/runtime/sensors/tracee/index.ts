import { z } from 'zod';
import { err, ok, type Result } from '#foundation/index.ts';
import { type ExecDetails, emptyEvent, type SensorEvent } from '../../event.ts';
import { isEventType } from '../../event-type.ts';
import { AF_INET, AF_INET6, AF_UNIX } from '../../families.ts';
import { ForeignGroups } from '../ingest/groups.ts';
import type { IngestedRecord, IngestFormat } from '../ingest/ingest.ts';

const text = z.string().max(65_536);
const number = z.number().finite();

const traceeEvent = z.object({
  timestamp: number,
  processorId: number.default(0),
  hostProcessId: number,
  hostThreadId: number.optional(),
  hostParentProcessId: number.default(0),
  processId: number.default(0),
  userId: number.default(0),
  mountNamespace: number.default(0),
  pidNamespace: number.default(0),
  processName: text.default(''),
  executable: z.object({ path: text.default('') }).nullish(),
  containerId: text.optional(),
  container: z
    .object({ id: text.default(''), name: text.optional(), image: text.optional(), imageDigest: text.optional() })
    .nullish(),
  kubernetes: z.object({ podName: text.optional(), podNamespace: text.optional(), podUID: text.optional() }).nullish(),
  eventName: text,
  returnValue: number.default(0),
  args: z
    .array(z.object({ name: text, value: z.unknown() }))
    .max(64)
    .nullish(),
  metadata: z
    .object({
      Description: text.default(''),
      Properties: z.record(z.string(), z.unknown()).nullish(),
      Version: text.optional(),
    })
    .nullish(),
});
type TraceeEvent = z.infer<typeof traceeEvent>;

/** Tracee's JSON output: what it traces as events, what its signatures found as alerts under their own names. */
export function traceeFormat(): IngestFormat {
  const groups = new ForeignGroups();
  return {
    id: 'tracee',
    title: 'Events of Tracee (JSON)',
    references: ['https://aquasecurity.github.io/tracee/latest/docs/events/'],
    maturity: 'incubating',
    requires: 'tracee --output json, to a file or a pipe, with the events of its policies',
    blindTo: ['calls that no policy of Tracee traces'],
    read: (record) => readRecord(record, groups),
  };
}

function readRecord(record: unknown, groups: ForeignGroups): Result<readonly IngestedRecord[]> {
  const parsed = traceeEvent.safeParse(record);
  if (!parsed.success) return err('is no event of Tracee: timestamp, hostProcessId and eventName are needed');
  const source = parsed.data;
  const { group, told } = groups.groupOf(containerOf(source));
  const severity = source.metadata?.Properties?.['Severity'];
  if (typeof severity === 'number' || typeof severity === 'string')
    return ok([...told, alertOf(source, Number(severity))]);
  const event = eventOf(source, group);
  return ok(event === undefined ? told : [...told, { kind: 'event', event }]);
}

const priorities = ['Informational', 'Notice', 'Warning', 'Error', 'Critical'];

function alertOf(source: TraceeEvent, severity: number): IngestedRecord {
  const properties = source.metadata?.Properties ?? {};
  const rule = properties['signatureName'];
  return {
    kind: 'alert',
    alert: {
      tool: 'tracee',
      timeUs: Math.floor(source.timestamp / 1000),
      rule: typeof rule === 'string' ? rule : source.eventName,
      priority: priorities[Math.min(Math.max(Math.trunc(severity), 0), 4)] ?? 'Warning',
      output: source.metadata?.Description ?? '',
      tags: Object.entries(properties).flatMap(([name, value]) =>
        name === 'Technique' || name === 'Category' ? [String(value)] : [],
      ),
      fields: {
        'proc.name': source.processName,
        'proc.pid': source.hostProcessId,
        'container.id': source.container?.id ?? source.containerId ?? null,
      },
    },
  };
}

function eventOf(source: TraceeEvent, group: number): SensorEvent | undefined {
  const isExec = source.eventName === 'sched_process_exec';
  const type = isExec ? 'execve' : source.eventName === 'sched_process_exit' ? 'procexit' : callName(source.eventName);
  if (!isEventType(type) || (type === 'execve' && !isExec && source.returnValue === 0)) return undefined;
  const values = new Map((source.args ?? []).map(({ name, value }) => [name, value]));
  const event = emptyEvent();
  event.type = type;
  event.timeUs = Math.floor(source.timestamp / 1000);
  event.cpu = source.processorId;
  event.pid = source.hostProcessId;
  event.tid = source.hostThreadId ?? source.hostProcessId;
  event.ppid = source.hostParentProcessId;
  event.uid = source.userId;
  event.gid = source.userId;
  event.cgroupId = group;
  event.comm = source.processName;
  event.result = source.returnValue;
  if (isExec) event.exec = execOf(source, values);
  else readArguments(event, values);
  return event;
}

function callName(name: string): string {
  if (name === 'security_file_open') return 'openat';
  return name === 'security_socket_connect' ? 'connect' : name;
}

type Values = ReadonlyMap<string, unknown>;

function readArguments(event: SensorEvent, values: Values): void {
  const textOf = (...names: string[]) =>
    names.map((name) => values.get(name)).find((value) => typeof value === 'string');
  const numberOf = (...names: string[]) =>
    names.map((name) => values.get(name)).find((value) => typeof value === 'number');
  event.path = textOf('pathname', 'oldpath', 'old_path', 'target', 'source');
  event.newPath = textOf('newpath', 'new_path', 'linkpath', 'target_dir');
  event.directoryFd = numberOf('dirfd', 'olddirfd');
  event.flags = numberOf('flags', 'unshare_flags', 'nstype');
  event.mode = numberOf('mode');
  event.command = numberOf('request', 'cmd', 'sig', 'option');
  event.target = numberOf('pid', 'uid', 'gid', 'ruid');
  event.fd = event.type.startsWith('open') ? event.result : numberOf('fd', 'sockfd', 'newfd');
  event.oldFd = numberOf('oldfd');
  event.domain = numberOf('domain');
  event.address = addressOf(values.get('addr') ?? values.get('remote_addr'));
  if (event.address) event.domain = event.address.family;
}

const socketAddress = z.object({
  sa_family: text,
  sin_addr: text.optional(),
  sin6_addr: text.optional(),
  sin_port: z.coerce.number().optional(),
  sin6_port: z.coerce.number().optional(),
  sun_path: text.optional(),
});

function addressOf(value: unknown) {
  const parsed = socketAddress.safeParse(value);
  if (!parsed.success) return undefined;
  const { sa_family, sin_addr, sin6_addr, sin_port, sin6_port, sun_path } = parsed.data;
  const family = sa_family === 'AF_INET6' ? AF_INET6 : sa_family === 'AF_UNIX' ? AF_UNIX : AF_INET;
  return { family, ip: sin_addr ?? sin6_addr ?? sun_path ?? '', port: sin_port ?? sin6_port ?? 0 };
}

function execOf(source: TraceeEvent, values: Values): ExecDetails {
  const textOf = (name: string) => (typeof values.get(name) === 'string' ? String(values.get(name)) : undefined);
  const numberOf = (name: string) => Number(values.get(name) ?? 0) || 0;
  const list = (name: string) => z.array(text).safeParse(values.get(name)).data ?? [];
  const path = textOf('pathname') ?? source.executable?.path ?? '';
  return {
    comm: source.processName,
    filename: textOf('cmdpath') ?? path,
    exePath: path,
    args: list('argv'),
    argsCut: false,
    env: list('env'),
    cwd: '/',
    tty: 0,
    loginUid: 4294967295,
    parentPid: source.hostParentProcessId,
    sessionId: 0,
    vpid: source.processId,
    vpgid: 0,
    pidNamespace: source.pidNamespace,
    mountNamespace: source.mountNamespace,
    networkNamespace: 0,
    userNamespace: 0,
    capEffective: 0,
    capPermitted: 0,
    capInheritable: 0,
    upperLayer: false,
    memfd: path.startsWith('memfd:'),
    writable: false,
    inode: numberOf('inode'),
    device: numberOf('dev'),
    changeTimeNs: numberOf('ctime'),
    modifyTimeNs: 0,
  };
}

function containerOf({ container, containerId, kubernetes }: TraceeEvent) {
  const id = container?.id || containerId;
  if (!id) return undefined;
  const { podName, podNamespace, podUID } = kubernetes ?? {};
  return {
    id,
    runtime: 'unknown' as const,
    name: container?.name,
    image: container?.image,
    imageDigest: container?.imageDigest,
    startUs: undefined,
    privileged: undefined,
    pod: podName && podNamespace ? { name: podName, namespace: podNamespace, uid: podUID, labels: {} } : undefined,
  };
}
