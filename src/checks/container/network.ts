import { basename } from 'node:path';
import { asList, asText, entriesOf, memberOf } from '#foundation/documents/index.ts';
import { EvidenceMissing, need, type Process } from '#posture/index.ts';
import { composeDefaultBridge } from '../compose/checks/compose-default-bridge.ts';
import { composePortAllInterfaces } from '../compose/checks/compose-port-all-interfaces.ts';
import { composePortPrivileged } from '../compose/checks/compose-port-privileged.ts';
import { composePortSsh } from '../compose/checks/compose-port-ssh.ts';
import { containerCheck } from './container-check.ts';
import { type ContainerSubject, hostConfig } from './subject.ts';

interface Published {
  /** `80/tcp`, in the container. */
  readonly inner: string;
  readonly address: string;
  readonly port: number;
}

/** What is open now; of a container that does not run, what it asks for. */
function publishedBy(container: ContainerSubject): Published[] {
  const open = entriesOf(memberOf(memberOf(container.inspected, 'NetworkSettings'), 'Ports'));
  const wanted = entriesOf(hostConfig(container, 'PortBindings'));
  return (open.length > 0 ? open : wanted).flatMap(([inner, bindings]) =>
    (asList(bindings) ?? []).map((binding) => ({
      inner,
      address: asText(memberOf(binding, 'HostIp')) ?? '',
      port: Number(asText(memberOf(binding, 'HostPort')) ?? 0),
    })),
  );
}

function ports(HostIp: string, HostPort: string) {
  return { NetworkSettings: { Ports: { '8080/tcp': [{ HostIp, HostPort }], '9000/tcp': null } } };
}

function isWildcard(address: string): boolean {
  return address === '' || address === '0.0.0.0' || address === '::' || address === '[::]';
}

const allInterfaces = containerCheck(composePortAllInterfaces, {
  id: 'container-port-all-interfaces',
  title: 'A port of a container is open on every interface of the host',
  cis: '5.14',
  remediation: 'Start it again with the address that it is for: `--publish 127.0.0.1:8080:80`.',
  pass: [ports('127.0.0.1', '8080')],
  fail: [ports('0.0.0.0', '8080'), ports('::', '8080')],
  find: (container) => {
    const open = publishedBy(container).filter(({ address }) => isWildcard(address));
    // Docker opens each port for IPv4 and IPv6: one finding for both.
    return [...new Map(open.map((one) => [`${one.inner} ${one.port}`, one])).values()].map(({ inner, port }) => ({
      message: `${inner} is open on all interfaces of the host as ${port}`,
    }));
  },
});

/** The web expects these. */
const webPorts = new Set([80, 443]);

const privilegedPort = containerCheck(composePortPrivileged, {
  id: 'container-port-privileged',
  title: 'A port below 1024 of the host leads to a container',
  cis: '5.8',
  remediation: 'Start it again with a port from 1024 on, and let the proxy in front lead there.',
  pass: [ports('127.0.0.1', '8080'), ports('127.0.0.1', '443')],
  fail: [ports('127.0.0.1', '53')],
  find: (container) => {
    const open = publishedBy(container).filter(({ port }) => port > 0 && port < 1024 && !webPorts.has(port));
    return [...new Set(open.map(({ port, inner }) => `port ${port} of the host leads to ${inner}`))].map((message) => ({
      message,
    }));
  },
});

/** The host sees the processes of containers: nothing has to be run in them. */
function processesOf({ id, inspected, evidence }: ContainerSubject): Process[] {
  const processes = need(evidence.processes);
  const first = memberOf(memberOf(inspected, 'State'), 'Pid');
  const own = new Set(
    processes.filter(({ container, pid }) => container === id || pid === first).map(({ pid }) => pid),
  );
  // Parents are looked at before their children, however the list is ordered: pids of children may be smaller after a wrap.
  for (let before = -1; before !== own.size; ) {
    before = own.size;
    for (const { pid, parent } of processes) if (own.has(parent)) own.add(pid);
  }
  if (own.size === 0) throw new EvidenceMissing('none of its processes is visible on the host');
  return processes.filter(({ pid }) => own.has(pid));
}

const sshServers = new Set(['sshd', 'dropbear', 'telnetd', 'in.telnetd']);
const ID = 'ab'.repeat(32);
const running = (program: string) => ({
  Id: ID,
  host: { processes: [{ pid: 9, parent: 8, uid: 0, name: basename(program), arguments: [program], container: ID }] },
});

const sshServer = containerCheck(composePortSsh, {
  id: 'container-ssh-server',
  title: 'An SSH or telnet server runs in a container',
  cis: '5.7',
  remediation: 'Remove the server from the image; `docker exec` opens a shell where one is needed.',
  pass: [running('/usr/sbin/nginx')],
  fail: [running('/usr/sbin/sshd')],
  find: (container) => {
    if (memberOf(memberOf(container.inspected, 'State'), 'Status') === 'created')
      return { notApplicable: 'it was not started yet' };
    return processesOf(container)
      .filter(({ name, arguments: [program = ''] }) => sshServers.has(name) || sshServers.has(basename(program)))
      .map(({ name, pid }) => ({ message: `${name} runs in it (process ${pid} of the host)` }));
  },
});

const defaultBridge = containerCheck(composeDefaultBridge, {
  id: 'container-default-bridge',
  title: 'A container is on the default bridge',
  cis: '5.30',
  remediation:
    'Connect it to a network that only those share who talk to each other: `docker network create` and `--network`.',
  pass: [{ NetworkSettings: { Networks: { billing: {} } } }],
  fail: [{ NetworkSettings: { Networks: { bridge: {} } } }],
  find: ({ inspected, engine }) => {
    const names = entriesOf(memberOf(memberOf(inspected, 'NetworkSettings'), 'Networks')).map(([name]) => name);
    const bridge = engine === 'docker' ? 'bridge' : 'podman';
    return names.includes(bridge) ? [{ message: `it is on the default network ${bridge}` }] : [];
  },
});

export const networkChecks = [allInterfaces, privilegedPort, sshServer, defaultBridge];
