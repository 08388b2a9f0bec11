import type { Control } from '../control.ts';
import { checks } from './evidence.ts';
import { programAt, type RecordedPath, recorded } from './evidence-proof.ts';

/** Clauses about the audit system ask for a rule for one path each. */
interface Audited {
  /** Stands in the id of the control, and of its check. */
  readonly word: string;
  readonly title: string;
  readonly why: string;
  readonly path: RecordedPath;
}

function program(name: string, why: string): Audited {
  return { word: name, title: `Runs of the program ${name} are recorded`, why, path: programAt(name) };
}

function changes(word: string, path: string, why: string, isUnit?: true): Audited {
  const place: RecordedPath = { path, permissions: 'wa', ...(isUnit && { isUnit }) };
  return { word, title: `Changes of ${path} are recorded`, why, path: place };
}

const PAST = 'Containers can be started with it past the engine.';
const OPTIONS = 'It may add options to the engine, and so switch protections off.';

const audited: readonly Audited[] = [
  program('dockerd', 'Whoever runs the engine controls containers, as root.'),
  changes('run-containerd', '/run/containerd', 'It holds the state of running containers, and sockets.'),
  changes('data-directory', '/var/lib/docker', 'It holds images, layers and volumes of all containers.'),
  changes('configuration-directory', '/etc/docker', 'It holds the settings, certificates and keys of the engine.'),
  changes('service-unit', '/usr/lib/systemd/system/docker.service', 'It says how the engine is started.', true),
  changes('containerd-socket', '/run/containerd/containerd.sock', PAST),
  changes('socket-unit', '/usr/lib/systemd/system/docker.socket', "It says who reaches the engine's socket.", true),
  changes('default-file', '/etc/default/docker', OPTIONS),
  changes('daemon-json', '/etc/docker/daemon.json', 'It holds the settings of the engine.'),
  changes('containerd-configuration', '/etc/containerd/config.toml', 'It holds the settings of containerd.'),
  changes('sysconfig-file', '/etc/sysconfig/docker', OPTIONS),
  program('containerd', PAST),
  program('containerd-shim', PAST),
  program('containerd-shim-runc-v1', PAST),
  program('containerd-shim-runc-v2', PAST),
  program('runc', PAST),
];

export const hostAuditControls: readonly Control[] = audited.map(({ word, title, why, path }) => ({
  id: `PLM-HOST-AUDIT-${word.toUpperCase()}`,
  family: 'host',
  title,
  anchors: ['AU-2', 'AU-12'],
  why,
  attack: 'An intruder on the host works past the engine, or changes how it is started, and leaves no trace.',
  remedy: `Add the audit rule \`-w ${path.path} -p ${path.permissions} -k docker\`.`,
  evidence: [checks(`docker-host-audit-${word}`)],
  proofs: [recorded(path)],
}));
