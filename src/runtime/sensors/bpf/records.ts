import { readSocketAddress, readSocketEnds } from '../../addresses.ts';
import { type ExecDetails, emptyEvent, type SensorEvent } from '../../event.ts';
import { type EventType, eventTypes } from '../../event-type.ts';
import { type Call, calls, type NumberMember } from './calls.ts';
import { TextCache } from './texts.ts';

/** `struct record` of program/record.h, in bytes. */
const RECORD_BYTES = 128;
const WORD = {
  time: 0,
  cgroup: 2,
  result: 4,
  args: 6,
  pid: 18,
  tid: 19,
  ppid: 20,
  uid: 21,
  gid: 22,
  cpuAndType: 23,
  fdMode: 28,
  size: 29,
  call: 30,
} as const;
const COMM_AT = 96;
const COMM_BYTES = 16;
const TWO_32 = 4294967296;

const section = {
  path: 1,
  newPath: 2,
  text: 3,
  address: 4,
  ends: 5,
  data: 6,
  exec: 7,
  filename: 8,
  arguments: 9,
  environment: 10,
  exePath: 11,
  directory: 12,
  cgroupPath: 13,
} as const;

/** Members that are whole numbers with a sign of 32 bits, as the kernel takes them; the others are unsigned, or as wide as a register. */
const signed: ReadonlySet<NumberMember> = new Set(['oldFd', 'directoryFd', 'newDirectoryFd', 'target']);
const wide: ReadonlySet<NumberMember> = new Set(['size', 'value']);

interface TypeShape {
  readonly type: EventType;
  readonly fd: number | 'result' | undefined;
  readonly members: readonly (readonly [NumberMember, number, 'signed' | 'unsigned' | 'wide'])[];
}

const shapes: readonly (TypeShape | undefined)[] = eventTypes.map((type) => {
  const call = calls.find((candidate) => candidate.type === type);
  return call && shapeOf(call);
});

function shapeOf({ type, fd, members = {} }: Call): TypeShape {
  const names = Object.keys(members) as NumberMember[];
  return {
    type,
    fd,
    members: names.map((name) => [
      name,
      WORD.args + 2 * (members[name] ?? 0),
      signed.has(name) ? 'signed' : wide.has(name) ? 'wide' : 'unsigned',
    ]),
  };
}

/** Turns records of the ring buffer into events. One event object is used for all. */
export class RecordDecoder {
  readonly #bytes: Buffer;
  readonly #words: Uint32Array;
  readonly #ints: Int32Array;
  readonly #event: SensorEvent = emptyEvent();
  readonly #texts = new TextCache();
  /** Microseconds between the start of the kernel and 1970; changes when the clock is set. */
  bootTimeUs: number;

  constructor(bytes: Buffer, bootTimeUs: number) {
    this.#bytes = bytes;
    this.#words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    this.#ints = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    this.bootTimeUs = bootTimeUs;
  }

  /** `undefined` for a record that is not one of ours. The event is valid until the next call. */
  decode(start: number, length: number): SensorEvent | undefined {
    const word = start >> 2;
    const words = this.#words;
    const cpuAndType = words[word + WORD.cpuAndType] ?? 0;
    const typeNumber = cpuAndType >>> 16;
    const type = eventTypes[typeNumber];
    const size = words[word + WORD.size] ?? 0;
    if (type === undefined || length < RECORD_BYTES + size) return undefined;
    const event = this.#event;
    event.type = type;
    event.timeUs = this.bootTimeUs + Math.floor(this.#wide(word + WORD.time) / 1000);
    event.cgroupId = this.#wide(word + WORD.cgroup);
    event.result = (this.#ints[word + WORD.result + 1] ?? 0) * TWO_32 + (words[word + WORD.result] ?? 0);
    event.pid = words[word + WORD.pid] ?? 0;
    event.tid = words[word + WORD.tid] ?? 0;
    event.ppid = words[word + WORD.ppid] ?? 0;
    event.uid = words[word + WORD.uid] ?? 0;
    event.gid = words[word + WORD.gid] ?? 0;
    event.cpu = cpuAndType & 0xffff;
    event.comm = this.#zeroEnded(start + COMM_AT, start + COMM_AT + COMM_BYTES);
    clear(event);
    const fdMode = words[word + WORD.fdMode] ?? 0;
    if (fdMode !== 0) event.fdMode = fdMode & 0xf000;
    const shape = shapes[typeNumber];
    if (shape && words[word + WORD.call] !== 0) this.#readMembers(event, shape, word);
    else this.#readOwnKinds(event, word);
    if (size > 0) this.#readSections(event, start + RECORD_BYTES, start + RECORD_BYTES + size);
    return event;
  }

  #wide(word: number): number {
    return (this.#words[word + 1] ?? 0) * TWO_32 + (this.#words[word] ?? 0);
  }

  #readMembers(event: SensorEvent, shape: TypeShape, word: number): void {
    for (const [name, at, kind] of shape.members) {
      event[name] =
        kind === 'signed' ? this.#ints[word + at] : kind === 'wide' ? this.#wide(word + at) : this.#words[word + at];
    }
    if (shape.fd === 'result') event.fd = event.result >= 0 ? event.result : -1;
    else if (shape.fd !== undefined) event.fd = this.#ints[word + WORD.args + 2 * shape.fd];
  }

  /** What the program tells that is not the end of a call; the arguments are its own. */
  #readOwnKinds(event: SensorEvent, word: number): void {
    const first = WORD.args;
    if (event.type === 'clone') {
      event.target = this.#ints[word + first + 2];
      event.value = this.#words[word + first + 4];
    } else if (event.type === 'cgroup_mkdir' || event.type === 'cgroup_rmdir') {
      event.cgroupId = this.#wide(word + first);
      event.value = this.#words[word + first + 2];
    } else if (event.type === 'fpu_rounding') {
      event.value = this.#words[word + first];
      event.size = this.#words[word + first + 2];
    }
  }

  #readSections(event: SensorEvent, start: number, end: number): void {
    const bytes = this.#bytes;
    const exec: Sections = {};
    for (let at = start; at + 4 <= end; ) {
      const tag = bytes[at] ?? 0;
      const from = at + 4;
      const to = from + (bytes[at + 2] ?? 0) + ((bytes[at + 3] ?? 0) << 8);
      if (to > end) return;
      if (tag >= section.exec && tag <= section.directory) exec[tag] = [from, to];
      else this.#readSection(event, tag, from, to);
      at = to;
    }
    if (exec[section.exec]) event.exec = this.#readExec(event, exec);
  }

  #readSection(event: SensorEvent, tag: number, from: number, to: number): void {
    const bytes = this.#bytes;
    switch (tag) {
      case section.path:
        event.path = this.#texts.read(bytes, from, to - 1);
        break;
      case section.newPath:
        event.newPath = this.#texts.read(bytes, from, to - 1);
        break;
      case section.text:
        event.text = this.#texts.read(bytes, from, to - 1);
        break;
      case section.cgroupPath:
        event.cgroupPath = this.#texts.read(bytes, from, to - 1);
        break;
      case section.address:
        event.address = readSocketAddress(bytes, from, to - from);
        break;
      case section.data:
        event.data = bytes.subarray(from, to);
        break;
      case section.ends: {
        const ends = readSocketEnds(bytes, from);
        event.socket = ends;
        event.domain = ends.family;
        event.socketType ??= ends.type;
        event.protocol ??= ends.protocol;
        break;
      }
    }
  }

  #readExec(event: SensorEvent, sections: Sections): ExecDetails {
    const [at] = sections[section.exec] ?? [0];
    const bytes = this.#bytes;
    const number = (offset: number) => bytes.readUInt32LE(at + offset);
    const wide = (offset: number) => number(offset + 4) * TWO_32 + number(offset);
    const flags = number(52);
    const args = this.#wordsIn(sections[section.arguments]);
    const filename = this.#section(sections[section.filename], 1);
    event.uid = number(96);
    event.gid = number(100);
    if (filename.startsWith('/dev/fd/')) event.type = 'execveat';
    return {
      comm: event.comm,
      filename,
      exePath: this.#section(sections[section.exePath], 0),
      args,
      argsCut: isCut(sections[section.arguments]),
      env: this.#wordsIn(sections[section.environment]),
      cwd: this.#section(sections[section.directory], 0),
      tty: number(56),
      loginUid: number(60),
      parentPid: number(64),
      sessionId: number(68),
      vpid: number(72),
      vpgid: number(76),
      pidNamespace: number(80),
      mountNamespace: number(84),
      networkNamespace: number(88),
      userNamespace: number(92),
      capEffective: wide(0),
      capPermitted: wide(8),
      capInheritable: wide(16),
      inode: wide(24),
      changeTimeNs: wide(32),
      modifyTimeNs: wide(40),
      device: number(48),
      upperLayer: (flags & 1) !== 0,
      memfd: (flags & 2) !== 0,
      writable: (flags & 4) !== 0,
    };
  }

  #section(place: Place | undefined, zeros: number): string {
    return place ? this.#texts.read(this.#bytes, place[0], place[1] - zeros) : '';
  }

  /** Texts that end with a zero byte each; the last may have been cut. */
  #wordsIn(place: Place | undefined): string[] {
    if (!place) return [];
    const words: string[] = [];
    for (let from = place[0]; from < place[1]; ) {
      const zero = this.#bytes.indexOf(0, from);
      const to = zero < 0 || zero > place[1] ? place[1] : zero;
      words.push(this.#texts.read(this.#bytes, from, to));
      from = to + 1;
    }
    return words;
  }

  #zeroEnded(start: number, limit: number): string {
    let end = start;
    while (end < limit && this.#bytes[end] !== 0) end++;
    return this.#texts.read(this.#bytes, start, end);
  }
}

type Place = readonly [from: number, to: number];
type Sections = Record<number, Place | undefined>;

/** ARGUMENT_BYTES of record.h, less one. */
const ARGUMENT_LIMIT = 4095;

function isCut(place: Place | undefined): boolean {
  return place !== undefined && place[1] - place[0] >= ARGUMENT_LIMIT;
}

function clear(event: SensorEvent): void {
  event.fd = undefined;
  event.oldFd = undefined;
  event.directoryFd = undefined;
  event.newDirectoryFd = undefined;
  event.path = undefined;
  event.newPath = undefined;
  event.text = undefined;
  event.flags = undefined;
  event.mode = undefined;
  event.command = undefined;
  event.target = undefined;
  event.value = undefined;
  event.size = undefined;
  event.domain = undefined;
  event.socketType = undefined;
  event.protocol = undefined;
  event.fdMode = undefined;
  event.socket = undefined;
  event.address = undefined;
  event.data = undefined;
  event.exec = undefined;
  event.cgroupPath = undefined;
}
