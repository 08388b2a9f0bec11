import { type Evidence, EvidenceMissing, type Listener, need, type Process } from '#posture/index.ts';
import type { EvidenceFound } from '../evidence-check.ts';
import { type HostCheck, hostCheck, processExamples, processesOf } from './host-check.ts';

const SP_800_190 = 'https://csrc.nist.gov/pubs/sp/800/190/final';

/** Systems made to run containers and little else, by `ID` or `VARIANT_ID` of os-release. */
const minimal = new Set([
  'azurelinux-container-host',
  'bottlerocket',
  'coreos',
  'cos',
  'elemental',
  'fcos',
  'flatcar',
  'harvester',
  'kairos',
  'microos',
  'opensuse-microos',
  'photon',
  'rancheros',
  'rhcos',
  'sl-micro',
  'sle-micro',
  'talos',
  'ubuntu-core',
]);

const generalSystem = hostCheck({
  id: 'host-general-system',
  title: 'The host runs a general operating system, not one made for containers',
  severity: 'low',
  rationale:
    'What is not there needs no fixes and cannot be attacked; a general system has hundreds of parts that containers never use.',
  remediation:
    'Use a system made for containers (Flatcar, Fedora CoreOS, Bottlerocket, Talos, openSUSE MicroOS, Ubuntu Core …), or accept the finding for a system cut down to it.',
  controls: ['CM-7'],
  references: [SP_800_190],
  pass: [
    { osRelease: { ID: 'flatcar', VERSION_ID: '4230.2.1' } },
    { osRelease: { ID: 'fedora', VARIANT_ID: 'coreos', VERSION_ID: '43' } },
  ],
  fail: [{ osRelease: { ID: 'debian', VERSION_ID: '13', PRETTY_NAME: 'Debian GNU/Linux 13 (trixie)' } }],
  *find({ osRelease }) {
    const release = need(osRelease);
    const names = [release.get('ID'), release.get('VARIANT_ID')].map((name) => name?.toLowerCase() ?? '');
    if (!names.some((name) => minimal.has(name)))
      yield {
        message: `${release.get('PRETTY_NAME') ?? release.get('ID') ?? 'the system'} is no system made for containers`,
      };
  },
});

/** The engines, the orchestrator and what every host needs to be reached and kept. */
const platform =
  /^(?:dockerd|docker-proxy|containerd|containerd-shim.{0,16}|runc|crun|crio|conmon|podman|rootlesskit|slirp4netns|pasta.{0,8}|netavark|aardvark-dns|buildkitd|kubelet|kube-.{1,12}|etcd|k3s.{0,12}|rke2.{0,12}|calico.{0,12}|cilium.{0,12}|flanneld|coredns|cni.{0,12}|plimsoll.{0,8})$/;

const base =
  /^(?:systemd.{0,12}|init|\(sd-pam\)|\(.{1,14}\)?|dbus-.{1,12}|sshd.{0,12}|sftp-server|agetty|getty|login|cron|crond|anacron|atd|auditd|audisp.{0,12}|rsyslogd|syslog-ng|chronyd|ntpd|ptp4l|phc2sys|udevd|systemd-udevd|polkitd|irqbalance|multipathd|iscsid|lvmetad|dmeventd|mdadm|smartd|acpid|rngd|haveged|thermald|tuned|NetworkManager|nm-.{1,12}|dhclient|dhcpcd|wpa_supplicant|networkd-.{1,12}|unattended-upgr|packagekitd|fwupd|snapd|udisksd|accounts-daemon|ModemManager|qemu-ga|vmtoolsd|VGAuthService|hv_.{1,12}|google_.{1,12}|GCE.{0,12}|amazon-ssm-.{0,8}|ssm-.{1,12}|waagent|python3-waagent|cloud-.{1,12}|firewalld|fail2ban-server|tmux.{0,12}|screen|sudo|su|bash|sh|dash|zsh|ps|top|less|vi|vim|node_exporter|fluent.{0,12}|vector|filebeat|promtail|otelcol.{0,8}|falco|tetragon|osqueryd|zincati|rpm-ostree.{0,8}|update_engine|locksmithd|apid|machined|trustd|tini|catatonit)$/;

function isOfHost(name: string): boolean {
  return platform.test(name) || base.test(name);
}

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;
/** Answers to a client of DHCP come to these. */
const dhcpPorts = new Set([68, 546]);

const reachable = hostCheck({
  id: 'host-reachable-service',
  title: 'A service that is no part of the container platform can be reached from outside',
  severity: 'medium',
  rationale: 'A hole in a service of the host is a way under all its containers.',
  remediation: 'Stop and remove the service, let it listen on 127.0.0.1, or run it in a container.',
  controls: ['CM-7', 'SC-7'],
  references: [SP_800_190],
  pass: [
    listenerExample('sshd', '0.0.0.0', 22),
    listenerExample('mysqld', '127.0.0.1', 3306),
    listenerExample('docker-proxy', '::', 8080),
  ],
  fail: [listenerExample('mysqld', '0.0.0.0', 3306), listenerExample('cupsd', '::', 631)],
  *find(evidence) {
    const containers = new Set(
      processesOf(evidence)
        .filter(({ isContainer }) => isContainer)
        .map(({ pid }) => pid),
    );
    const open = need(evidence.listeners).filter((listener) => isOpen(listener) && !containers.has(listener.pid ?? -1));
    for (const { program, protocol, address, port } of open)
      if (program !== undefined && !isOfHost(program))
        yield { message: `${program} listens on ${address} port ${port}/${protocol}` };
    const unknown = open.find(({ program }) => program === undefined);
    if (unknown !== undefined)
      throw new EvidenceMissing(
        `which program listens on port ${unknown.port}/${unknown.protocol} is not known: its process does not show it to who collected the evidence`,
      );
  },
});

function isOpen({ address, port, protocol }: Listener): boolean {
  return !LOOPBACK.test(address) && !(protocol === 'udp' && dhcpPorts.has(port));
}

function listenerExample(program: string, address: string, port: number): object {
  return {
    processes: processExamples(program),
    listeners: [{ protocol: 'tcp', address, port, uid: 0, pid: 2, program }],
  };
}

const workload = hostCheck({
  id: 'host-other-workload',
  title: 'Programs that are no part of the host run beside the containers',
  severity: 'medium',
  rationale:
    'They share the kernel with all containers and are outside of their walls: a hole in one is a hole under all.',
  remediation: 'Run the program in a container, or on another host.',
  controls: ['CM-7', 'SC-2', 'SC-39'],
  references: [SP_800_190],
  pass: [{ processes: processExamples('sshd', 'dockerd', 'containerd', 'chronyd') }],
  fail: [{ processes: processExamples('sshd', 'dockerd', 'postgres') }],
  *find(evidence) {
    const byName = Map.groupBy(workloadsIn(processesOf(evidence)), ({ name }) => name);
    for (const [name, same] of byName) yield foundWorkload(name, same);
  },
});

/** What people start in their sessions is theirs, and gone when they are. */
function workloadsIn(processes: readonly Process[]): Process[] {
  const byId = new Map(processes.map((process) => [process.pid, process]));
  return processes.filter((process) => {
    const { pid, name, isContainer, isKernel } = process;
    return pid !== 1 && !isContainer && !isKernel && !isOfHost(name) && !isInSession(process, byId);
  });
}

const MAX_ANCESTORS = 64;

function isInSession(process: Process, byId: ReadonlyMap<number, Process>): boolean {
  let current = byId.get(process.parent);
  for (let step = 0; current !== undefined && step < MAX_ANCESTORS; step++) {
    if (/^(?:sshd.{0,12}|login|tmux.{0,12}|screen)$/.test(current.name)) return true;
    current = byId.get(current.parent);
  }
  return false;
}

function foundWorkload(name: string, same: readonly Process[]): EvidenceFound {
  const [first] = same;
  const program = first?.arguments[0] ?? name;
  const count = same.length > 1 ? `${same.length} processes` : `process ${first?.pid ?? 0}`;
  return {
    message: `${program.slice(0, 200)} runs outside of containers (${count})`,
    resource: { kind: 'process', name },
  };
}

/** Whether a program that does a task runs, in a container or not. The kernel cuts names to 15 characters. */
export function runsOneOf(evidence: Evidence, names: RegExp): boolean {
  return processesOf(evidence).some(({ name, arguments: [program = ''] }) =>
    [name, program.slice(program.lastIndexOf('/') + 1)].some((own) => names.test(own)),
  );
}

export const serviceChecks: readonly HostCheck[] = [generalSystem, reachable, workload];
