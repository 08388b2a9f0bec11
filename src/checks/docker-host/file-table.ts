import { dirname } from 'node:path';
import { type Daemon, daemonOf, type Evidence, need } from '#posture/index.ts';

/** A file of the engine that is nobody else's business than its owner's. */
export interface GuardedFile {
  /** What stands in the id: `docker-host-service-unit-owner`. */
  readonly word: string;
  /** As a sentence begins. */
  readonly name: string;
  /** Numbers of the recommendations about owner and mode. */
  readonly cis: readonly [owner: string, mode: string];
  /** A mode may have these bits and no others. */
  readonly mode: number;
  /** Whose group it may be beside root's. */
  readonly group?: 'docker';
  /** What whoever has too many rights does with them. */
  readonly danger: string;
  readonly controls: readonly string[];
  /** In an example. */
  readonly example: ExamplePath;
  /** Where it is; there may be none. */
  paths(evidence: Evidence): readonly string[];
}

/** `options` of dockerd name the file; `unit` is read from the list of units. */
interface ExamplePath {
  readonly path: string;
  readonly options?: readonly string[];
  readonly unit?: string;
  readonly type?: 'directory' | 'socket';
}

function unitPaths(name: string) {
  return (evidence: Evidence): string[] =>
    need(evidence.units)
      .filter((unit) => unit.name === name)
      .flatMap(({ path, dropIns }) => [path, ...dropIns.map((dropIn) => dropIn.path)]);
}

function settingPath(name: string) {
  return (evidence: Evidence): string[] => {
    const path = daemonOf(evidence).settings.get(name);
    return typeof path === 'string' && path.startsWith('/') ? [path] : [];
  };
}

function always(...paths: string[]): () => string[] {
  return () => paths;
}

/** Those that the daemon was told to listen on, and the one that answered. */
function socketPaths(evidence: Evidence): string[] {
  const { docker } = evidence;
  const hosts = daemonOf(evidence).settings.get('hosts');
  const told = Array.isArray(hosts) ? hosts : [];
  const addresses = [...told, ...('known' in docker ? [docker.known.address] : [])];
  const paths = addresses.flatMap((address) =>
    typeof address === 'string' && address.startsWith('unix://') ? [address.slice('unix://'.length)] : [],
  );
  return paths.length > 0 ? [...new Set(paths)] : ['/run/docker.sock'];
}

function containerdSockets(evidence: Evidence): string[] {
  return [
    ...settingPath('containerd')(evidence),
    '/run/containerd/containerd.sock',
    '/run/docker/containerd/containerd.sock',
  ];
}

function below(directory: string) {
  return ({ files }: Evidence): string[] =>
    [...files.values()]
      .filter(({ path, type }) => path.startsWith(`${directory}/`) && type === 'file')
      .map(({ path }) => path);
}

const configDirectory = ({ configFile }: Daemon) => [dirname(configFile)];

const STARTS = 'Whoever can change it decides what root starts.';
const SETTINGS = 'Whoever can change it switches protections of every container off, or adds a registry.';
const TRUST = 'Whoever can change it decides which servers and clients are believed.';
const KEY = 'Whoever reads it answers as the daemon.';
const SOCKET = 'Whoever may write to it is root on the machine.';

const UNITS = ['AC-6', 'CM-5'];
const CERTIFICATES = ['CM-5', 'SC-12'];

export const guardedFiles: readonly GuardedFile[] = [
  {
    word: 'service-unit',
    name: 'docker.service',
    cis: ['3.1', '3.2'],
    mode: 0o644,
    danger: STARTS,
    controls: UNITS,
    example: { path: '/usr/lib/systemd/system/docker.service', unit: 'docker.service' },
    paths: unitPaths('docker.service'),
  },
  {
    word: 'socket-unit',
    name: 'docker.socket',
    cis: ['3.3', '3.4'],
    mode: 0o644,
    danger: STARTS,
    controls: UNITS,
    example: { path: '/usr/lib/systemd/system/docker.socket', unit: 'docker.socket' },
    paths: unitPaths('docker.socket'),
  },
  {
    word: 'configuration-directory',
    name: 'The directory of the daemon’s configuration',
    cis: ['3.5', '3.6'],
    mode: 0o755,
    danger: SETTINGS,
    controls: UNITS,
    example: { path: '/etc/docker', type: 'directory' },
    paths: (evidence) => configDirectory(daemonOf(evidence)),
  },
  {
    word: 'registry-certificates',
    name: 'A certificate of a registry',
    cis: ['3.7', '3.8'],
    mode: 0o444,
    danger: TRUST,
    controls: CERTIFICATES,
    example: { path: '/etc/docker/certs.d/registry.example.net/ca.crt' },
    paths: below('/etc/docker/certs.d'),
  },
  {
    word: 'authority-certificate',
    name: 'The certificate of the daemon’s authority',
    cis: ['3.9', '3.10'],
    mode: 0o444,
    danger: TRUST,
    controls: CERTIFICATES,
    example: { path: '/etc/docker/tls/ca.pem', options: ['--tlscacert=/etc/docker/tls/ca.pem'] },
    paths: settingPath('tlscacert'),
  },
  {
    word: 'server-certificate',
    name: 'The certificate of the daemon',
    cis: ['3.11', '3.12'],
    mode: 0o444,
    danger: TRUST,
    controls: CERTIFICATES,
    example: { path: '/etc/docker/tls/cert.pem', options: ['--tlscert=/etc/docker/tls/cert.pem'] },
    paths: settingPath('tlscert'),
  },
  {
    word: 'server-key',
    name: 'The private key of the daemon',
    cis: ['3.13', '3.14'],
    mode: 0o400,
    danger: KEY,
    controls: ['AC-6', 'SC-12'],
    example: { path: '/etc/docker/tls/key.pem', options: ['--tlskey=/etc/docker/tls/key.pem'] },
    paths: settingPath('tlskey'),
  },
  {
    word: 'docker-socket',
    name: 'The socket of Docker',
    cis: ['3.15', '3.16'],
    mode: 0o660,
    group: 'docker',
    danger: SOCKET,
    controls: ['AC-3', 'AC-6'],
    example: { path: '/run/docker.sock', type: 'socket' },
    paths: socketPaths,
  },
  {
    word: 'configuration-file',
    name: 'daemon.json',
    cis: ['3.17', '3.18'],
    mode: 0o644,
    danger: SETTINGS,
    controls: UNITS,
    example: { path: '/etc/docker/daemon.json' },
    paths: (evidence) => [daemonOf(evidence).configFile],
  },
  {
    word: 'default-file',
    name: '/etc/default/docker',
    cis: ['3.19', '3.20'],
    mode: 0o644,
    danger: SETTINGS,
    controls: UNITS,
    example: { path: '/etc/default/docker' },
    paths: always('/etc/default/docker'),
  },
  {
    word: 'sysconfig-file',
    name: '/etc/sysconfig/docker',
    cis: ['3.22', '3.21'],
    mode: 0o644,
    danger: SETTINGS,
    controls: UNITS,
    example: { path: '/etc/sysconfig/docker' },
    paths: always('/etc/sysconfig/docker'),
  },
  {
    word: 'containerd-socket',
    name: 'The socket of containerd',
    cis: ['3.23', '3.24'],
    mode: 0o660,
    danger: SOCKET,
    controls: ['AC-3', 'AC-6'],
    example: { path: '/run/containerd/containerd.sock', type: 'socket' },
    paths: containerdSockets,
  },
];
