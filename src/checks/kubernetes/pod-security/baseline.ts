import { field, isTrue, listAt, membersAt, numberAt, textAt } from '../fields.ts';
import { type Container, nameOf } from '../workload.ts';
import type { PodSecurityControl, PodView, Violation } from './controls.ts';

const SECURITY_CONTEXT = ['spec', 'securityContext'] as const;

/** The pod's own security context and each container's, with where it stands and how messages name it. */
export function* contextsOf(pod: PodView) {
  yield { who: 'the pod', context: pod.securityContext, path: SECURITY_CONTEXT };
  for (const container of pod.containers) {
    yield { who: nameOf(container), context: container.securityContext, path: [...container.path, 'securityContext'] };
  }
}

function* hostProcess(pod: PodView): Iterable<Violation> {
  for (const { who, context, path } of contextsOf(pod)) {
    if (isTrue(field(context, 'windowsOptions', 'hostProcess')))
      yield { path: [...path, 'windowsOptions', 'hostProcess'], message: `${who} sets hostProcess: true` };
  }
}

function* hostNamespaces({ spec }: PodView): Iterable<Violation> {
  for (const member of ['hostNetwork', 'hostPID', 'hostIPC']) {
    if (isTrue(field(spec, member))) yield { path: ['spec', member], message: `the pod sets ${member}: true` };
  }
}

function* privileged({ containers }: PodView): Iterable<Violation> {
  for (const container of containers) {
    if (isTrue(field(container.securityContext, 'privileged')))
      yield {
        path: [...container.path, 'securityContext', 'privileged'],
        message: `${nameOf(container)} sets privileged: true`,
      };
  }
}

const DEFAULT_CAPABILITIES = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
);

function* addedCapabilities({ containers }: PodView): Iterable<Violation> {
  for (const container of containers) yield* capabilitiesBeyond(container, DEFAULT_CAPABILITIES);
}

export function* capabilitiesBeyond(container: Container, allowed: ReadonlySet<string>): Iterable<Violation> {
  for (const [index, added] of listAt(container.securityContext, 'capabilities', 'add').entries()) {
    if (typeof added === 'string' && allowed.has(added)) continue;
    const path = [...container.path, 'securityContext', 'capabilities', 'add', index];
    yield { path, message: `${nameOf(container)} adds the capability ${String(added)}` };
  }
}

function* hostPaths({ spec }: PodView): Iterable<Violation> {
  for (const [index, volume] of listAt(spec, 'volumes').entries()) {
    if (field(volume, 'hostPath') === undefined) continue;
    const where = textAt(volume, 'hostPath', 'path') ?? '';
    const message = `the volume ${textAt(volume, 'name') ?? index} is the host's ${where}`;
    yield { path: ['spec', 'volumes', index, 'hostPath'], message };
  }
}

function* hostPorts({ containers }: PodView): Iterable<Violation> {
  for (const container of containers) {
    for (const [index, port] of listAt(container.value, 'ports').entries()) {
      const hostPort = numberAt(port, 'hostPort') ?? 0;
      if (hostPort === 0) continue;
      const message = `${nameOf(container)} takes the host's port ${hostPort}`;
      yield { path: [...container.path, 'ports', index, 'hostPort'], message };
    }
  }
}

const HANDLERS = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

function* probedHosts({ containers }: PodView): Iterable<Violation> {
  for (const container of containers) {
    for (const path of HANDLERS.flatMap((handler) => [
      [...handler, 'httpGet', 'host'],
      [...handler, 'tcpSocket', 'host'],
    ])) {
      const host = textAt(container.value, ...path) ?? '';
      if (host === '') continue;
      yield {
        path: [...container.path, ...path],
        message: `${nameOf(container)} has the kubelet call the host ${host}`,
      };
    }
  }
}

const APPARMOR_TYPES = new Set(['RuntimeDefault', 'Localhost']);
const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

function* appArmor(pod: PodView): Iterable<Violation> {
  for (const { who, context, path } of contextsOf(pod)) {
    if (field(context, 'appArmorProfile') === undefined) continue;
    const type = textAt(context, 'appArmorProfile', 'type') ?? '';
    if (!APPARMOR_TYPES.has(type))
      yield { path: [...path, 'appArmorProfile', 'type'], message: `${who} sets the AppArmor profile ${type}` };
  }
  for (const [name, value] of Object.entries(membersAt(pod.metadata, 'annotations'))) {
    if (!name.startsWith(APPARMOR_ANNOTATION) || value === '' || value === 'runtime/default') continue;
    if (typeof value === 'string' && value.startsWith('localhost/')) continue;
    yield {
      path: ['metadata', 'annotations', name],
      message: `the annotation sets the AppArmor profile ${String(value)}`,
    };
  }
}

const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

function seLinux(types: readonly string[]) {
  return function* find(pod: PodView): Iterable<Violation> {
    for (const { who, context, path } of contextsOf(pod)) {
      for (const member of ['type', 'user', 'role']) {
        const value = textAt(context, 'seLinuxOptions', member) ?? '';
        if (member === 'type' ? types.includes(value) : value === '') continue;
        yield { path: [...path, 'seLinuxOptions', member], message: `${who} sets the SELinux ${member} ${value}` };
      }
    }
  };
}

export function* procMount({ containers }: PodView): Iterable<Violation> {
  for (const container of containers) {
    const type = field(container.securityContext, 'procMount');
    if (type === undefined || type === 'Default') continue;
    const path = [...container.path, 'securityContext', 'procMount'];
    yield { path, message: `${nameOf(container)} sets procMount: ${String(type)}` };
  }
}

const SECCOMP_TYPES = new Set(['RuntimeDefault', 'Localhost']);

export function isSeccompType(type: unknown): boolean {
  return typeof type === 'string' && SECCOMP_TYPES.has(type);
}

function* seccomp(pod: PodView): Iterable<Violation> {
  for (const { who, context, path } of contextsOf(pod)) {
    if (field(context, 'seccompProfile') === undefined) continue;
    const type = field(context, 'seccompProfile', 'type');
    if (!isSeccompType(type))
      yield {
        path: [...path, 'seccompProfile', 'type'],
        message: `${who} sets the seccomp profile ${String(type ?? '')}`,
      };
  }
}

const SECCOMP_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';

/** Before the field there was an annotation for the pod and one for each container. */
function* seccompAnnotations({ metadata, containers }: PodView): Iterable<Violation> {
  const names = [
    SECCOMP_ANNOTATION,
    ...containers.map(({ name }) => `container.seccomp.security.alpha.kubernetes.io/${name}`),
  ];
  for (const name of new Set(names)) {
    const value = textAt(metadata, 'annotations', name);
    if (value === undefined || value === 'runtime/default' || value === 'docker/default') continue;
    if (!value.startsWith('localhost/'))
      yield { path: ['metadata', 'annotations', name], message: `the annotation sets the seccomp profile ${value}` };
  }
}

const SYSCTLS_FROM_0 = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
];
const SYSCTLS_FROM_27 = [...SYSCTLS_FROM_0, 'net.ipv4.ip_local_reserved_ports'];
const SYSCTLS_FROM_29 = [
  ...SYSCTLS_FROM_27,
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];
const SYSCTLS_FROM_32 = [...SYSCTLS_FROM_29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];
const SYSCTLS_FROM_37 = [...SYSCTLS_FROM_32, 'net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat'];

function sysctls(allowed: readonly string[]) {
  return function* find({ securityContext }: PodView): Iterable<Violation> {
    for (const [index, sysctl] of listAt(securityContext, 'sysctls').entries()) {
      const name = textAt(sysctl, 'name') ?? '';
      if (!allowed.includes(name))
        yield { path: [...SECURITY_CONTEXT, 'sysctls', index], message: `the pod sets the kernel parameter ${name}` };
    }
  };
}

function unlessOwnUsers(find: (pod: PodView) => Iterable<Violation>) {
  return (pod: PodView): Iterable<Violation> => (pod.ownUsers ? [] : find(pod));
}

export const baseline: readonly PodSecurityControl[] = [
  { id: 'windowsHostProcess', level: 'baseline', rules: [{ sinceMinor: 0, find: hostProcess }] },
  { id: 'hostNamespaces', level: 'baseline', rules: [{ sinceMinor: 0, find: hostNamespaces }] },
  { id: 'privileged', level: 'baseline', rules: [{ sinceMinor: 0, find: privileged }] },
  { id: 'capabilities_baseline', level: 'baseline', rules: [{ sinceMinor: 0, find: addedCapabilities }] },
  { id: 'hostPathVolumes', level: 'baseline', rules: [{ sinceMinor: 0, find: hostPaths }] },
  { id: 'hostPorts', level: 'baseline', rules: [{ sinceMinor: 0, find: hostPorts }] },
  { id: 'hostProbesAndHostLifecycle', level: 'baseline', rules: [{ sinceMinor: 34, find: probedHosts }] },
  { id: 'appArmorProfile', level: 'baseline', rules: [{ sinceMinor: 0, find: appArmor }] },
  {
    id: 'seLinuxOptions',
    level: 'baseline',
    rules: [
      { sinceMinor: 31, find: seLinux([...SELINUX_TYPES, 'container_engine_t']) },
      { sinceMinor: 0, find: seLinux(SELINUX_TYPES) },
    ],
  },
  {
    id: 'procMount',
    level: 'baseline',
    rules: [
      { sinceMinor: 35, find: unlessOwnUsers(procMount) },
      { sinceMinor: 0, find: procMount },
    ],
  },
  {
    id: 'seccompProfile_baseline',
    level: 'baseline',
    rules: [
      { sinceMinor: 19, find: seccomp },
      { sinceMinor: 0, find: seccompAnnotations },
    ],
  },
  {
    id: 'sysctls',
    level: 'baseline',
    rules: [
      { sinceMinor: 37, find: sysctls(SYSCTLS_FROM_37) },
      { sinceMinor: 32, find: sysctls(SYSCTLS_FROM_32) },
      { sinceMinor: 29, find: sysctls(SYSCTLS_FROM_29) },
      { sinceMinor: 27, find: sysctls(SYSCTLS_FROM_27) },
      { sinceMinor: 0, find: sysctls(SYSCTLS_FROM_0) },
    ],
  },
];
