import { asList, asText, entriesOf, memberOf, textsOf } from '#foundation/documents/index.ts';
import { daemonOf, type Evidence } from '#posture/index.ts';
import { securityOption } from '../container/subject.ts';
import type { EvidenceAnswer } from '../evidence-check.ts';
import { daemon, dockerHostCheck, hit, info, infoOf } from './docker-host-check.ts';
import { daemonWith, engineWith } from './examples.ts';

const rootless = dockerHostCheck({
  id: 'docker-host-rootful',
  cis: '2.1',
  title: 'The daemon runs as root',
  severity: 'low',
  rationale: 'A hole in the daemon, or a way out of a container, gives the attacker the whole machine.',
  remediation: 'Run Docker in rootless mode where its limits allow it: `dockerd-rootless-setuptool.sh install`.',
  controls: ['AC-6', 'SC-39'],
  references: ['https://docs.docker.com/engine/security/rootless/'],
  pass: [engineWith({ SecurityOptions: ['name=seccomp,profile=builtin', 'name=rootless'] })],
  fail: [engineWith({ SecurityOptions: ['name=seccomp,profile=builtin'] })],
  find: info((facts) =>
    securityOption(facts, 'rootless') === undefined ? 'the engine does not report rootless mode' : undefined,
  ),
});

const bridgeTraffic = dockerHostCheck({
  id: 'docker-host-bridge-traffic',
  cis: '2.2',
  title: 'Containers on the default bridge can reach each other',
  severity: 'medium',
  rationale: 'A taken-over container scans and attacks its neighbours, which mostly have nothing to tell it.',
  remediation:
    'Set `"icc": false` in `daemon.json` and start the daemon again; what has to talk gets a network of its own.',
  controls: ['AC-4', 'SC-7'],
  pass: [daemonWith({ icc: false }), daemonWith({}, '--icc=false')],
  fail: [daemonWith({}), daemonWith({ icc: true }), daemonWith({}, '--icc')],
  find: bridgeAnswer,
});

const ICC = 'com.docker.network.bridge.enable_icc';

/** The bridge as it is counts more than what the file says by now. */
function bridgeAnswer(evidence: Evidence): EvidenceAnswer {
  const live = liveBridge(evidence);
  if (live !== undefined) return hit(live === 'true' ? `the network bridge has ${ICC}=true` : undefined);
  const { settings } = daemonOf(evidence);
  if (settings.get('bridge') === 'none') return { notApplicable: 'there is no default bridge' };
  return hit(settings.get('icc') === false ? undefined : 'icc is not false');
}

function liveBridge({ docker }: Evidence): string | undefined {
  if ('missing' in docker || 'missing' in docker.known.networks) return undefined;
  const bridge = docker.known.networks.known.find((network) => memberOf(network, 'Name') === 'bridge');
  return asText(memberOf(memberOf(bridge, 'Options'), ICC));
}

const logLevel = dockerHostCheck({
  id: 'docker-host-log-level',
  cis: '2.3',
  title: 'The daemon does not log at the level info',
  severity: 'low',
  rationale: 'Above info an attack leaves no line; at debug the log is full of what should not be in it.',
  remediation: 'Set `"log-level": "info"` and remove `debug`.',
  controls: ['AU-12'],
  pass: [daemonWith({}), daemonWith({ 'log-level': 'info' })],
  fail: [daemonWith({ 'log-level': 'debug' }), daemonWith({}, '-l', 'error'), daemonWith({ debug: true })],
  find: daemon(({ settings }) => {
    const level = settings.get('log-level') ?? 'info';
    if (level !== 'info') return `log-level is ${String(level)}`;
    return settings.get('debug') === true ? 'debug is on' : undefined;
  }),
});

const packetFilter = dockerHostCheck({
  id: 'docker-host-packet-filter',
  cis: '2.4',
  title: 'The daemon may not set rules of the packet filter',
  severity: 'medium',
  rationale: 'The rules that separate networks of containers are then missing, or somebody must keep them by hand.',
  remediation: 'Remove `"iptables": false`.',
  controls: ['CM-6', 'SC-7'],
  pass: [daemonWith({}), daemonWith({ iptables: true })],
  fail: [daemonWith({ iptables: false }), daemonWith({}, '--iptables=false')],
  find: daemon(({ settings }) => (settings.get('iptables') === false ? 'iptables is false' : undefined)),
});

const insecureRegistry = dockerHostCheck({
  id: 'docker-host-insecure-registry',
  cis: '2.5',
  title: 'The daemon trusts a registry without checking its certificate',
  severity: 'high',
  rationale: 'Somebody in the network answers as the registry and gives out an image of theirs, or reads credentials.',
  remediation: 'Remove it from `insecure-registries`; put the authority of its certificate into `/etc/docker/certs.d`.',
  controls: ['SC-8', 'SC-23', 'SR-3'],
  pass: [daemonWith({})],
  fail: [
    daemonWith({ 'insecure-registries': ['192.0.2.44:5000'] }),
    daemonWith({}, '--insecure-registry', '192.0.2.0/24'),
    daemonWith({ 'insecure-registries': ['a.example.net'] }, '--insecure-registry=b.example.net'),
  ],
  *find(evidence) {
    const listed = textsOf(daemonOf(evidence).settings.get('insecure-registries') ?? []);
    for (const registry of new Set([...listed, ...liveInsecure(evidence)]))
      yield { message: `${registry} is an insecure registry` };
  },
});

/** What the daemon runs with, without this machine itself, which it always trusts. */
function liveInsecure({ docker }: Evidence): string[] {
  if ('missing' in docker || 'missing' in docker.known.info) return [];
  const registries = memberOf(docker.known.info.known, 'RegistryConfig');
  const ranges = textsOf(memberOf(registries, 'InsecureRegistryCIDRs') ?? []);
  const names = entriesOf(memberOf(registries, 'IndexConfigs'))
    .filter(([, registry]) => memberOf(registry, 'Secure') === false)
    .map(([name]) => name);
  return [...ranges.filter((range) => range !== '127.0.0.0/8' && range !== '::1/128'), ...names];
}

const oldDrivers = new Set(['aufs', 'overlay', 'devicemapper']);

const storageDriver = dockerHostCheck({
  id: 'docker-host-storage-driver',
  cis: '2.6',
  title: 'The daemon uses a storage driver that nobody maintains',
  severity: 'medium',
  rationale: 'Holes and corruption in aufs, overlay and devicemapper are no longer mended.',
  remediation: 'Set `"storage-driver": "overlay2"` and pull the images again.',
  controls: ['CM-6', 'SA-22'],
  references: ['https://docs.docker.com/engine/storage/drivers/select-storage-driver/'],
  pass: [engineWith({ Driver: 'overlay2' })],
  fail: [engineWith({ Driver: 'aufs' })],
  find: info((facts) => {
    const driver = asText(memberOf(facts, 'Driver')) ?? '';
    return oldDrivers.has(driver) ? `the storage driver is ${driver}` : undefined;
  }),
});

const apiTls = dockerHostCheck({
  id: 'docker-host-api-tls',
  cis: '2.7',
  title: 'The daemon listens on the network without asking for certificates',
  severity: 'critical',
  rationale: 'Whoever reaches the port is root on the machine; open ones are found within minutes.',
  remediation:
    'Remove the `tcp://` address, and use `ssh://` from afar; or set `tlsverify` with a certificate authority of your own.',
  controls: ['AC-17', 'IA-3', 'SC-8'],
  references: ['https://docs.docker.com/engine/security/protect-access/'],
  pass: [
    daemonWith({}, '-H', 'unix:///run/docker.sock'),
    daemonWith({ hosts: ['tcp://192.0.2.1:2376'], tlsverify: true }),
  ],
  fail: [
    daemonWith({}, '-H', 'tcp://0.0.0.0:2375'),
    daemonWith({ hosts: ['tcp://192.0.2.1:2376'], tls: true }),
    daemonWith({}, '--host=tcp://127.0.0.1:2375'),
  ],
  *find(evidence) {
    const { settings } = daemonOf(evidence);
    if (settings.get('tlsverify') === true) return;
    const how = settings.get('tls') === true ? 'with TLS, and without asking for client certificates' : 'without TLS';
    const hosts = textsOf(settings.get('hosts') ?? []).filter((host) => host.startsWith('tcp://'));
    for (const host of [...hosts, ...activatedAddresses(evidence)]) yield { message: `it listens on ${host} ${how}` };
  },
});

/** systemd may hold the port in the daemon's place. */
function activatedAddresses({ units }: Evidence): string[] {
  const socket = 'known' in units ? units.known.find(({ name }) => name === 'docker.socket') : undefined;
  if (socket === undefined) return [];
  const lines = [socket.text, ...socket.dropIns.map(({ text }) => text)].flatMap((text) => text.split('\n'));
  return lines.flatMap((line) => {
    const address = /^\s{0,16}ListenStream\s{0,16}=\s{0,16}([^\s/@%].{0,200})$/.exec(line)?.[1];
    return address === undefined ? [] : [`${address.trim()} (docker.socket)`];
  });
}

const ulimits = dockerHostCheck({
  id: 'docker-host-default-ulimits',
  cis: '2.8',
  title: 'Containers get no limits of open files and processes by default',
  severity: 'low',
  rationale: 'A container that sets no limit of its own takes all file handles or processes of the machine.',
  remediation: 'Set `"default-ulimits": {"nofile": {"Name": "nofile", "Soft": 65536, "Hard": 65536}}`.',
  controls: ['SC-5', 'SC-6'],
  pass: [
    daemonWith({ 'default-ulimits': { nofile: { Name: 'nofile', Soft: 1024, Hard: 4096 } } }),
    daemonWith({}, '--default-ulimit', 'nofile=1024:4096'),
  ],
  fail: [daemonWith({}), daemonWith({ 'default-ulimits': null }), daemonWith({ 'default-ulimits': {} })],
  find: daemon(({ settings }) => {
    const limits = settings.get('default-ulimits');
    const count = asList(limits)?.length ?? entriesOf(limits).length;
    return count > 0 ? undefined : 'default-ulimits is not set';
  }),
});

const userNamespaces = dockerHostCheck({
  id: 'docker-host-user-namespaces',
  cis: '2.9',
  title: 'Root in containers is root of the machine',
  severity: 'medium',
  rationale: 'Without user namespaces, who gets out of a container as root is root outside as well.',
  remediation:
    'Set `"userns-remap": "default"`, or run the daemon rootless; images and volumes are then kept apart from those of before.',
  controls: ['AC-6', 'SC-39'],
  references: ['https://docs.docker.com/engine/security/userns-remap/'],
  pass: [engineWith({ SecurityOptions: ['name=userns'] }), engineWith({ SecurityOptions: ['name=rootless'] })],
  fail: [engineWith({ SecurityOptions: ['name=seccomp,profile=builtin'] })],
  find: info((facts) =>
    (securityOption(facts, 'userns') ?? securityOption(facts, 'rootless')) ? undefined : 'no user namespaces are used',
  ),
});

const cgroupParent = dockerHostCheck({
  id: 'docker-host-cgroup-parent',
  cis: '2.10',
  title: 'The daemon puts containers into a control group of its own choice',
  severity: 'low',
  rationale: 'A group that was set by mistake has no limits, and containers share it with others.',
  remediation: 'Remove `cgroup-parent`, or accept the finding with the reason for it.',
  controls: ['CM-6', 'SC-6'],
  pass: [daemonWith({})],
  fail: [daemonWith({ 'cgroup-parent': '/foo' }), daemonWith({}, '--cgroup-parent=/foo')],
  find: daemon(({ settings }) => {
    const parent = settings.get('cgroup-parent') ?? '';
    return parent === '' ? undefined : `cgroup-parent is ${String(parent)}`;
  }),
});

const baseSize = dockerHostCheck({
  id: 'docker-host-base-size',
  cis: '2.11',
  title: "The size of containers' file systems was raised",
  severity: 'low',
  rationale: 'A larger base device lets one container fill the disk of the machine.',
  remediation: 'Remove `dm.basesize` from `storage-opts`.',
  controls: ['CM-6', 'SC-5'],
  pass: [daemonWith({}), daemonWith({ 'storage-opts': ['overlay2.size=10G'] })],
  fail: [daemonWith({ 'storage-opts': ['dm.basesize=100G'] }), daemonWith({}, '--storage-opt', 'dm.basesize=50G')],
  find: daemon(({ settings }) => {
    const option = textsOf(settings.get('storage-opts') ?? []).find((text) => text.startsWith('dm.basesize'));
    return option === undefined ? undefined : `${option} is set`;
  }),
});

const authorisation = dockerHostCheck({
  id: 'docker-host-authorisation',
  cis: '2.12',
  title: 'Whoever may talk to the daemon may do everything',
  severity: 'low',
  rationale: 'Everybody who may list containers may also start a privileged one.',
  remediation: 'Set `authorization-plugins`, or give people access through an orchestrator in place of the socket.',
  controls: ['AC-3', 'AC-6'],
  references: ['https://docs.docker.com/engine/extend/plugins_authorization/'],
  pass: [daemonWith({ 'authorization-plugins': ['opa'] }), daemonWith({}, '--authorization-plugin=opa')],
  fail: [daemonWith({}), daemonWith({ 'authorization-plugins': null }), daemonWith({ 'authorization-plugins': [] })],
  find: daemon(({ settings }) =>
    textsOf(settings.get('authorization-plugins') ?? []).length > 0 ? undefined : 'there is no authorisation plugin',
  ),
});

const localDrivers = new Set(['', 'json-file', 'local', 'none']);

const centralLogs = dockerHostCheck({
  id: 'docker-host-central-logs',
  cis: '2.13',
  title: 'Logs of containers stay on the machine',
  severity: 'low',
  rationale: 'An attacker deletes the container and with it the trace.',
  remediation:
    'Set `log-driver` to one that sends logs away (syslog, journald with a forwarder, fluentd, gelf), or accept the finding where a collector reads the files.',
  controls: ['AU-4(1)', 'AU-6(4)', 'AU-9(2)'],
  references: ['https://docs.docker.com/engine/logging/configure/'],
  pass: [engineWith({ LoggingDriver: 'syslog' })],
  fail: [engineWith({ LoggingDriver: 'json-file' })],
  find: info((facts) => {
    const driver = asText(memberOf(facts, 'LoggingDriver')) ?? '';
    return localDrivers.has(driver) ? `the log driver is ${driver === '' ? 'none' : driver}` : undefined;
  }),
});

const newPrivileges = dockerHostCheck({
  id: 'docker-host-new-privileges',
  cis: '2.14',
  title: 'Processes in containers can gain rights unless a container forbids it',
  severity: 'medium',
  rationale: 'setuid programs in images turn users into root in every container that forgot the setting.',
  remediation: 'Set `"no-new-privileges": true` in `daemon.json` and start the daemon again.',
  controls: ['AC-6', 'CM-6'],
  pass: [daemonWith({ 'no-new-privileges': true }), daemonWith({}, '--no-new-privileges')],
  fail: [daemonWith({}), daemonWith({ 'no-new-privileges': false })],
  find: daemon(({ settings }) =>
    settings.get('no-new-privileges') === true ? undefined : 'no-new-privileges is not set',
  ),
});

const liveRestore = dockerHostCheck({
  id: 'docker-host-live-restore',
  cis: '2.15',
  title: 'Containers stop when the daemon does',
  severity: 'low',
  rationale: 'Updates of the daemon are put off because they stop everything, and holes stay open.',
  remediation: 'Set `"live-restore": true` in `daemon.json` and reload the daemon.',
  controls: ['CP-10', 'SC-5'],
  references: ['https://docs.docker.com/engine/daemon/live-restore/'],
  pass: [engineWith({ LiveRestoreEnabled: true })],
  fail: [engineWith({ LiveRestoreEnabled: false })],
  find: (evidence) => {
    const facts = infoOf(evidence);
    if (memberOf(memberOf(facts, 'Swarm'), 'LocalNodeState') === 'active')
      return { notApplicable: 'the daemon is in a swarm, which excludes live restore' };
    return hit(memberOf(facts, 'LiveRestoreEnabled') === true ? undefined : 'live restore is off');
  },
});

const userlandProxy = dockerHostCheck({
  id: 'docker-host-userland-proxy',
  cis: '2.16',
  title: 'Ports are opened with a proxy program each',
  severity: 'low',
  rationale: "The proxy is one more program per port, and logs show its address in place of the attacker's.",
  remediation: 'Set `"userland-proxy": false` in `daemon.json` and start the daemon again.',
  controls: ['CM-7'],
  pass: [daemonWith({ 'userland-proxy': false }), daemonWith({}, '--userland-proxy=false')],
  fail: [daemonWith({}), daemonWith({ 'userland-proxy': true })],
  find: daemon(({ settings }) =>
    settings.get('userland-proxy') === false ? undefined : 'userland-proxy is not false',
  ),
});

const seccomp = dockerHostCheck({
  id: 'docker-host-seccomp-profile',
  cis: '2.17',
  title: 'The daemon gives containers no filter of system calls',
  severity: 'high',
  rationale: 'Without the default profile each container reaches all of the kernel.',
  remediation: 'Remove `"seccomp-profile": "unconfined"`, and use a kernel with seccomp.',
  controls: ['AC-6', 'SC-39'],
  references: ['https://docs.docker.com/engine/security/seccomp/'],
  pass: [engineWith({ SecurityOptions: ['name=seccomp,profile=builtin'] })],
  fail: [engineWith({ SecurityOptions: ['name=seccomp,profile=unconfined'] }), engineWith({ SecurityOptions: [] })],
  find: info((facts) => {
    const option = securityOption(facts, 'seccomp');
    if (option === undefined) return 'the engine does not use seccomp';
    return option.includes('profile=unconfined') ? 'the default profile is unconfined' : undefined;
  }),
});

const experimental = dockerHostCheck({
  id: 'docker-host-experimental',
  cis: '2.18',
  title: 'Experimental features of the daemon are on',
  severity: 'low',
  rationale: 'Holes in features that few use are found first by attackers.',
  remediation: 'Remove `"experimental": true`.',
  controls: ['CM-7'],
  pass: [engineWith({ ExperimentalBuild: false })],
  fail: [engineWith({ ExperimentalBuild: true })],
  find: info((facts) => (memberOf(facts, 'ExperimentalBuild') === true ? 'experimental features are on' : undefined)),
});

export const daemonChecks = [
  rootless,
  bridgeTraffic,
  logLevel,
  packetFilter,
  insecureRegistry,
  storageDriver,
  apiTls,
  ulimits,
  userNamespaces,
  cgroupParent,
  baseSize,
  authorisation,
  centralLogs,
  newPrivileges,
  liveRestore,
  userlandProxy,
  seccomp,
  experimental,
];
