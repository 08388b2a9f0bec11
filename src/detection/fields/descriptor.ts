import type { Descriptor, Process, RuntimeEvent, SocketAddress } from '#runtime/index.ts';
import { type Field, type FieldValue, field, parseIndex, unseenField } from './field.ts';
import { kindLetter } from './kind-letters.ts';
import { serviceName } from './services.ts';

type E = RuntimeEvent;
type Test = (value: FieldValue) => boolean;
type End = 'local' | 'remote' | 'client' | 'server';

function isFile({ kind }: Descriptor): boolean {
  return kind === 'file' || kind === 'directory';
}

/** One path after the other is asked for several of its parts. */
const split = { name: '', directory: '', file: '' };

function parts(name: string): typeof split {
  if (split.name === name) return split;
  const slash = name.lastIndexOf('/');
  split.name = name;
  split.directory = slash > 0 ? name.slice(0, slash) : '/';
  split.file = name.slice(slash + 1);
  return split;
}

/** Who is client: one that connected, and one that sent without connecting; who accepted is server. */
function endOf(descriptor: Descriptor | undefined, end: End): SocketAddress | undefined {
  if (descriptor === undefined || (descriptor.kind !== 'ipv4' && descriptor.kind !== 'ipv6')) return undefined;
  if (end === 'local' || end === 'remote') return descriptor[end];
  return (end === 'server') === (descriptor.role === 'server') ? descriptor.local : descriptor.remote;
}

const ip =
  (end: End) =>
  ({ descriptor }: E): string | undefined =>
    endOf(descriptor, end)?.ip;

const port =
  (end: End) =>
  ({ descriptor }: E): number | undefined =>
    endOf(descriptor, end)?.port;

const protocol =
  (end: End) =>
  ({ descriptor }: E): string | undefined => {
    const found = endOf(descriptor, end);
    return found && serviceName(found.port);
  };

const either =
  (part: (end: End) => (event: E) => FieldValue | undefined) =>
  (event: E, test: Test): boolean => {
    const server = part('server')(event);
    if (server !== undefined && test(server)) return true;
    const client = part('client')(event);
    return client !== undefined && test(client);
  };

const bothIps = { server: ip('server'), client: ip('client') };
const bothPorts = { server: port('server'), client: port('client') };

function eitherOf(both: {
  server: (event: E) => FieldValue | undefined;
  client: (event: E) => FieldValue | undefined;
}) {
  return (event: E, test: Test): boolean => {
    const server = both.server(event);
    if (server !== undefined && test(server)) return true;
    const client = both.client(event);
    return client !== undefined && test(client);
  };
}

const compared = { comparedOnly: true, differs: 'all' } as const;

const fileFields: readonly Field<E>[] = [
  field(
    'fd.num',
    'integer',
    'number of the descriptor; below 0 when opening failed',
    ({ descriptor }) => descriptor?.number,
  ),
  field(
    'fd.type',
    'text',
    'file, directory, ipv4, ipv6, unix, pipe, event, signalfd, eventpoll, inotify, timerfd, memfd, netlink',
    ({ descriptor }) => descriptor?.kind,
  ),
  field(
    'fd.typechar',
    'text',
    'the same as one letter: f d 4 6 u p e s l i t m n o',
    ({ descriptor }) => descriptor && kindLetter(descriptor.kind),
  ),
  field('fd.name', 'text', 'full path, or the ends of a connection', ({ descriptor }) => descriptor?.name),
  field('fd.nameraw', 'text', 'path as it was given', ({ descriptor }) => descriptor?.nameRaw),
  field('fd.directory', 'text', 'directory of a file', ({ descriptor }) =>
    descriptor?.name !== undefined && isFile(descriptor) ? parts(descriptor.name).directory : undefined,
  ),
  field('fd.filename', 'text', 'name of a file without its directory', ({ descriptor }) =>
    descriptor?.name !== undefined && isFile(descriptor) ? parts(descriptor.name).file : undefined,
  ),
  field(
    'fd.uid',
    'text',
    'thread and number of the descriptor',
    ({ descriptor, event }) => descriptor && `${event.tid}${descriptor.number}`,
  ),
  field('fd.containername', 'text', 'id of the container and fd.name', ({ descriptor, container }) =>
    descriptor?.name === undefined ? undefined : `${container?.id ?? 'host'}:${descriptor.name}`,
  ),
  field('fd.containerdirectory', 'text', 'id of the container and fd.directory', ({ descriptor, container }) =>
    descriptor?.name !== undefined && isFile(descriptor)
      ? `${container?.id ?? 'host'}:${parts(descriptor.name).directory}`
      : undefined,
  ),
  {
    name: 'fd.types',
    type: 'text',
    list: true,
    description: 'fd.type of all descriptors that are known to be open, or of one by its number',
    argument: 'optional',
    plain: true,
    bind: (argument) => {
      if (argument === undefined) return { read: ({ process }) => kindsOf(process) };
      const number = parseIndex(argument, 9999);
      if (typeof number === 'string') return number;
      return {
        read: ({ process }) => {
          const found = process.descriptor(number);
          return found && [found.kind];
        },
      };
    },
  },
];

function kindsOf(process: Process): string[] {
  return [...new Set([...process.descriptors()].map(({ kind }) => kind))];
}

const networkFields: readonly Field<E>[] = [
  field('fd.ip', 'address', 'address of either end', ip('server'), { ...compared, some: eitherOf(bothIps) }),
  field('fd.cip', 'address', 'address of the client', ip('client')),
  field('fd.sip', 'address', 'address of the server', ip('server')),
  field('fd.lip', 'address', 'address of this end', ip('local')),
  field('fd.rip', 'address', 'address of the other end', ip('remote')),
  field('fd.port', 'integer', 'port of either end', port('server'), { ...compared, some: eitherOf(bothPorts) }),
  field('fd.cport', 'integer', 'port of the client', port('client')),
  field('fd.sport', 'integer', 'port of the server', port('server')),
  field('fd.lport', 'integer', 'port of this end', port('local')),
  field('fd.rport', 'integer', 'port of the other end', port('remote')),
  field('fd.l4proto', 'text', 'tcp, udp, icmp or raw', ({ descriptor }) => descriptor?.protocol),
  field('fd.sockfamily', 'text', 'ip or unix', ({ descriptor }) => {
    const kind = descriptor?.kind;
    return kind === 'ipv4' || kind === 'ipv6' ? 'ip' : kind === 'unix' ? 'unix' : undefined;
  }),
  field(
    'fd.is_server',
    'boolean',
    'whether this end accepted the connection',
    ({ descriptor }) => descriptor && descriptor.role === 'server',
  ),
  field('fd.proto', 'text', 'service of the port of either end', protocol('server'), {
    ...compared,
    some: either(protocol),
  }),
  field('fd.cproto', 'text', 'service of the port of the client', protocol('client')),
  field('fd.sproto', 'text', 'service of the port of the server', protocol('server')),
  field('fd.lproto', 'text', 'service of the port of this end', protocol('local')),
  field('fd.rproto', 'text', 'service of the port of the other end', protocol('remote')),
  field('fd.net', 'network', 'network of either end', ip('server'), { ...compared, some: eitherOf(bothIps) }),
  field('fd.cnet', 'network', 'network of the client', ip('client'), compared),
  field('fd.snet', 'network', 'network of the server', ip('server'), compared),
  field('fd.lnet', 'network', 'network of this end', ip('local'), compared),
  field('fd.rnet', 'network', 'network of the other end', ip('remote'), compared),
  field('fd.connected', 'boolean', 'whether the socket is connected', ({ descriptor }) => descriptor?.connected),
  field('fd.name_changed', 'boolean', 'whether this event changed fd.name', ({ nameChanged }) => nameChanged),
  ...(['client', 'server', 'local', 'remote'] as const).map(nameField),
];

/** `fd.sip.name`: names by which earlier DNS answers gave the address. */
function nameField(end: End): Field<E> {
  const address = ip(end);
  const names = (event: E): readonly string[] => {
    const found = address(event);
    return found === undefined ? [] : event.namesOf(found);
  };
  return field(
    `fd.${end.slice(0, 1)}ip.name`,
    'text',
    `name of the address of the ${end} end, as DNS answers seen before have it`,
    (event) => names(event)[0],
    { plain: true, some: (event, test) => names(event).some(test) },
  );
}

const unseenFields: readonly Field<E>[] = [
  unseenField('fd.dev', 'integer', 'device of the file'),
  unseenField('fd.dev.major', 'integer', 'major number of the device'),
  unseenField('fd.dev.minor', 'integer', 'minor number of the device'),
  unseenField('fd.ino', 'integer', 'inode of the file'),
  unseenField('fd.is_upper_layer', 'boolean', 'whether the file lies in the writable layer'),
  unseenField('fd.is_lower_layer', 'boolean', 'whether the file lies in a layer of the image'),
  ...['nums', 'names', 'cips', 'sips', 'cports', 'sports'].map((part) =>
    unseenField<E>(`fdlist.${part}`, 'text', `${part} of the descriptors of a poll, which sensors do not report`),
  ),
];

/** `fd.*` and `fdlist.*` */
export const descriptorFields: readonly Field<E>[] = [...fileFields, ...networkFields, ...unseenFields];
