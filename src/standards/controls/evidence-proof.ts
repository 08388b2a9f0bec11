import type { Proof } from '../control.ts';

/** Proofs about machines are bundles of evidence with the parts that matter. */

export function dockerHosts(violates: object, satisfies: object): Proof {
  return { subject: 'docker-host', violates: bundle(violates), satisfies: bundle(satisfies) };
}

function bundle(parts: object): string {
  const own = { schema: 'plimsoll.evidence.v1', collectedAt: '2026-11-24T08:00:00Z', hostname: 'billing-3' };
  return JSON.stringify({ ...own, ...parts });
}

/** @param violates members of `daemon.json` of a running daemon */
export function daemons(violates: object, satisfies: object, ...options: readonly string[]): Proof {
  return dockerHosts(daemon(violates, options), daemon(satisfies, options));
}

/** Parts of evidence: a daemon that runs with a configuration and options. */
export function daemon(settings: object, options: readonly string[] = []) {
  return {
    processes: [{ pid: 812, parent: 1, uid: 0, name: 'dockerd', arguments: ['/usr/sbin/dockerd', ...options] }],
    files: [{ ...owned('/etc/docker/daemon.json', '0644'), content: JSON.stringify(settings) }],
  };
}

/** @param violates what the engine says of itself */
export function engines(violates: object, satisfies: object): Proof {
  return dockerHosts(engine(violates), engine(satisfies));
}

/** Parts of evidence: an engine that answered. @param more of it: containers, images, networks, swarm */
export function engine(info: object, more: object = {}) {
  return { docker: { address: 'unix:///run/docker.sock', info, ...more } };
}

/** @param violates members of the inspection of a running container @param info of its engine */
export function running(violates: object, satisfies: object, info: object = {}): Proof {
  const host = (members: object) =>
    bundle({ ...daemon({}), ...engine(info, { containers: [{ ...container, ...members }] }) });
  return { subject: 'container', violates: host(violates), satisfies: host(satisfies) };
}

const CONTAINER_ID = '5ca1ab1e'.repeat(8);
const container = { Id: CONTAINER_ID, Name: '/invoices', State: { Status: 'running' } };

/** @param violates the program that runs in a container */
export function runningPrograms(violates: string, satisfies: string): Proof {
  const host = (program: string) =>
    bundle({
      ...engine({}, { containers: [container] }),
      processes: [{ pid: 9001, parent: 9000, uid: 0, name: program, arguments: [program], container: CONTAINER_ID }],
    });
  return { subject: 'container', violates: host(violates), satisfies: host(satisfies) };
}

export interface MachineFile {
  readonly path: string;
  /** `unit`: it is read from the list of units. */
  readonly type?: 'file' | 'directory' | 'socket' | 'unit';
  readonly mode: string;
  /** Option of dockerd that names it. */
  readonly option?: string;
}

/** Files of the engine that belong to somebody else, and the same that belong to root. */
export function owners(...files: readonly MachineFile[]): Proof {
  return dockerHosts(machine(files, { uid: 1004, owner: 'clerk' }), machine(files, {}));
}

/** Files of the engine whose modes are not those, and the same with them. */
export function modes(...files: readonly MachineFile[]): Proof {
  return dockerHosts(machine(files, { mode: '0666' }), machine(files, {}));
}

function machine(files: readonly MachineFile[], change: object): object {
  const options = files.flatMap(({ option, path }) => (option === undefined ? [] : [`--${option}=${path}`]));
  const facts = files.map(({ path, mode, type = 'file' }) => ({
    ...owned(path, mode),
    type: type === 'unit' ? 'file' : type,
    ...(path.endsWith('daemon.json') && { content: '{}' }),
    ...change,
  }));
  const units = files.filter(({ type }) => type === 'unit').map(({ path }) => unitAt(path));
  const own = daemon({}, options).files.filter(({ path }) => files.every((file) => file.path !== path));
  const absent = [{ path: '/run/docker/containerd/containerd.sock', type: 'absent' }];
  return { ...daemon({}, options), files: [...own, ...absent, ...facts], units, groups: [] };
}

function unitAt(path: string): object {
  return { name: path.slice(path.lastIndexOf('/') + 1), path, text: '[Unit]\n' };
}

function owned(path: string, mode: string) {
  return { path, type: 'file', mode, uid: 0, gid: 0, owner: 'root', group: 'root' };
}

export interface RecordedPath {
  readonly path: string;
  /** As auditctl writes permissions. */
  readonly permissions: 'x' | 'wa';
  /** It is read from the list of units. */
  readonly isUnit?: true;
  /** Where it could be as well. */
  readonly elsewhere?: readonly string[];
}

/** Paths whose use nothing records, and the same with an audit rule each. */
export function recorded(...paths: readonly RecordedPath[]): Proof {
  const parts = {
    ...engine({ DockerRootDir: '/var/lib/docker' }),
    units: paths.flatMap(({ path, isUnit }) => (isUnit ? [unitAt(path)] : [])),
    files: paths.flatMap(({ path, elsewhere = [] }) => [
      owned(path, '0755'),
      ...elsewhere.map((other) => ({ path: other, type: 'absent' })),
    ]),
  };
  const rules = paths.map(({ path, permissions }, index) => ({
    file: '/etc/audit/rules.d/50-engine.rules',
    line: index + 1,
    text: `-w ${path} -p ${permissions} -k engine`,
  }));
  return dockerHosts({ ...parts, auditRules: [] }, { ...parts, auditRules: rules });
}

/** A program where distributions put it. */
export function programAt(name: string): RecordedPath {
  const elsewhere = [`/usr/sbin/${name}`, `/usr/local/bin/${name}`];
  return { path: `/usr/bin/${name}`, permissions: 'x', elsewhere };
}

export const SERVICE_UNITS: readonly MachineFile[] = [
  { path: '/usr/lib/systemd/system/docker.service', type: 'unit', mode: '0644' },
  { path: '/usr/lib/systemd/system/docker.socket', type: 'unit', mode: '0644' },
];

export const CONFIGURATION_FILES: readonly MachineFile[] = [
  { path: '/etc/docker', type: 'directory', mode: '0755' },
  { path: '/etc/docker/daemon.json', mode: '0600' },
  { path: '/etc/default/docker', mode: '0644' },
  { path: '/etc/sysconfig/docker', mode: '0640' },
];

export const REGISTRY_CERTIFICATES: readonly MachineFile[] = [
  { path: '/etc/docker/certs.d/registry.example.net/ca.crt', mode: '0444' },
];

export const ENGINE_CERTIFICATES: readonly MachineFile[] = [
  { path: '/etc/docker/tls/ca.pem', mode: '0444', option: 'tlscacert' },
  { path: '/etc/docker/tls/server.pem', mode: '0440', option: 'tlscert' },
];

export const ENGINE_KEY: readonly MachineFile[] = [
  { path: '/etc/docker/tls/server-key.pem', mode: '0400', option: 'tlskey' },
];

export const ENGINE_SOCKETS: readonly MachineFile[] = [
  { path: '/run/docker.sock', type: 'socket', mode: '0660' },
  { path: '/run/containerd/containerd.sock', type: 'socket', mode: '0600' },
];
