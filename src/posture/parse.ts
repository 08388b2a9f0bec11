import { asList, asMembers, asText, entriesOf, memberOf, parseJsonText, textsOf } from '#foundation/documents/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import type {
  AuditRule,
  Engine,
  Evidence,
  FileFact,
  FileState,
  Group,
  Kernel,
  Listener,
  Mount,
  PackageFiles,
  Process,
  Swarm,
  SystemTree,
  Unit,
  User,
} from './evidence.ts';
import { type Known, known, missing } from './known.ts';

const SCHEMA = 'plimsoll.evidence.v1';
const NOT_THERE = 'it is not in the evidence';

/**
 * Reads a bundle of evidence. Pure. What is not in it is missing with a reason, so a small part of a bundle is one too; a part of another
 * shape than its own is an error, as leaving it out would make the machine look better or worse than it is.
 *
 * @param file names it in messages
 */
export function parseEvidence(text: string, file: string): Result<Evidence> {
  const json = parseJsonText(text);
  if (!json.ok) return err(`${file} ${json.error}; plimsoll audit docker --save-evidence FILE writes evidence`);
  const schema = memberOf(json.value, 'schema');
  if (schema !== SCHEMA)
    return err(`${file} is no evidence of the form ${SCHEMA}; plimsoll audit docker --save-evidence FILE writes it`);
  try {
    return ok(evidenceOf(json.value));
  } catch (error) {
    if (error instanceof Malformed) return err(`${file}: ${error.message}`);
    throw error;
  }
}

/** Ends the reading of a bundle that is not of its form; caught where it began. */
class Malformed extends Error {}

function evidenceOf(root: unknown): Evidence {
  const reasons = reasonsOf(root);
  const collectedAt = textAt(root, 'collectedAt', 'the bundle');
  if (Number.isNaN(Date.parse(collectedAt))) throw new Malformed('collectedAt is no time');
  const part = <T>(name: string, read: (value: unknown) => T): Known<T> => partOf(root, name, reasons, name, read);
  const listed = <T>(name: string, read: (value: unknown, place: string) => T) =>
    part(name, (value) => listOf(value, name).map((one, index) => read(one, `${name}[${index}]`)));
  return {
    schema: SCHEMA,
    collectedAt,
    hostname: textAt(root, 'hostname', 'the bundle'),
    kernel: part('kernel', kernelOf),
    osRelease: part('osRelease', textMapOf),
    sysctls: part('sysctls', textMapOf),
    mounts: listed('mounts', mountOf),
    users: listed('users', userOf),
    groups: listed('groups', groupOf),
    auditRules: listed('auditRules', ruleOf),
    processes: listed('processes', processOf),
    listeners: listed('listeners', listenerOf),
    units: listed('units', unitOf),
    files: filesOf(memberOf(root, 'files')),
    systemTree: part('systemTree', systemTreeOf),
    packageFiles: part('packageFiles', packageFilesOf),
    docker: part('docker', (value) => engineOf(value, 'docker', reasons)),
    podman: part('podman', (value) => engineOf(value, 'podman', reasons)),
  };
}

/** Reasons by part, as `docker.containers`. */
type Reasons = ReadonlyMap<string, string>;

function reasonsOf(root: unknown): Reasons {
  const entries = asList(memberOf(root, 'missing')) ?? [];
  return new Map(
    entries.map((entry, index) => {
      const place = `missing[${index}]`;
      return [textAt(entry, 'part', place), textAt(entry, 'reason', place)];
    }),
  );
}

function partOf<T>(
  owner: unknown,
  member: string,
  reasons: Reasons,
  name: string,
  read: (value: unknown) => T,
): Known<T> {
  const value = memberOf(owner, member);
  return value === undefined ? missing(`${name}: ${reasons.get(name) ?? NOT_THERE}`) : known(read(value));
}

function engineOf(value: unknown, name: string, reasons: Reasons): Engine {
  const part = <T>(member: string, read: (value: unknown) => T) =>
    partOf(value, member, reasons, `${name}.${member}`, read);
  const listed = (member: string) => part(member, (list) => listOf(list, `${name}.${member}`));
  const described = (member: string) => part(member, (one) => membersOf(one, `${name}.${member}`));
  return {
    address: textAt(value, 'address', name),
    info: described('info'),
    version: described('version'),
    containers: listed('containers'),
    images: listed('images'),
    networks: listed('networks'),
    swarm: part('swarm', swarmOf),
  };
}

function swarmOf(value: unknown): Swarm {
  return {
    cluster: membersOf(memberOf(value, 'cluster'), 'swarm.cluster'),
    nodes: listOf(memberOf(value, 'nodes'), 'swarm.nodes'),
    services: listOf(memberOf(value, 'services'), 'swarm.services'),
  };
}

function kernelOf(value: unknown): Kernel {
  const text = (name: string) => textAt(value, name, 'kernel');
  return { release: text('release'), version: text('version'), machine: text('machine') };
}

function textMapOf(value: unknown): ReadonlyMap<string, string> {
  return new Map(entriesOf(value).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text] as const] : [])));
}

function systemTreeOf(value: unknown): SystemTree {
  return {
    looked: numberAt(value, 'looked', 'systemTree'),
    writable: textsAt(value, 'writable', 'systemTree'),
    unowned: textsAt(value, 'unowned', 'systemTree'),
    ...incompleteOf(value),
  };
}

function packageFilesOf(value: unknown): PackageFiles {
  const changed = listOf(memberOf(value, 'changed') ?? [], 'packageFiles.changed').map((one, index) => {
    const text = (name: string) => textAt(one, name, `packageFiles.changed[${index}]`);
    return { path: text('path'), package: text('package') };
  });
  return { compared: numberAt(value, 'compared', 'packageFiles'), changed, ...incompleteOf(value) };
}

function incompleteOf(value: unknown): { readonly incomplete?: string } {
  const incomplete = asText(memberOf(value, 'incomplete'));
  return incomplete === undefined ? {} : { incomplete };
}

function mountOf(value: unknown, place: string): Mount {
  const text = (name: string) => textAt(value, name, place);
  return {
    target: text('target'),
    root: asText(memberOf(value, 'root')) ?? '/',
    type: text('type'),
    source: text('source'),
    options: textsAt(value, 'options', place),
  };
}

function userOf(value: unknown, place: string): User {
  const password = memberOf(value, 'password');
  const state = (['set', 'locked', 'empty'] as const).find((one) => one === password);
  return {
    name: textAt(value, 'name', place),
    uid: numberAt(value, 'uid', place),
    gid: numberAt(value, 'gid', place),
    home: textAt(value, 'home', place),
    shell: textAt(value, 'shell', place),
    ...(state && { password: state }),
  };
}

function groupOf(value: unknown, place: string): Group {
  return {
    name: textAt(value, 'name', place),
    gid: numberAt(value, 'gid', place),
    members: textsAt(value, 'members', place),
  };
}

function ruleOf(value: unknown, place: string): AuditRule {
  return {
    file: textAt(value, 'file', place),
    line: numberAt(value, 'line', place),
    text: textAt(value, 'text', place),
  };
}

function processOf(value: unknown, place: string): Process {
  const container = asText(memberOf(value, 'container'));
  return {
    pid: numberAt(value, 'pid', place),
    parent: numberAt(value, 'parent', place),
    uid: numberAt(value, 'uid', place),
    name: textAt(value, 'name', place),
    arguments: textsAt(value, 'arguments', place),
    isContainer: memberOf(value, 'isContainer') === true,
    ...(container !== undefined && { container }),
    isKernel: memberOf(value, 'isKernel') === true,
  };
}

function listenerOf(value: unknown, place: string): Listener {
  const protocol = textAt(value, 'protocol', place);
  if (protocol !== 'tcp' && protocol !== 'udp') throw new Malformed(`${place}.protocol is no known word`);
  const program = asText(memberOf(value, 'program'));
  const pid = memberOf(value, 'pid');
  return {
    protocol,
    address: textAt(value, 'address', place),
    port: numberAt(value, 'port', place),
    uid: numberAt(value, 'uid', place),
    ...(typeof pid === 'number' && { pid }),
    ...(program !== undefined && { program }),
  };
}

function unitOf(value: unknown, place: string): Unit {
  return {
    name: textAt(value, 'name', place),
    path: textAt(value, 'path', place),
    text: textAt(value, 'text', place),
    dropIns: listOf(memberOf(value, 'dropIns') ?? [], `${place}.dropIns`).map((one) => ({
      path: textAt(one, 'path', place),
      text: textAt(one, 'text', place),
    })),
  };
}

function filesOf(value: unknown): ReadonlyMap<string, FileFact> {
  const facts = listOf(value ?? [], 'files').map((one, index) => factOf(one, `files[${index}]`));
  return new Map(facts.map((fact) => [fact.path, fact]));
}

const FILE_TYPES = ['file', 'directory', 'socket', 'other'] as const;

function factOf(value: unknown, place: string): FileFact {
  const path = textAt(value, 'path', place);
  const type = textAt(value, 'type', place);
  if (type === 'absent') return { path, type };
  if (type === 'unread') return { path, type, reason: textAt(value, 'reason', place) };
  const present = FILE_TYPES.find((one) => one === type);
  if (present === undefined) throw new Malformed(`${place}.type is no known word`);
  return stateOf(value, place, path, present);
}

function stateOf(value: unknown, place: string, path: string, type: FileState['type']): FileState {
  const mode = textAt(value, 'mode', place);
  if (!/^[0-7]{3,5}$/.test(mode)) throw new Malformed(`${place}.mode is not octal`);
  const optional = (['owner', 'group', 'link', 'content'] as const).flatMap((name) => {
    const text = asText(memberOf(value, name));
    return text === undefined ? [] : [[name, text] as const];
  });
  return {
    path,
    type,
    mode,
    uid: numberAt(value, 'uid', place),
    gid: numberAt(value, 'gid', place),
    ...Object.fromEntries(optional),
  };
}

function textAt(value: unknown, name: string, place: string): string {
  const text = asText(memberOf(value, name));
  if (text === undefined) throw new Malformed(`${place} has no text ${name}`);
  return text;
}

function numberAt(value: unknown, name: string, place: string): number {
  const number = memberOf(value, name);
  if (typeof number !== 'number' || !Number.isSafeInteger(number))
    throw new Malformed(`${place} has no number ${name}`);
  return number;
}

function textsAt(value: unknown, name: string, place: string): string[] {
  const list = listOf(memberOf(value, name) ?? [], `${place}.${name}`);
  const texts = textsOf(list);
  if (texts.length !== list.length) throw new Malformed(`${place}.${name} is no list of texts`);
  return texts;
}

function listOf(value: unknown, place: string): readonly unknown[] {
  const list = asList(value);
  if (list === undefined) throw new Malformed(`${place} is no list`);
  return list;
}

function membersOf(value: unknown, place: string): unknown {
  if (asMembers(value) === undefined) throw new Malformed(`${place} is no object`);
  return value;
}
