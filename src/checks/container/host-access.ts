import { asList, asText, memberOf } from '#foundation/documents/index.ts';
import type { Check } from '../check.ts';
import { composeEngineSocket } from '../compose/checks/compose-engine-socket.ts';
import { composeHostIpc } from '../compose/checks/compose-host-ipc.ts';
import { composeHostNetwork } from '../compose/checks/compose-host-network.ts';
import { composeHostPid } from '../compose/checks/compose-host-pid.ts';
import { composeHostUserns } from '../compose/checks/compose-host-userns.ts';
import { composeHostUts } from '../compose/checks/compose-host-uts.ts';
import { composeMountPropagation } from '../compose/checks/compose-mount-propagation.ts';
import { composeSensitiveHostPath, isSensitiveHostPath } from '../compose/checks/compose-sensitive-host-path.ts';
import { type ContainerCheck, containerCheck, setting } from './container-check.ts';
import type { ContainerSubject } from './subject.ts';

interface Mounted {
  readonly source: string;
  readonly target: string;
  readonly isWritable: boolean;
  readonly propagation: string;
}

/** Directories, files and sockets of the host; volumes are the engine's. */
function bindsOf({ inspected }: ContainerSubject): Mounted[] {
  return (asList(memberOf(inspected, 'Mounts')) ?? [])
    .filter((mount) => memberOf(mount, 'Type') === 'bind')
    .map((mount) => ({
      source: asText(memberOf(mount, 'Source')) ?? '',
      target: asText(memberOf(mount, 'Destination')) ?? '',
      isWritable: memberOf(mount, 'RW') !== false,
      propagation: asText(memberOf(mount, 'Propagation')) ?? '',
    }));
}

function bind(Source: string, more: object = {}) {
  return { Mounts: [{ Type: 'bind', Source, Destination: '/data', RW: true, Propagation: 'rprivate', ...more }] };
}

const engineSocket = /(?:^|\/)(?:docker|podman|containerd|crio|buildkitd|cri-dockerd)\.sock$/;

const socket = containerCheck(composeEngineSocket, {
  id: 'container-engine-socket',
  title: 'A container has the socket of an engine',
  cis: '5.32',
  remediation: 'Start it again without that mount; put a proxy between that allows only the calls which it needs.',
  pass: [bind('/srv/data')],
  fail: [bind('/var/run/docker.sock', { RW: false }), bind('/run/containerd/containerd.sock')],
  find: (container) =>
    bindsOf(container)
      .filter(({ source }) => engineSocket.test(source))
      .map(({ source }) => ({ message: `${source} of the host is mounted` })),
});

const sensitivePath = containerCheck(composeSensitiveHostPath, {
  id: 'container-sensitive-host-path',
  title: 'A container sees a system directory of the host',
  cis: '5.6',
  remediation: 'Start it again with the one file or directory that it needs, read-only; keep data in named volumes.',
  pass: [bind('/srv/data'), bind('/etc/localtime', { RW: false })],
  fail: [bind('/etc'), bind('/', { RW: false })],
  find: (container) =>
    bindsOf(container)
      .filter(({ source, isWritable }) => isSensitiveHostPath(source, !isWritable) && !engineSocket.test(source))
      .map(({ source, isWritable }) => ({
        message: `${source} of the host is mounted${isWritable ? ' and can be written' : ' (read-only)'}`,
      })),
});

const propagation = containerCheck(composeMountPropagation, {
  id: 'container-mount-propagation',
  title: 'Mounts of a container spread to the host',
  cis: '5.20',
  remediation: 'Start it again without `shared` on that mount; `rslave` suffices to see what the host mounts later.',
  pass: [bind('/srv/data', { Propagation: 'rslave' })],
  fail: [bind('/srv/data', { Propagation: 'rshared' })],
  find: (container) =>
    bindsOf(container)
      .filter((mount) => /^r?shared$/.test(mount.propagation))
      .map((mount) => ({ message: `${mount.source} is mounted with ${mount.propagation} propagation` })),
});

interface Shared {
  readonly twin: Pick<Check<'compose'>, 'severity' | 'rationale' | 'controls'>;
  readonly word: string;
  readonly cis: string;
  readonly member: string;
  readonly what: string;
  readonly option: string;
}

const namespaces: readonly Shared[] = [
  {
    twin: composeHostNetwork,
    word: 'network',
    cis: '5.10',
    member: 'NetworkMode',
    what: 'network',
    option: '--network',
  },
  { twin: composeHostPid, word: 'pid', cis: '5.16', member: 'PidMode', what: 'processes', option: '--pid' },
  { twin: composeHostIpc, word: 'ipc', cis: '5.17', member: 'IpcMode', what: 'shared memory', option: '--ipc' },
  { twin: composeHostUts, word: 'uts', cis: '5.21', member: 'UTSMode', what: 'name', option: '--uts' },
  { twin: composeHostUserns, word: 'userns', cis: '5.31', member: 'UsernsMode', what: 'users', option: '--userns' },
];

function namespaceCheck({ twin, word, cis, member, what, option }: Shared): ContainerCheck {
  return containerCheck(twin, {
    id: `container-host-${word}`,
    title: `A container shares the ${what} of the host`,
    cis,
    remediation: `Start it again without \`${option} host\`.`,
    pass: [{ HostConfig: { [member]: member === 'NetworkMode' ? 'billing' : '' } }],
    fail: [{ HostConfig: { [member]: 'host' } }],
    find: setting(
      member,
      (value) => value === 'host',
      () => `${member} is host`,
    ),
  });
}

export const hostAccessChecks = [socket, sensitivePath, propagation, ...namespaces.map(namespaceCheck)];
