import type { RuntimeEvent } from '#runtime/index.ts';
import { argumentNames, argumentsOf, argumentsText } from './arguments.ts';
import type { FieldContext } from './context.ts';
import {
  categoryOf,
  eventTypeStanding,
  isFileType,
  isMemoryType,
  isNetworkType,
  isReadType,
  isTransferType,
  isWriteType,
} from './event-categories.ts';
import { type Field, field, parseIndex, unseenField } from './field.ts';
import { resultName } from './names.ts';
import { clockTime, isoTime } from './time-text.ts';

type E = RuntimeEvent;
const OPENS: ReadonlySet<string> = new Set(['open', 'openat', 'openat2', 'open_by_handle_at']);
const CREATES = 0o100;
const TEMPORARY = 0o20000000;

function opens({ event }: E): boolean {
  return OPENS.has(event.type) && event.flags !== undefined;
}

function creates({ event }: E): boolean {
  return event.type === 'creat' || (OPENS.has(event.type) && ((event.flags ?? 0) & (CREATES | TEMPORARY)) !== 0);
}

function failed({ event }: E): boolean {
  return event.result < 0;
}

const one = (value: boolean): number | undefined => (value ? 1 : undefined);

/** `evt.*` of system calls. */
export function eventFields(context: FieldContext): readonly Field<E>[] {
  return [
    ...timeFields,
    ...relativeFields(ticker()),
    ...argumentFields,
    ...kindFields,
    ...countFields,
    ...deprecatedFields,
    field('evt.hostname', 'text', 'name of the host', () => context.hostname),
  ];
}

/** Time since the event before and since the first that was asked for: kept by number, as a field may be read twice. */
function ticker(): (event: E) => { readonly deltaUs: number; readonly sinceStartUs: number } {
  let firstUs: number | undefined;
  let lastUs = 0;
  const clock = { number: -1, deltaUs: 0, sinceStartUs: 0 };
  return ({ number, event }) => {
    if (clock.number === number) return clock;
    firstUs ??= event.timeUs;
    clock.number = number;
    clock.deltaUs = lastUs === 0 ? 0 : event.timeUs - lastUs;
    clock.sinceStartUs = event.timeUs - firstUs;
    lastUs = event.timeUs;
    return clock;
  };
}

const timeFields: readonly Field<E>[] = [
  field('evt.num', 'integer', 'number of the event since the start, from 1', ({ number }) => number),
  field('evt.time', 'text', 'time of day with nanoseconds', ({ event }) => clockTime(event.timeUs)),
  field('evt.time.s', 'text', 'time of day', ({ event }) => clockTime(event.timeUs).slice(0, 8)),
  field('evt.time.iso8601', 'text', 'date and time as ISO 8601 has it, with nanoseconds', ({ event }) =>
    isoTime(event.timeUs),
  ),
  field('evt.datetime', 'text', 'date and time with nanoseconds', ({ event }) =>
    isoTime(event.timeUs).slice(0, -1).replace('T', ' '),
  ),
  field('evt.datetime.s', 'text', 'date and time', ({ event }) => isoTime(event.timeUs).slice(0, 19).replace('T', ' ')),
  field('evt.rawtime', 'time', 'nanoseconds since 1970', ({ event }) => event.timeUs * 1000),
  field('evt.rawtime.s', 'time', 'seconds since 1970', ({ event }) => Math.floor(event.timeUs / 1_000_000)),
  field(
    'evt.rawtime.ns',
    'time',
    'the nanoseconds behind the seconds',
    ({ event }) => (event.timeUs % 1_000_000) * 1000,
  ),
];

function relativeFields(tick: ReturnType<typeof ticker>): readonly Field<E>[] {
  return [
    field(
      'evt.reltime',
      'duration',
      'nanoseconds since the first event that was asked for',
      (event) => tick(event).sinceStartUs * 1000,
    ),
    field('evt.reltime.s', 'duration', 'seconds since the first event', (event) =>
      Math.floor(tick(event).sinceStartUs / 1_000_000),
    ),
    field(
      'evt.reltime.ns',
      'duration',
      'the nanoseconds behind these seconds',
      (event) => (tick(event).sinceStartUs % 1_000_000) * 1000,
    ),
    field('evt.deltatime', 'duration', 'nanoseconds since the event before', (event) => tick(event).deltaUs * 1000),
    field('evt.deltatime.s', 'duration', 'seconds since the event before', (event) =>
      Math.floor(tick(event).deltaUs / 1_000_000),
    ),
    field(
      'evt.deltatime.ns',
      'duration',
      'the nanoseconds behind these seconds',
      (event) => (tick(event).deltaUs % 1_000_000) * 1000,
    ),
  ];
}

const argumentFields: readonly Field<E>[] = [
  field('evt.args', 'text', 'all arguments as name=value', argumentsText),
  field('evt.info', 'text', 'the same as evt.args', argumentsText),
  {
    name: 'evt.arg',
    type: 'text',
    description: 'an argument by its name or number: evt.arg.flags, evt.arg[0]',
    argument: 'required',
    bind: (argument = '') => boundArgument(argument, (value) => String(value)),
  },
  {
    name: 'evt.rawarg',
    type: 'integer',
    description: 'an argument that is a number, by its name',
    argument: 'required',
    plain: true,
    bind: (argument = '') => boundArgument(argument, (value) => (typeof value === 'number' ? value : undefined)),
  },
  {
    name: 'evt.abspath',
    type: 'text',
    description: 'the path of the call made absolute; [src] and [dst] for the two of rename and link',
    argument: 'optional',
    bind: (argument = 'src') => {
      if (argument !== 'src' && argument !== 'dst') return 'the argument is src or dst';
      return { read: ({ path, newPath }) => (argument === 'dst' ? newPath : path) };
    },
  },
  field('evt.buffer', 'bytes', 'first bytes that were read, written, sent or received', ({ event }) => event.data),
  field('evt.buflen', 'integer', 'how many bytes were read, written, sent or received', ({ event }) =>
    isReadType(event.type) || isWriteType(event.type) ? Math.max(event.result, 0) : undefined,
  ),
  field('evt.res', 'text', 'SUCCESS, or the name of the error', ({ event }) => resultName(event.result)),
  field(
    'evt.rawres',
    'integer',
    'what the call returned: a descriptor, a count, or an error below 0',
    ({ event }) => event.result,
  ),
  field('evt.failed', 'boolean', 'whether the call failed', failed),
];

function boundArgument(argument: string, value: (value: string | number) => string | number | undefined) {
  const index = /^\d{1,2}$/.test(argument) ? parseIndex(argument, 50) : undefined;
  if (typeof index === 'string') return index;
  if (index === undefined && !argumentNames.has(argument)) return `no event has an argument ${argument}`;
  return {
    read: (event: E) => {
      const known = argumentsOf(event.event.type);
      const found = index === undefined ? known.find(({ name }) => name === argument) : known[index];
      const read = found?.read(event);
      return read === undefined ? undefined : value(read);
    },
  };
}

const kindFields: readonly Field<E>[] = [
  field('evt.type', 'text', 'name of the event: open, execve', ({ event }) => event.type),
  {
    name: 'evt.type.is',
    type: 'integer',
    description: '1 for events of the type: evt.type.is.open',
    argument: 'required',
    bind: (argument = '') => {
      if (eventTypeStanding(argument) === 'unknown') return `there is no event type ${argument}`;
      return { read: ({ event }) => (event.type === argument ? 1 : 0) };
    },
  },
  field('syscall.type', 'text', 'name of the system call', ({ event }) =>
    event.type === 'procexit' || event.type.startsWith('cgroup_') ? undefined : event.type,
  ),
  field('evt.category', 'text', 'file, net, process, user, IO read, IO write, memory or system', ({ event }) =>
    categoryOf(event.type),
  ),
  field('evt.cpu', 'integer', 'number of the processor', ({ event }) => event.cpu),
  field('evt.source', 'text', 'syscall', () => 'syscall'),
  field('evt.is_async', 'boolean', 'false: events of other sources have fields of their own', () => false),
  unseenField('evt.asynctype', 'text', 'type of an asynchronous event'),
  field(
    'evt.is_io',
    'boolean',
    'whether bytes are read or written',
    ({ event }) => isReadType(event.type) || isWriteType(event.type) || isTransferType(event.type),
  ),
  field('evt.is_io_read', 'boolean', 'whether bytes are read', ({ event }) => isReadType(event.type)),
  field('evt.is_io_write', 'boolean', 'whether bytes are written', ({ event }) => isWriteType(event.type)),
  field('evt.io_dir', 'text', 'r or w', ({ event }) =>
    isReadType(event.type) ? 'r' : isWriteType(event.type) ? 'w' : undefined,
  ),
  field('evt.is_wait', 'boolean', 'false: calls that wait are not reported', () => false),
  field(
    'evt.is_syslog',
    'boolean',
    'whether it writes to /dev/log',
    ({ event, descriptor }) => isWriteType(event.type) && (descriptor?.name?.includes('/dev/log') ?? false),
  ),
  field(
    'evt.is_open_read',
    'boolean',
    'opened for reading',
    (event) => opens(event) && ((event.event.flags ?? 0) & 3) !== 1,
  ),
  field(
    'evt.is_open_write',
    'boolean',
    'opened for writing',
    (event) => opens(event) && ((event.event.flags ?? 0) & 3) !== 0,
  ),
  field(
    'evt.is_open_create',
    'boolean',
    'opened so that a file may be created',
    (event) => OPENS.has(event.event.type) && creates(event),
  ),
  field(
    'evt.is_open_exec',
    'boolean',
    'created as something that can be executed',
    (event) => creates(event) && ((event.event.mode ?? 0) & 0o111) !== 0,
  ),
];

const countFields: readonly Field<E>[] = [
  field('evt.count', 'integer', '1', () => 1),
  field('evt.count.error', 'integer', '1 for calls that failed', (event) => one(failed(event))),
  field('evt.count.error.file', 'integer', '1 for calls about files that failed', (event) =>
    one(failed(event) && isFileType(event.event.type)),
  ),
  field('evt.count.error.net', 'integer', '1 for calls about the network that failed', (event) =>
    one(failed(event) && isNetworkType(event.event.type)),
  ),
  field('evt.count.error.memory', 'integer', '1 for calls about memory that failed', (event) =>
    one(failed(event) && isMemoryType(event.event.type)),
  ),
  field('evt.count.error.other', 'integer', '1 for other calls that failed', (event) => {
    const { type } = event.event;
    return one(failed(event) && !isFileType(type) && !isNetworkType(type) && !isMemoryType(type));
  }),
  field('evt.count.exit', 'integer', '1: events are told when a call has returned', () => 1),
];

const deprecatedFields: readonly Field<E>[] = [
  field('evt.dir', 'text', 'direction: always <, as events are told when a call has returned', () => '<', {
    deprecated: 'nothing',
  }),
  unseenField('evt.latency', 'duration', 'time between call and return', { deprecated: 'nothing' }),
  unseenField('evt.latency.s', 'duration', 'seconds of it', { deprecated: 'nothing' }),
  unseenField('evt.latency.ns', 'duration', 'nanoseconds of it', { deprecated: 'nothing' }),
  unseenField('evt.latency.human', 'text', 'the same, to be read', { deprecated: 'nothing' }),
  unseenField('evt.wait_latency', 'duration', 'how long a call waited', { deprecated: 'nothing' }),
  unseenField('evt.pluginname', 'text', 'name of the plugin that an event is from'),
  unseenField('evt.plugininfo', 'text', 'what a plugin says of its event'),
  {
    ...unseenField<E>('evt.around', 'integer', 'events around a time', { argument: 'required', comparedOnly: true }),
    bind: () => ({ read: () => undefined }),
  },
];
