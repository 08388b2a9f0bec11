import type { Descriptor, Process, RuntimeEvent } from '#runtime/index.ts';
import { type Field, field } from './field.ts';
import { capabilitiesText } from './names.ts';

type E = RuntimeEvent;

/** Capabilities of the first that are not in the second. Sets of more than 31 are no 32-bit numbers. */
function beyond(set: number, granted: number): number {
  let extra = 0;
  for (let bit = 0; bit <= 40; bit++) {
    const has = Math.floor(set / 2 ** bit) % 2 === 1;
    if (has && Math.floor(granted / 2 ** bit) % 2 === 0) extra += 2 ** bit;
  }
  return extra;
}

function gained({ process, container }: E): string | undefined {
  const granted = container?.capabilities;
  if (granted === undefined || process.capEffective === 0) return undefined;
  return capabilitiesText(beyond(process.capEffective, granted)) || undefined;
}

function isSocket(descriptor: Descriptor | undefined): boolean {
  return descriptor?.kind === 'ipv4' || descriptor?.kind === 'ipv6';
}

function standardSockets({ process }: E): number {
  return [0, 1, 2].filter((number) => isSocket(process.descriptor(number))).length;
}

function namespaceOf(
  process: Process | undefined,
  key: 'mountNamespace' | 'pidNamespace' | 'userNamespace' | 'networkNamespace',
) {
  const number = process?.[key];
  return number === undefined || number === 0 ? undefined : number;
}

const namespaces = (['mnt', 'pid', 'user', 'net'] as const).flatMap((short): Field<E>[] => {
  const key = ({ mnt: 'mountNamespace', pid: 'pidNamespace', user: 'userNamespace', net: 'networkNamespace' } as const)[
    short
  ];
  return [
    field(`plimsoll.${short}_ns`, 'integer', `inode of the ${short} namespace`, ({ process }) =>
      namespaceOf(process, key),
    ),
    field(`plimsoll.parent.${short}_ns`, 'integer', `inode of the ${short} namespace of the parent`, ({ process }) =>
      namespaceOf(process.parent, key),
    ),
  ];
});

/** Fields of this program that Falco has not: rules that name them and should load there too say `skip-if-unknown-filter: true`. */
export const ownFields: readonly Field<E>[] = [
  field('dns.name', 'text', 'name that a DNS message asks for or answers, in lower case', ({ dns }) => dns?.name),
  field('dns.type', 'text', 'A, AAAA, TXT, ...', ({ dns }) => dns?.type),
  field('dns.is_response', 'boolean', 'whether it is an answer', ({ dns }) => dns?.response),
  field('dns.code', 'integer', 'code of the answer: 0 none, 3 no such name', ({ dns }) => dns?.code),
  field('dns.addresses', 'text', 'addresses of the answer', ({ dns }) => dns?.addresses, { list: true }),
  field(
    'plimsoll.caps_beyond_spec',
    'text',
    'effective capabilities that the specification of the container does not grant',
    gained,
  ),
  field(
    'plimsoll.stdio_sockets',
    'integer',
    'how many of standard input, output and error are network connections',
    standardSockets,
  ),
  field(
    'plimsoll.target.name',
    'text',
    'name of the process that ptrace, kill and process_vm_* are about',
    ({ event, processAt }) => (event.target === undefined ? undefined : processAt(event.target)?.name),
  ),
  field(
    'plimsoll.target.same_container',
    'boolean',
    'whether that process is in the same container',
    ({ event, processAt, container }) => {
      const target = event.target === undefined ? undefined : processAt(event.target);
      return target && target.container?.id === container?.id;
    },
  ),
  ...namespaces,
];
