import type { YamlPath } from '#manifests/index.ts';
import type { Check } from '../../check.ts';
import type { Written } from '../../yaml/index.ts';
import { type About, workloadCheck } from '../declare.ts';
import { deployment } from '../examples.ts';
import { field, isFalse } from '../fields.ts';
import { controlOf, LATEST_MINOR, type PodView, podView, violationsOf } from '../pod-security/index.ts';
import { PAGES } from '../references.ts';
import type { Workload } from '../workload.ts';
import { mayForbidEscalation, mend, runsAsRoot, usersAt } from './pod-security-edits.ts';

/** A control of the Pod Security Standards as a check, or the part of one whose places end in a member. */
interface ControlCheck extends Omit<About, 'references'> {
  readonly control: string;
  readonly member?: string;
  /** Absent: all workloads. */
  isAbout?(workload: Workload): boolean;
  /** The value that mends it where it was found. */
  readonly mended?: Written;
  /** False where the cluster would refuse the object, or its nodes the container, with that value. */
  isMendable?(workload: Workload, path: YamlPath): boolean;
  /** Who may miss what that takes away; undefined where nobody can. */
  mayBreak?(workload: Workload, path: YamlPath): string | undefined;
}

function controlCheck({
  control,
  member,
  isAbout,
  mended,
  isMendable,
  mayBreak,
  ...about
}: ControlCheck): Check<'kubernetes'> {
  const asked = controlOf(control);
  if (asked === undefined) throw new Error(`the Pod Security Standards have no control ${control}`);
  return workloadCheck({
    ...about,
    references: [PAGES.podSecurity, PAGES.securityContext],
    *find(workload) {
      if (isAbout?.(workload) === false) return;
      for (const violation of violationsOf(asked, viewOf(workload), LATEST_MINOR)) {
        if (member !== undefined && !violation.path.includes(member)) continue;
        const path = inObject(workload, violation.path);
        yield {
          path,
          message: violation.message,
          fix:
            mended === undefined || isMendable?.(workload, path) === false ? undefined : mend(workload, path, mended),
          fixMayBreak: mayBreak?.(workload, path),
        };
      }
    },
  });
}

/** Workflows keep containers elsewhere than a PodSpec does. */
function viewOf(workload: Workload): PodView {
  const { specPath } = workload;
  const containers = workload.containers.map((one) => ({ ...one, path: ['spec', ...one.path.slice(specPath.length)] }));
  return { ...podView(workload), containers };
}

function inObject({ specPath, metadataPath }: Workload, [root, ...path]: YamlPath): YamlPath {
  return [...(root === 'spec' ? specPath : metadataPath), ...path];
}

const context = (lines: string) => `securityContext:\n  ${lines}`;

const HOST: readonly Check<'kubernetes'>[] = [
  controlCheck({
    control: 'windowsHostProcess',
    id: 'kubernetes-host-process',
    title: 'A Windows container runs as a process of the host',
    severity: 'high',
    aliases: ['KSV-0103'],
    rationale:
      'A host process container has the rights of an administrator of the node and none of the limits of a container.',
    remediation: 'Remove windowsOptions.hostProcess, or keep it for node agents in a namespace of their own.',
    controls: ['AC-6', 'SC-39'],
    examples: {
      fail: [deployment('', context('windowsOptions: {hostProcess: true}'))],
      pass: [deployment('', context('windowsOptions: {hostProcess: false}'))],
    },
  }),
  controlCheck({
    control: 'hostNamespaces',
    member: 'hostNetwork',
    id: 'kubernetes-host-network',
    title: "The pod uses the host's network",
    severity: 'high',
    aliases: ['KSV-0009'],
    rationale:
      'It reaches services that listen on the node alone, sees the traffic of other pods, and no network policy holds for it.',
    remediation: 'Remove hostNetwork; publish ports with a Service.',
    controls: ['SC-7', 'SC-39'],
    mended: false,
    mayBreak: () => 'a program that serves or watches the network of its node',
    examples: { fail: [deployment('', 'hostNetwork: true')], pass: [deployment()] },
  }),
  controlCheck({
    control: 'hostNamespaces',
    member: 'hostPID',
    id: 'kubernetes-host-pid',
    title: "The pod sees the host's processes",
    severity: 'high',
    aliases: ['KSV-0010'],
    rationale:
      'Arguments and environment of all processes of the node can be read, and those of its own user can be ended or traced.',
    remediation: 'Remove hostPID; share the processes of the pod alone, with shareProcessNamespace.',
    controls: ['SC-39'],
    mended: false,
    mayBreak: () => 'a program that looks after processes of its node',
    examples: { fail: [deployment('', 'hostPID: true')], pass: [deployment()] },
  }),
  controlCheck({
    control: 'hostNamespaces',
    member: 'hostIPC',
    id: 'kubernetes-host-ipc',
    title: "The pod shares the host's memory segments and queues",
    severity: 'high',
    aliases: ['KSV-0008'],
    rationale: 'Shared memory of processes on the node can be read and changed from the container.',
    remediation: 'Remove hostIPC; containers of one pod share memory without it.',
    controls: ['SC-4', 'SC-39'],
    mended: false,
    mayBreak: () => 'a program that shares memory with its node',
    examples: { fail: [deployment('', 'hostIPC: true')], pass: [deployment()] },
  }),
  controlCheck({
    control: 'hostPathVolumes',
    id: 'kubernetes-host-path',
    title: 'The pod mounts a path of the host',
    severity: 'medium',
    aliases: ['KSV-0023'],
    rationale: 'Files of the node come within reach of the container, and with a writable one often the node itself.',
    remediation: 'Use a volume of another type: emptyDir, configMap, secret, persistentVolumeClaim, csi.',
    controls: ['AC-6', 'SC-39'],
    examples: {
      fail: [deployment('', 'volumes:\n  - name: data\n    hostPath: {path: /srv/data}')],
      pass: [deployment('', 'volumes:\n  - name: data\n    emptyDir: {}')],
    },
  }),
  controlCheck({
    control: 'hostPorts',
    id: 'kubernetes-host-port',
    title: 'A container takes a port of the host',
    severity: 'high',
    aliases: ['KSV-0024'],
    rationale:
      "The port is open on the node's own address, past Services and often past network policies, and can stand in for a service of the node.",
    remediation: 'Remove hostPort; publish the port with a Service.',
    controls: ['SC-7', 'CM-7'],
    examples: {
      fail: [deployment('ports:\n  - {containerPort: 8080, hostPort: 8080}')],
      pass: [deployment('ports:\n  - {containerPort: 8080}')],
    },
  }),
  controlCheck({
    control: 'hostProbesAndHostLifecycle',
    id: 'kubernetes-probe-host',
    title: 'A probe or hook names another host',
    severity: 'medium',
    rationale: 'The kubelet of the node makes the request, so that a pod reaches with it what only the node may reach.',
    remediation: 'Remove host from the probe or hook: without it the pod itself is asked.',
    controls: ['SC-7', 'AC-4'],
    examples: {
      fail: [deployment('livenessProbe:\n  httpGet: {host: 169.254.169.254, path: /, port: 80}')],
      pass: [deployment('livenessProbe:\n  httpGet: {path: /, port: 80}')],
    },
  }),
];

const PROFILES: readonly Check<'kubernetes'>[] = [
  controlCheck({
    control: 'appArmorProfile',
    id: 'kubernetes-apparmor-profile',
    title: 'AppArmor is switched off or set to an unknown profile',
    severity: 'medium',
    aliases: ['KSV-0002'],
    rationale:
      'Without the default profile of the runtime a process in the container may mount, trace and write to kernel interfaces.',
    remediation:
      'Set appArmorProfile.type to RuntimeDefault or Localhost, or leave it out where the runtime sets its default.',
    controls: ['AC-3', 'SC-39'],
    examples: {
      fail: [deployment('', context('appArmorProfile: {type: Unconfined}'))],
      pass: [deployment('', context('appArmorProfile: {type: RuntimeDefault}'))],
    },
  }),
  controlCheck({
    control: 'seLinuxOptions',
    id: 'kubernetes-selinux-options',
    title: 'SELinux labels beyond those for containers',
    severity: 'medium',
    aliases: ['KSV-0025'],
    rationale:
      'A type such as spc_t, or a user or role of the host, takes the container out of the confinement that SELinux gives it.',
    remediation:
      'Remove user and role, and use the types container_t, container_init_t, container_kvm_t or container_engine_t.',
    controls: ['AC-3', 'SC-39'],
    examples: {
      fail: [deployment(context('seLinuxOptions: {type: spc_t}'))],
      pass: [deployment(context('seLinuxOptions: {type: container_t}'))],
    },
  }),
  controlCheck({
    control: 'procMount',
    id: 'kubernetes-proc-mount',
    title: 'The masks over /proc are taken away',
    severity: 'medium',
    aliases: ['KSV-0027'],
    rationale: 'Unmasked, /proc shows and changes settings of the kernel that the node and all its containers share.',
    remediation: 'Remove procMount, or give the pod user namespaces of its own with hostUsers: false.',
    controls: ['SC-39', 'AC-6'],
    mended: 'Default',
    mayBreak: () => 'a program that makes containers of its own',
    examples: { fail: [deployment(context('procMount: Unmasked'))], pass: [deployment(context('procMount: Default'))] },
  }),
  controlCheck({
    control: 'procMount_restricted',
    isAbout: ({ spec }) => isFalse(field(spec, 'hostUsers')),
    id: 'kubernetes-proc-mount-own-users',
    title: 'The masks over /proc are taken away in a user namespace of its own',
    severity: 'low',
    rationale:
      'Users of its own keep root in the container from changing the settings of the kernel, not from reading what /proc shows of the node.',
    remediation: 'Remove procMount, unless the pod makes containers of its own.',
    controls: ['SC-39', 'AC-6'],
    mended: 'Default',
    mayBreak: () => 'a program that makes containers of its own',
    examples: {
      fail: [deployment(context('procMount: Unmasked'), 'hostUsers: false')],
      pass: [deployment(context('procMount: Default'), 'hostUsers: false'), deployment(context('procMount: Unmasked'))],
    },
  }),
  controlCheck({
    control: 'seccompProfile_baseline',
    id: 'kubernetes-seccomp-unconfined',
    title: 'The filter of system calls is switched off',
    severity: 'medium',
    aliases: ['KSV-0104'],
    rationale:
      'With every system call allowed, flaws of the kernel are within reach that the default filter closes off.',
    remediation: 'Set seccompProfile.type to RuntimeDefault, or to Localhost with a profile of your own.',
    controls: ['AC-6', 'SC-39'],
    mended: 'RuntimeDefault',
    mayBreak: () => 'a program that makes system calls which the default profile forbids',
    examples: {
      fail: [deployment(context('seccompProfile: {type: Unconfined}'))],
      pass: [deployment(context('seccompProfile: {type: RuntimeDefault}'))],
    },
  }),
  controlCheck({
    control: 'seccompProfile_restricted',
    id: 'kubernetes-seccomp-missing',
    title: 'No filter of system calls is asked for',
    severity: 'low',
    aliases: ['KSV-0030'],
    rationale: 'Unless the kubelet is told otherwise, a pod that asks for no seccomp profile runs without one.',
    remediation: 'Set securityContext.seccompProfile.type: RuntimeDefault in the pod.',
    controls: ['AC-6', 'SC-39'],
    mended: 'RuntimeDefault',
    examples: { fail: [deployment()], pass: [deployment('', context('seccompProfile: {type: RuntimeDefault}'))] },
  }),
  controlCheck({
    control: 'sysctls',
    id: 'kubernetes-sysctls',
    title: 'Kernel parameters that are not safe to set',
    severity: 'medium',
    aliases: ['KSV-0026'],
    rationale: 'Parameters that are not kept apart by pod change the node for all that run on it.',
    remediation: 'Remove them, or set them on the nodes that this workload has to itself.',
    controls: ['CM-6', 'SC-39'],
    examples: {
      fail: [deployment('', 'securityContext:\n  sysctls:\n    - {name: kernel.msgmax, value: "65536"}')],
      pass: [deployment('', 'securityContext:\n  sysctls:\n    - {name: net.ipv4.tcp_syncookies, value: "1"}')],
    },
  }),
  controlCheck({
    control: 'restrictedVolumes',
    id: 'kubernetes-volume-types',
    title: 'A volume of a type that restricted pods may not have',
    severity: 'low',
    aliases: ['KSV-0028'],
    rationale: 'Volumes that name a server or device directly pass by what the administrators of storage allow.',
    remediation:
      'Claim the storage with a persistentVolumeClaim, or use a csi, configMap, secret, projected, emptyDir, ephemeral or image volume.',
    controls: ['AC-6', 'CM-7'],
    examples: {
      fail: [deployment('', 'volumes:\n  - name: data\n    nfs: {server: nfs.example.com, path: /}')],
      pass: [deployment('', 'volumes:\n  - name: data\n    persistentVolumeClaim: {claimName: data}')],
    },
  }),
];

const PRIVILEGES: readonly Check<'kubernetes'>[] = [
  controlCheck({
    control: 'privileged',
    id: 'kubernetes-privileged',
    title: 'A privileged container',
    severity: 'high',
    aliases: ['KSV-0017'],
    rationale: 'It has all capabilities and all devices of the node: who controls the process in it controls the node.',
    remediation: 'Remove privileged and add the single capabilities that are needed.',
    controls: ['AC-6', 'SC-39'],
    mended: false,
    mayBreak: () => 'a program that works on devices or settings of its node',
    examples: { fail: [deployment(context('privileged: true'))], pass: [deployment(context('privileged: false'))] },
  }),
  controlCheck({
    control: 'capabilities_baseline',
    id: 'kubernetes-capabilities-added',
    title: 'Capabilities beyond the default ones are added',
    severity: 'medium',
    aliases: ['KSV-0022'],
    rationale:
      'Each capability is a part of the rights of root on the node; many of the non-default ones are enough to leave the container.',
    remediation: 'Remove the capability from add, or have a node agent do what it is needed for.',
    controls: ['AC-6'],
    examples: {
      fail: [deployment(context('capabilities: {add: [SYS_PTRACE]}'))],
      pass: [deployment(context('capabilities: {add: [CHOWN]}'))],
    },
  }),
  controlCheck({
    control: 'capabilities_restricted',
    member: 'drop',
    id: 'kubernetes-capabilities-not-dropped',
    title: 'The default capabilities are kept',
    severity: 'low',
    aliases: ['KSV-0003', 'KSV-0004'],
    rationale: 'Few programs need any of them, and an intruder as root in the container has all that were not dropped.',
    remediation: 'Set securityContext.capabilities.drop: ["ALL"], and add back what the program needs.',
    controls: ['AC-6', 'CM-7'],
    mended: ['ALL'],
    mayBreak: () => 'a program that changes owners of files, listens below port 1024 or needs another capability',
    examples: {
      fail: [deployment(), deployment(context('capabilities:\n    drop:\n      - KILL'))],
      pass: [deployment(context('capabilities: {drop: ["ALL"]}'))],
    },
  }),
  controlCheck({
    control: 'capabilities_restricted',
    member: 'add',
    id: 'kubernetes-capabilities-beyond-bind',
    title: 'A capability other than NET_BIND_SERVICE is added',
    severity: 'low',
    aliases: ['KSV-0106'],
    rationale: 'Restricted pods may add the right to listen on low ports and nothing else.',
    remediation: 'Remove the capability from add.',
    controls: ['AC-6'],
    examples: {
      fail: [deployment(context('capabilities: {drop: ["ALL"], add: [CHOWN]}'))],
      pass: [deployment(context('capabilities: {drop: ["ALL"], add: [NET_BIND_SERVICE]}'))],
    },
  }),
  controlCheck({
    control: 'allowPrivilegeEscalation',
    id: 'kubernetes-privilege-escalation',
    title: 'A container can gain more rights than it started with',
    severity: 'medium',
    aliases: ['KSV-0001'],
    rationale: 'A setuid program in the image makes root of any user that runs it, unless this is switched off.',
    remediation: 'Set securityContext.allowPrivilegeEscalation: false.',
    controls: ['AC-6', 'CM-6'],
    mended: false,
    isMendable: mayForbidEscalation,
    examples: { fail: [deployment()], pass: [deployment(context('allowPrivilegeEscalation: false'))] },
  }),
  controlCheck({
    control: 'runAsNonRoot',
    id: 'kubernetes-run-as-non-root',
    title: 'A container may run as root',
    severity: 'medium',
    aliases: ['KSV-0012'],
    rationale:
      'Root in the container is root on the node when the isolation fails, and owns every file of the image until then.',
    remediation: 'Set securityContext.runAsNonRoot: true in the pod, and a USER by number in the image.',
    controls: ['AC-6', 'CM-6'],
    mended: true,
    isMendable: (workload, path) => !usersAt(workload, path).includes(0),
    mayBreak: runsAsRoot,
    examples: { fail: [deployment()], pass: [deployment('', context('runAsNonRoot: true'))] },
  }),
  controlCheck({
    control: 'runAsUser',
    id: 'kubernetes-run-as-root-user',
    title: 'The user with the number 0 is asked for',
    severity: 'medium',
    aliases: ['KSV-0105'],
    rationale: 'The process is root whatever user the image was made for.',
    remediation: 'Set runAsUser to a number above 0, or leave it to the image.',
    controls: ['AC-6'],
    examples: { fail: [deployment(context('runAsUser: 0'))], pass: [deployment(context('runAsUser: 10001'))] },
  }),
];

/** The Pod Security Standards of the newest minor, control by control. */
export const podSecurityChecks: readonly Check<'kubernetes'>[] = [...HOST, ...PROFILES, ...PRIVILEGES];
