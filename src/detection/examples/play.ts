import { err, ok, type Result } from '#foundation/index.ts';
import {
  type Container,
  type DocumentEvent,
  type ExecDetails,
  emptyEvent,
  Pipeline,
  type RuntimeEvent,
  type SensorEvent,
} from '#runtime/index.ts';
import type { ExampleEvent, ExampleRecord } from './example.ts';
import { capabilitiesNumber, commandNumber, flagsNumber, modeNumber } from './number-names.ts';

/** Where the joined events of examples go. */
export interface ExampleSink {
  readonly event: (event: RuntimeEvent) => void;
  readonly document: (event: DocumentEvent) => void;
}

/** What a container may do by default: what engines grant when nothing is said. */
const DEFAULT_CAPABILITIES = 0xa80425fb;
const ALL_CAPABILITIES = 2 ** 41 - 1;
const START_US = 1_767_225_600_000_000;

/** Plays the events of an example through the same state that a watch has. The error says which event could not be understood. */
export function playExample(events: readonly (ExampleEvent | ExampleRecord)[], sink: ExampleSink): Result<undefined> {
  const player = new Player(sink);
  for (const [index, event] of events.entries()) {
    const played = 'audit' in event ? player.playRecord(event) : player.play(event);
    if (!played.ok) return err(`event ${index + 1}: ${played.error}`);
  }
  return ok(undefined);
}

interface Playing {
  readonly pid: number;
  readonly words: readonly string[];
  readonly group: number;
}

class Player {
  readonly #pipeline: Pipeline;
  readonly #groups = new Map<string, number>([['host', 0]]);
  readonly #started = new Map<string, Playing>();
  #timeUs = START_US;
  #nextPid = 1000;
  #in = 'container';
  #by = 'sh';
  #parent: string | undefined;
  #as = 0;

  constructor(sink: ExampleSink) {
    this.#pipeline = new Pipeline({
      sink: { event: sink.event, document: sink.document, blind: () => undefined, alert: () => undefined },
      describe: (_question, answer) => answer(undefined),
      hierarchyNumber: 0,
    });
  }

  playRecord({ audit }: ExampleRecord): Result<undefined> {
    this.#timeUs += 1000;
    this.#pipeline.document({ source: 'k8s_audit', timeUs: this.#timeUs, document: audit });
    return ok(undefined);
  }

  play(event: ExampleEvent): Result<undefined> {
    this.#timeUs += Math.round((event.after ?? 0.001) * 1_000_000);
    this.#in = event.in ?? this.#in;
    if (event.by !== undefined && event.by !== this.#by) this.#parent = undefined;
    this.#by = event.by ?? this.#by;
    this.#parent = event.parent ?? this.#parent;
    this.#as = event.as ?? this.#as;
    const process = this.#process(event);
    if (!process.ok) return process;
    if (event.do === 'execve' || event.do === 'execveat') return ok(undefined);
    const sensed = this.#sensed(event, process.value);
    if (!sensed.ok) return sensed;
    this.#pipeline.event(sensed.value);
    return ok(undefined);
  }

  #group(): number {
    const known = this.#groups.get(this.#in);
    if (known !== undefined) return known;
    const group = 100 + this.#groups.size;
    this.#groups.set(this.#in, group);
    this.#pipeline.registry.setContainer(group, exampleContainer(this.#in, group));
    return group;
  }

  /** The process of a command line: started when it is first named, or when it starts again. */
  #process(event: ExampleEvent): Result<Playing> {
    const group = this.#group();
    const key = `${this.#in}\0${this.#by}\0${this.#parent ?? ''}`;
    const known = this.#started.get(key);
    const starts = event.do === 'execve' || event.do === 'execveat';
    if (known !== undefined && !starts) return ok(known);
    const parent = this.#parentOf(group);
    const pid = known?.pid ?? this.#nextPid++;
    const playing = { pid, words: wordsOf(this.#by), group };
    this.#started.set(key, playing);
    const exec = this.#exec(event, playing.words, parent);
    if (!exec.ok) return exec;
    const started = {
      ...this.#event(playing),
      type: event.do === 'execveat' ? 'execveat' : 'execve',
      exec: exec.value,
    } as const;
    this.#pipeline.event(started);
    return ok(playing);
  }

  #parentOf(group: number): number {
    if (this.#parent === undefined) return 1;
    const key = `${this.#in}\0${this.#parent}\0`;
    const known = this.#started.get(key);
    if (known !== undefined) return known.pid;
    const parent = { pid: this.#nextPid++, words: wordsOf(this.#parent), group };
    this.#started.set(key, parent);
    const exec = this.#exec({ do: 'execve' }, parent.words, 1);
    // The parent was there before: it is state and no event.
    if (exec.ok) this.#pipeline.tracker.seed({ ...this.#event(parent), type: 'execve', exec: exec.value });
    return parent.pid;
  }

  #exec(event: ExampleEvent, words: readonly string[], parentPid: number): Result<ExecDetails> {
    const [first = 'sh'] = words;
    const name = first.slice(first.lastIndexOf('/') + 1);
    const extra = capabilitiesNumber(event.caps ?? []);
    if (!extra.ok) return extra;
    const caps =
      this.#in === 'host' || this.#in === 'privileged' ? ALL_CAPABILITIES : DEFAULT_CAPABILITIES + extra.value;
    const exePath = event.exe ?? (first.startsWith('/') ? first : `/usr/bin/${name}`);
    const isHost = this.#in === 'host';
    return ok({
      comm: name.slice(0, 15),
      filename: exePath,
      exePath,
      args: words,
      argsCut: false,
      env: event.env ?? [],
      cwd: event.cwd ?? '/',
      tty: event.tty ?? 0,
      loginUid: 4_294_967_295,
      parentPid,
      sessionId: parentPid,
      vpid: this.#nextPid,
      vpgid: this.#nextPid,
      pidNamespace: isHost ? 1 : 2,
      mountNamespace: event.mnt_ns ?? (isHost ? 1 : 2),
      networkNamespace: 2,
      userNamespace: event.user_ns ?? 1,
      capEffective: caps,
      capPermitted: caps,
      capInheritable: 0,
      upperLayer: event.upper_layer ?? false,
      memfd: event.memfd ?? false,
      writable: true,
      inode: 1,
      device: 1,
      changeTimeNs: (this.#timeUs - (event.age_s ?? 86_400) * 1_000_000) * 1000,
      modifyTimeNs: (this.#timeUs - (event.age_s ?? 86_400) * 1_000_000) * 1000,
    });
  }

  #event({ pid, words, group }: Playing): SensorEvent {
    const [first = 'sh'] = words;
    return {
      ...emptyEvent(),
      timeUs: this.#timeUs,
      pid,
      tid: pid,
      uid: this.#as,
      gid: this.#as,
      cgroupId: group,
      comm: first.slice(first.lastIndexOf('/') + 1).slice(0, 15),
    };
  }

  #sensed(event: ExampleEvent, process: Playing): Result<SensorEvent> {
    const numbers = numbersOf(event);
    if (!numbers.ok) return numbers;
    const result = event.result ?? (makesDescriptor(event.do) ? (event.fd ?? 5) : 0);
    const sensed: SensorEvent = {
      ...this.#event(process),
      ...numbers.value,
      type: event.do,
      path: event.path,
      newPath: event.to,
      text: event.text,
      target: event.target,
      value: event.value,
      size: event.size,
      domain: event.domain,
      socketType: event.socket_type,
      oldFd: event.old_fd,
      result,
      fd:
        event.fd ??
        (makesDescriptor(event.do) ? result : event.socket === undefined && event.data === undefined ? undefined : 5),
      directoryFd: event.do.includes('at') && event.path !== undefined ? -100 : undefined,
      newDirectoryFd: event.do.includes('at') && event.to !== undefined ? -100 : undefined,
      data: dataOf(event),
    };
    if (event.socket !== undefined) Object.assign(sensed, socketOf(event.socket, event.do));
    if (event.dns !== undefined) Object.assign(sensed, socketOf('udp 10.0.0.10:53', event.do));
    return ok(sensed);
  }
}

const MAKERS: ReadonlySet<string> = new Set([
  'open',
  'openat',
  'openat2',
  'creat',
  'open_by_handle_at',
  'socket',
  'accept',
  'accept4',
  'dup',
  'dup2',
  'dup3',
  'memfd_create',
]);

function makesDescriptor(type: string): boolean {
  return MAKERS.has(type);
}

function numbersOf(event: ExampleEvent): Result<Pick<SensorEvent, 'flags' | 'mode' | 'command'>> {
  const flags = typeof event.flags === 'string' ? flagsNumber(event.do, event.flags) : ok(event.flags);
  const command = typeof event.command === 'string' ? commandNumber(event.do, event.command) : ok(event.command);
  const mode = event.mode === undefined ? ok(undefined) : modeNumber(event.mode);
  if (!flags.ok) return flags;
  if (!command.ok) return command;
  if (!mode.ok) return mode;
  const isOpen = event.do === 'open' || event.do === 'openat' || event.do === 'openat2';
  return ok({ flags: flags.value ?? (isOpen ? 0 : undefined), command: command.value, mode: mode.value });
}

function socketOf(
  text: string,
  type: string,
): Pick<SensorEvent, 'socket' | 'address' | 'domain' | 'socketType' | 'protocol'> {
  const [kind = 'tcp', name = ''] = text.split(' ');
  const colon = name.lastIndexOf(':');
  const family = kind === 'unix' ? 1 : name.startsWith('[') ? 10 : 2;
  const ip = kind === 'unix' ? name : name.slice(0, colon).replace(/^\[|\]$/g, '');
  const address = { family, ip, port: kind === 'unix' ? 0 : Number(name.slice(colon + 1)) };
  const local = { family, ip: family === 10 ? 'fd00::5' : '10.1.2.3', port: 40_000 };
  const isBound = type === 'bind' || type === 'listen';
  const ends = isBound ? { local: address, remote: undefined } : { local, remote: address };
  return {
    socket: ends,
    address,
    domain: family,
    socketType: kind === 'udp' ? 2 : 1,
    protocol: kind === 'udp' ? 17 : kind === 'tcp' ? 6 : 0,
  };
}

function dataOf({ data, dns }: ExampleEvent): Uint8Array | undefined {
  if (dns !== undefined) return question(dns);
  return data === undefined ? undefined : new Uint8Array(Buffer.from(data, 'utf8'));
}

/** A DNS question for an address of type A (https://www.rfc-editor.org/rfc/rfc1035). */
function question(name: string): Uint8Array {
  const labels = name.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]);
  return Uint8Array.from([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, 1, 0, 1]);
}

/** Splits a command line at blanks; quotes keep words together. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

function exampleContainer(name: string, group: number): Container {
  const isPrivileged = name === 'privileged';
  return {
    id: `${group}`.padStart(12, 'c'),
    fullId: `${group}`.padStart(64, 'c'),
    runtime: 'podman',
    name,
    image: {
      name: 'registry.example/app:1',
      repository: 'registry.example/app',
      tag: '1',
      digest: undefined,
      id: undefined,
    },
    labels: {},
    privileged: isPrivileged,
    mounts: [],
    startUs: START_US - 3_600_000_000,
    env: [],
    user: undefined,
    cniAddress: undefined,
    hostPid: false,
    hostNetwork: false,
    hostIpc: false,
    healthcheck: undefined,
    capabilities: isPrivileged ? ALL_CAPABILITIES : DEFAULT_CAPABILITIES,
    pod: undefined,
    cgroupPath: `/machine/${group}`,
    described: 'yes',
  };
}
