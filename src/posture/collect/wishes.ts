import { dirname } from 'node:path';
import { daemonOf } from '../docker/daemon.ts';
import type { Evidence } from '../evidence.ts';
import { EvidenceMissing } from '../known.ts';
import type { FileWish } from './files.ts';

/** Units that start engines and runtimes, and their sockets. */
export const engineUnits = [
  'docker.service',
  'docker.socket',
  'containerd.service',
  'containerd.socket',
  'podman.service',
  'podman.socket',
  'crio.service',
];

/** Files of engines and runtimes that are where they always are. */
export const engineFiles: readonly FileWish[] = [
  { path: '/etc/docker' },
  { path: '/etc/docker/daemon.json', content: true },
  { path: '/etc/docker/certs.d', depth: 2 },
  { path: '/etc/default/docker', content: true },
  { path: '/etc/sysconfig/docker', content: true },
  { path: '/etc/containerd/config.toml', content: true },
  { path: '/etc/containers/registries.conf', content: true },
  { path: '/etc/containers/policy.json', content: true },
  { path: '/run/docker.sock' },
  { path: '/run/containerd' },
  { path: '/run/containerd/containerd.sock' },
  { path: '/run/docker/containerd/containerd.sock' },
  { path: '/run/podman/podman.sock' },
  { path: '/run/crio/crio.sock' },
  { path: '/var/lib/docker' },
  ...['dockerd', 'containerd', 'containerd-shim', 'containerd-shim-runc-v1', 'containerd-shim-runc-v2', 'runc'].flatMap(
    (program) => ['/usr/bin', '/usr/sbin', '/usr/local/bin'].map((directory) => ({ path: `${directory}/${program}` })),
  ),
];

/** Files that are where the evidence so far says: the daemon's own configuration. */
export function configurationWish(evidence: Evidence): FileWish[] {
  try {
    return [{ path: daemonOf(evidence).configFile, content: true }];
  } catch (error) {
    // Its file was not looked at yet: the name of that is all that is asked for.
    if (!(error instanceof EvidenceMissing)) throw error;
    const path = /^(\/.{1,4096}) was not looked at$/s.exec(error.message)?.[1];
    return path === undefined ? [] : [{ path, content: true }];
  }
}

/** What the daemon's settings and units name. */
export function namedWishes(evidence: Evidence): FileWish[] {
  const units = 'known' in evidence.units ? evidence.units.known : [];
  const unitPaths = units.flatMap(({ path, dropIns }) => [path, ...dropIns.map((dropIn) => dropIn.path)]);
  return [...unitPaths, ...settingPaths(evidence)].map((path) => ({ path }));
}

function settingPaths(evidence: Evidence): string[] {
  const { docker } = evidence;
  const address = 'known' in docker ? [docker.known.address] : [];
  try {
    const { settings, configFile } = daemonOf(evidence);
    const named = ['tlscacert', 'tlscert', 'tlskey', 'containerd', 'data-root'].map((name) => settings.get(name));
    const hosts = settings.get('hosts');
    const sockets = [...address, ...(Array.isArray(hosts) ? hosts : [])];
    return pathsIn([...named, ...sockets, dirname(configFile)]);
  } catch (error) {
    if (error instanceof EvidenceMissing) return pathsIn(address);
    throw error;
  }
}

function pathsIn(values: readonly unknown[]): string[] {
  return values.flatMap((value) => {
    const path = typeof value === 'string' ? value.replace(/^unix:\/\//, '') : '';
    return path.startsWith('/') && !path.includes('\0') ? [path] : [];
  });
}
