import { err, ok, type Result } from '#foundation/index.ts';
import { capabilityBits } from '../../containers/capabilities.ts';
import { type ExecDetails, emptyEvent, type SensorEvent } from '../../event.ts';
import { ForeignGroups } from '../ingest/groups.ts';
import type { IngestedRecord, IngestFormat } from '../ingest/ingest.ts';
import { microsecondsOf } from '../ingest/time.ts';
import { applyCall } from './calls.ts';
import { type TetragonProcess, tetragonRecord } from './schema.ts';

/** Tetragon's export: every program that starts and ends, and what its tracing policies hook. */
export function tetragonFormat(): IngestFormat {
  const groups = new ForeignGroups();
  return {
    id: 'tetragon',
    title: 'Events of Tetragon (JSON)',
    references: ['https://tetragon.io/docs/concepts/events/'],
    maturity: 'incubating',
    requires: "Tetragon's export file, or `tetra getevents -o json` on a pipe",
    blindTo: ['files, sockets and other calls that no tracing policy hooks', 'DNS', 'bytes that were sent'],
    read: (record) => readRecord(record, groups),
  };
}

function readRecord(record: unknown, groups: ForeignGroups): Result<readonly IngestedRecord[]> {
  const parsed = tetragonRecord.safeParse(record);
  if (!parsed.success) return err('is no event of Tetragon: time and one of process_exec, process_exit, … are needed');
  const {
    time,
    process_exec: exec,
    process_exit: exit,
    process_kprobe: call,
    process_throttle,
    rate_limit_info,
  } = parsed.data;
  const timeUs = microsecondsOf(time);
  if (timeUs === undefined) return err(`has a time that cannot be read: ${time.slice(0, 40)}`);
  if (rate_limit_info) {
    const lost = rate_limit_info.number_of_dropped_process_events;
    return ok([{ kind: 'loss', timeUs, lost, detail: 'Tetragon dropped events by its rate limit' }]);
  }
  if (process_throttle) {
    return ok([
      { kind: 'loss', timeUs, lost: undefined, detail: `Tetragon throttled ${process_throttle.cgroup ?? 'a group'}` },
    ]);
  }
  const subject = exec ?? exit ?? call;
  // Other kinds (loaders, uprobes, LSM hooks) are told of no process's call that rules know.
  if (subject === undefined) return ok([]);
  const { group, told } = groups.groupOf(containerOf(subject.process));
  const event = eventOf(subject.process, subject.parent?.pid ?? 0, timeUs, group);
  if (exec) event.exec = execDetails(exec.process, exec.parent?.pid ?? 0);
  else if (exit) {
    event.type = 'procexit';
    event.result = exit.status === undefined ? 0 : exit.status << 8;
  } else if (call && !applyCall(event, call)) return ok(told);
  return ok([...told, { kind: 'event', event }]);
}

function eventOf(process: TetragonProcess, parentPid: number, timeUs: number, group: number): SensorEvent {
  const event = emptyEvent();
  event.type = 'execve';
  event.timeUs = timeUs;
  event.pid = process.pid;
  event.tid = process.tid ?? process.pid;
  event.ppid = parentPid;
  event.uid = process.uid;
  event.gid = process.uid;
  event.cgroupId = group;
  event.comm = nameOf(process);
  return event;
}

function nameOf({ binary }: TetragonProcess): string {
  return (binary.split('/').pop() ?? '').slice(0, 15);
}

function execDetails(process: TetragonProcess, parentPid: number): ExecDetails {
  return {
    comm: nameOf(process),
    filename: process.binary,
    exePath: process.binary,
    args: [process.binary, ...splitArguments(process.arguments)],
    argsCut: process.flags.includes('truncArgs'),
    env: [],
    cwd: process.cwd,
    tty: 0,
    loginUid: process.auid,
    parentPid,
    sessionId: 0,
    vpid: 0,
    vpgid: 0,
    pidNamespace: process.ns?.pid?.inum ?? 0,
    mountNamespace: process.ns?.mnt?.inum ?? 0,
    networkNamespace: process.ns?.net?.inum ?? 0,
    userNamespace: process.ns?.user?.inum ?? 0,
    capEffective: capabilityBits(process.cap?.effective ?? []),
    capPermitted: capabilityBits(process.cap?.permitted ?? []),
    capInheritable: capabilityBits(process.cap?.inheritable ?? []),
    upperLayer: false,
    memfd: process.binary_properties?.file?.inode?.links === 0,
    writable: false,
    inode: process.binary_properties?.file?.inode?.number ?? 0,
    device: 0,
    changeTimeNs: 0,
    modifyTimeNs: 0,
  };
}

/** Tetragon joins arguments with blanks, and quotes those that hold one. */
function splitArguments(text: string): string[] {
  return Array.from(text.matchAll(/"((?:[^"\\]|\\.)*)"|\S+/g), ([whole, quoted]) => quoted ?? whole);
}

function containerOf({ docker, pod }: TetragonProcess) {
  const id = pod?.container?.id?.split('://').pop() || docker;
  if (!id) return undefined;
  const runtime = pod?.container?.id?.startsWith('cri-o')
    ? ('cri-o' as const)
    : pod
      ? ('containerd' as const)
      : ('unknown' as const);
  return {
    id,
    runtime,
    name: pod?.container?.name,
    image: pod?.container?.image?.name,
    imageDigest: pod?.container?.image?.id?.split('@')[1],
    startUs: microsecondsOf(pod?.container?.start_time ?? ''),
    privileged: pod?.container?.security_context?.privileged,
    pod: pod ? { name: pod.name, namespace: pod.namespace, uid: pod.uid, labels: pod.pod_labels ?? {} } : undefined,
  };
}
