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

/** A file of the engine that belongs to somebody else, and the same that belongs to root. */
export function owners(file: MachineFile): Proof {
  return dockerHosts(machine(file, { uid: 1004, owner: 'clerk' }), machine(file, {}));
}

/** A file of the engine whose mode is another one, and the same with it. */
export function modes(file: MachineFile): Proof {
  return dockerHosts(machine(file, { mode: '0666' }), machine(file, {}));
}

function machine({ path, mode, type = 'file', option }: MachineFile, change: object): object {
  const parts = daemon({}, option === undefined ? [] : [`--${option}=${path}`]);
  const content = path.endsWith('daemon.json') ? { content: '{}' } : {};
  const fact = { ...owned(path, mode), type: type === 'unit' ? 'file' : type, ...content, ...change };
  const others = parts.files.filter((file) => file.path !== path);
  const absent = [{ path: '/run/docker/containerd/containerd.sock', type: 'absent' }];
  return { ...parts, files: [...others, ...absent, fact], units: type === 'unit' ? [unitAt(path)] : [], groups: [] };
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

/** A path whose use nothing records, and the same with an audit rule. */
export function recorded({ path, permissions, isUnit, elsewhere = [] }: RecordedPath): Proof {
  const parts = {
    ...engine({ DockerRootDir: '/var/lib/docker' }),
    units: isUnit ? [unitAt(path)] : [],
    files: [owned(path, '0755'), ...elsewhere.map((other) => ({ path: other, type: 'absent' }))],
  };
  const text = `-w ${path} -p ${permissions} -k engine`;
  const auditRules = [{ file: '/etc/audit/rules.d/50-engine.rules', line: 1, text }];
  return dockerHosts({ ...parts, auditRules: [] }, { ...parts, auditRules });
}

/** A program where distributions put it. */
export function programAt(name: string): RecordedPath {
  const elsewhere = [`/usr/sbin/${name}`, `/usr/local/bin/${name}`];
  return { path: `/usr/bin/${name}`, permissions: 'x', elsewhere };
}
