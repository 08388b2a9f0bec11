import type { Control } from '../control.ts';
import { checks } from './evidence.ts';
import { running } from './evidence-proof.ts';
import { containers, kubernetes, pods, services } from './proof.ts';

export const workloadConfinementControls: readonly Control[] = [
  {
    id: 'PLM-WORKLOAD-SECCOMP-ON',
    family: 'workload',
    title: 'The filter of system calls is not switched off',
    anchors: ['AC-6', 'CM-7', 'SC-39'],
    why: 'The filter of system calls keeps a process from parts of the kernel that containers do not need.',
    attack: 'Holes of the kernel in rare system calls become reachable, and many escapes begin with one.',
    remedy: 'Remove the profile `Unconfined`, so that the default one holds.',
    evidence: [checks('kubernetes-seccomp-unconfined', 'compose-seccomp-unconfined', 'container-seccomp-unconfined')],
    proofs: [
      running({ HostConfig: { SecurityOpt: ['seccomp=unconfined'] } }, { HostConfig: { SecurityOpt: null } }),
      pods(
        'securityContext: {seccompProfile: {type: Unconfined}}',
        'securityContext: {seccompProfile: {type: RuntimeDefault}}',
      ),
      services('security_opt: ["seccomp=unconfined"]', 'security_opt: ["seccomp=profile.json"]'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-SECCOMP-PROFILE',
    family: 'workload',
    title: 'Pods ask for a filter of system calls',
    anchors: ['AC-6', 'SC-39'],
    why: 'Without a request Kubernetes sets no filter, unless the kubelet was told to.',
    attack: 'An intruder calls every system call of the kernel until one has a hole.',
    remedy: 'Set `seccompProfile: {type: RuntimeDefault}` for the pod.',
    evidence: [checks('kubernetes-seccomp-missing')],
    proofs: [
      pods('securityContext: {runAsNonRoot: true}', 'securityContext: {seccompProfile: {type: RuntimeDefault}}'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-APPARMOR',
    family: 'workload',
    title: 'Containers are confined by an AppArmor profile',
    anchors: ['AC-3', 'AC-6', 'CM-7', 'SC-39'],
    why: 'AppArmor keeps a process from files, mounts and capabilities by path, whoever it runs as.',
    attack: 'Without a profile, writes into /proc and mounts are stopped by file permissions only.',
    remedy: "Remove `unconfined` and use the default profile or one of the workload's own.",
    evidence: [checks('kubernetes-apparmor-profile', 'compose-apparmor-unconfined', 'container-apparmor-unconfined')],
    proofs: [
      running(
        { AppArmorProfile: 'unconfined' },
        { AppArmorProfile: 'docker-default' },
        { SecurityOptions: ['name=apparmor'] },
      ),
      pods(
        'securityContext: {appArmorProfile: {type: Unconfined}}',
        'securityContext: {appArmorProfile: {type: RuntimeDefault}}',
      ),
      services('security_opt: ["apparmor:unconfined"]', 'security_opt: ["apparmor:invoices"]'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-SELINUX',
    family: 'workload',
    title: 'Containers are confined by SELinux labels meant for containers',
    anchors: ['AC-3', 'AC-6', 'SC-39'],
    why: 'SELinux labels keep containers from files of the host and of each other.',
    attack: 'With labels off, an escape is free to read and write all that root may.',
    remedy: 'Remove `seLinuxOptions` or `label:disable`, or use one of the types that are made for containers.',
    evidence: [checks('kubernetes-selinux-options', 'compose-selinux-disabled', 'container-selinux-disabled')],
    proofs: [
      running(
        { ProcessLabel: '' },
        { ProcessLabel: 'system_u:system_r:container_t:s0:c11,c42' },
        { SecurityOptions: ['name=selinux'] },
      ),
      pods(
        'securityContext: {seLinuxOptions: {type: unconfined_t}}',
        'securityContext: {seLinuxOptions: {type: container_t}}',
      ),
      services('security_opt: ["label=disable"]', 'security_opt: ["label=type:container_t"]'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-PROC-MASKED',
    family: 'workload',
    title: 'The masked parts of /proc and /sys stay masked',
    anchors: ['AC-6', 'CM-7', 'SC-39'],
    why: 'Parts of /proc and /sys are settings of the running kernel of the host.',
    attack: 'An attacker changes what the kernel runs on a crash, or reads keys from its memory.',
    remedy: 'Leave `procMount` at its default and remove `systempaths=unconfined`.',
    evidence: [checks('kubernetes-proc-mount', 'compose-system-paths-unconfined')],
    proofs: [
      containers('securityContext: {procMount: Unmasked}', 'securityContext: {procMount: Default}'),
      services('security_opt: ["systempaths=unconfined"]', 'security_opt: ["no-new-privileges:true"]'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-PROC-MASKED-OWN-USERS',
    family: 'workload',
    title: 'The masks over /proc stay in place where pods have users of their own, too',
    anchors: ['AC-6', 'SC-39'],
    why: 'A user namespace keeps root in the container from changing the kernel, not from reading what /proc shows of it.',
    attack: 'An attacker learns from /proc what helps to leave the container.',
    remedy: 'Remove `procMount`, unless the pod makes containers of its own.',
    evidence: [checks('kubernetes-proc-mount-own-users')],
    proofs: [kubernetes(unmasked('Unmasked'), unmasked('Default'))],
  },
  {
    id: 'PLM-WORKLOAD-SYSCTLS',
    family: 'workload',
    title: 'Workloads change no parameter of the kernel that affects others',
    anchors: ['CM-6', 'CM-7', 'SC-39'],
    why: 'Some kernel parameters hold for the whole host or weaken its network.',
    attack: 'An attacker or a mistake changes forwarding, limits or protections of all containers of the node.',
    remedy: 'Set only parameters that are safe for a single namespace, and others on the node.',
    evidence: [checks('kubernetes-sysctls', 'compose-unsafe-sysctl')],
    proofs: [
      pods(
        'securityContext: {sysctls: [{name: kernel.shmmax, value: "65536"}]}',
        'securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: "1"}]}',
      ),
      services('sysctls: {net.ipv4.ip_forward: 1, kernel.shmmax: 65536}', 'sysctls: {net.ipv4.tcp_syncookies: 1}'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-VOLUME-TYPES',
    family: 'workload',
    title: 'Pods use only volumes that lead nowhere else',
    anchors: ['AC-6', 'CM-7'],
    why: 'Some types of volumes reach storage or paths that only administrators should hand out.',
    attack: 'A pod names a path or a storage server itself, past who may use it.',
    remedy: 'Use persistent volume claims, ConfigMaps, secrets, emptyDir and the like.',
    evidence: [checks('kubernetes-volume-types')],
    proofs: [
      pods(
        'volumes:\n  - {name: share, nfs: {server: files.example.net, path: /share}}',
        'volumes:\n  - {name: share, persistentVolumeClaim: {claimName: share}}',
      ),
    ],
  },
  {
    id: 'PLM-WORKLOAD-GIT-REPO-VOLUME',
    family: 'workload',
    title: 'Pods have no gitRepo volume',
    anchors: ['CM-7', 'SI-2'],
    why: 'gitRepo runs git as root on the node, and is given up since a hole in it led to the node.',
    attack: 'A repository with a prepared hook runs commands on the node.',
    remedy: 'Clone in an init container into an emptyDir.',
    evidence: [checks('kubernetes-git-repo-volume')],
    proofs: [
      pods(
        'volumes:\n  - {name: code, gitRepo: {repository: "https://git.example.net/invoices"}}',
        'volumes:\n  - {name: code, emptyDir: {}}',
      ),
    ],
  },
  {
    id: 'PLM-WORKLOAD-MOUNT-PROPAGATION',
    family: 'workload',
    title: 'Mounts made in a container stay in it',
    anchors: ['AC-6', 'CM-7', 'SC-39'],
    why: 'With propagation, what is mounted in the container is mounted on the host.',
    attack: 'An attacker mounts over directories of the host or reaches disks that were mounted for others.',
    remedy: 'Leave propagation at `None` or private.',
    evidence: [checks('kubernetes-mount-propagation', 'compose-mount-propagation', 'container-mount-propagation')],
    proofs: [
      running(
        { Mounts: [{ Type: 'bind', Source: '/srv/a', Destination: '/a', Propagation: 'shared' }] },
        { Mounts: [{ Type: 'bind', Source: '/srv/a', Destination: '/a', Propagation: 'rprivate' }] },
      ),
      containers(
        'volumeMounts: [{name: spool, mountPath: /spool, mountPropagation: Bidirectional}]',
        'volumeMounts: [{name: spool, mountPath: /spool, mountPropagation: None}]',
      ),
      services('volumes: ["/srv/spool:/spool:shared"]', 'volumes: ["/srv/spool:/spool:ro"]'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-SHARED-PROCESSES',
    family: 'workload',
    title: "Containers of a pod do not see each other's processes",
    anchors: ['SC-4', 'SC-39'],
    why: "Containers of a pod that see each other's processes also reach their files and environments.",
    attack: 'The weakest container of the pod reads the secrets of the others in /proc.',
    remedy: 'Remove `shareProcessNamespace`.',
    evidence: [checks('kubernetes-shared-processes')],
    proofs: [pods('shareProcessNamespace: true', 'shareProcessNamespace: false')],
  },
  {
    id: 'PLM-WORKLOAD-SECURITY-CONTEXT',
    family: 'workload',
    title: 'Pods state the rights of their containers',
    anchors: ['AC-6', 'CM-6'],
    why: 'Where nothing is said, the defaults hold, and they are made for compatibility.',
    attack: 'Attackers live off default rights that nobody thought about.',
    remedy: 'Write a securityContext for each pod and container.',
    evidence: [checks('kubernetes-security-context-missing')],
    proofs: [containers('tty: false', 'securityContext: {runAsNonRoot: true}')],
  },
  {
    id: 'PLM-WORKLOAD-WINDOWS-ADMINISTRATOR',
    family: 'workload',
    title: 'Windows containers do not run as administrator',
    anchors: ['AC-6'],
    why: 'ContainerAdministrator is to a Windows container what root is to a Linux one.',
    attack: 'An intruder can install, change and read everything in the container, and looks for the way out.',
    remedy: 'Run as ContainerUser.',
    evidence: [checks('kubernetes-windows-administrator')],
    proofs: [
      pods(
        'os: {name: windows}\nsecurityContext: {windowsOptions: {runAsUserName: ContainerAdministrator}}',
        'os: {name: windows}\nsecurityContext: {windowsOptions: {runAsUserName: ContainerUser}}',
      ),
    ],
  },
];

/** @param procMount of the only container of a pod with users of its own */
function unmasked(procMount: string): string {
  return `apiVersion: v1
kind: Pod
metadata: {name: invoices, namespace: billing}
spec:
  hostUsers: false
  containers:
    - name: invoices
      image: registry.example.net/billing/invoices:2.7.1
      securityContext: {procMount: ${procMount}}
`;
}
