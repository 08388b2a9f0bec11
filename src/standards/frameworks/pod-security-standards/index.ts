import type { Framework } from '../../framework.ts';
import { exact, section, superset } from '../clauses.ts';

const baseline = section('Baseline', [
  {
    id: 'baseline-host-process',
    title: 'HostProcess',
    text: 'Windows pods may not run HostProcess containers: hostProcess is unset or false for the pod and all containers.',
    mappings: exact('PLM-WORKLOAD-HOST-PROCESS'),
  },
  {
    id: 'baseline-host-namespaces',
    title: 'Host namespaces',
    text: 'Sharing the namespaces of the host is disallowed: hostNetwork, hostPID and hostIPC are each unset or false.',
    mappings: superset('PLM-WORKLOAD-HOST-NETWORK', 'PLM-WORKLOAD-HOST-PID', 'PLM-WORKLOAD-HOST-IPC'),
  },
  {
    id: 'baseline-privileged-containers',
    title: 'Privileged containers',
    text: 'Privileged containers are disallowed: privileged is unset or false for all containers.',
    mappings: exact('PLM-WORKLOAD-PRIVILEGED'),
  },
  {
    id: 'baseline-capabilities',
    title: 'Capabilities',
    text: 'No capabilities are added beyond those that engines give by default.',
    mappings: exact('PLM-WORKLOAD-CAPABILITIES-ADDED'),
  },
  {
    id: 'baseline-host-path-volumes',
    title: 'HostPath volumes',
    text: 'Volumes of the type hostPath are forbidden.',
    mappings: exact('PLM-WORKLOAD-HOST-PATH'),
  },
  {
    id: 'baseline-host-ports',
    title: 'Host ports',
    text: 'Ports of the host are disallowed: hostPort is unset or 0 for all containers.',
    mappings: exact('PLM-WORKLOAD-HOST-PORT'),
  },
  {
    id: 'baseline-host-probes-lifecycle-hooks',
    title: 'Host probes and lifecycle hooks',
    text: 'Probes and lifecycle hooks name no host. From version 1.34 on.',
    mappings: exact('PLM-WORKLOAD-PROBE-HOST'),
  },
  {
    id: 'baseline-apparmor',
    title: 'AppArmor',
    text: 'The AppArmor profile is unset, RuntimeDefault or Localhost, by the field and by the older annotation.',
    mappings: exact('PLM-WORKLOAD-APPARMOR'),
  },
  {
    id: 'baseline-selinux',
    title: 'SELinux',
    text: 'The SELinux type is unset or one of those for containers, and neither a user nor a role is set.',
    mappings: exact('PLM-WORKLOAD-SELINUX'),
  },
  {
    id: 'baseline-proc-mount-type',
    title: '/proc mount type',
    text: 'The masks over /proc stay in place. From version 1.35 on, pods with a user namespace of their own may take them away.',
    mappings: exact('PLM-WORKLOAD-PROC-MASKED'),
  },
  {
    id: 'baseline-seccomp',
    title: 'Seccomp',
    text: 'The seccomp profile is not set to Unconfined.',
    mappings: exact('PLM-WORKLOAD-SECCOMP-ON'),
  },
  {
    id: 'baseline-sysctls',
    title: 'Sysctls',
    text: 'Only parameters of the kernel that are safe and apart for each pod are set.',
    mappings: exact('PLM-WORKLOAD-SYSCTLS'),
  },
]);

const restricted = section('Restricted', [
  {
    id: 'restricted-volume-types',
    title: 'Volume types',
    text: 'Volumes are of the types configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected and secret.',
    mappings: exact('PLM-WORKLOAD-VOLUME-TYPES'),
  },
  {
    id: 'restricted-privilege-escalation',
    title: 'Privilege escalation',
    text: 'Gaining privileges, such as by setuid programs, is not allowed: allowPrivilegeEscalation is false for all containers.',
    mappings: exact('PLM-WORKLOAD-PRIVILEGE-ESCALATION'),
  },
  {
    id: 'restricted-running-as-non-root',
    title: 'Running as non-root',
    text: 'Containers are required to run as users other than root: runAsNonRoot is true for the pod or all its containers.',
    mappings: exact('PLM-WORKLOAD-NON-ROOT'),
  },
  {
    id: 'restricted-running-as-non-root-user',
    title: 'Running as a user other than root',
    text: 'Containers do not set runAsUser to 0.',
    mappings: exact('PLM-WORKLOAD-ROOT-USER'),
  },
  {
    id: 'restricted-seccomp',
    title: 'Seccomp',
    text: 'A seccomp profile is set, to RuntimeDefault or Localhost; neither Unconfined nor leaving it out is allowed.',
    mappings: superset('PLM-WORKLOAD-SECCOMP-PROFILE', 'PLM-WORKLOAD-SECCOMP-ON'),
  },
  {
    id: 'restricted-capabilities',
    title: 'Capabilities',
    text: 'Containers drop ALL capabilities, and add back NET_BIND_SERVICE at most.',
    mappings: superset('PLM-WORKLOAD-CAPABILITIES-DROPPED', 'PLM-WORKLOAD-CAPABILITIES-BIND-ONLY'),
  },
  {
    id: 'restricted-proc-mount-type',
    title: '/proc mount type',
    text: 'The masks over /proc stay in place, whatever the user namespace. From version 1.35 on.',
    mappings: superset('PLM-WORKLOAD-PROC-MASKED', 'PLM-WORKLOAD-PROC-MASKED-OWN-USERS'),
  },
]);

/** The controls of the two levels that forbid anything; the level privileged forbids nothing. Ids are made of the published names. */
export const podSecurityStandards: Framework = {
  id: 'pod-security-standards',
  title: 'Kubernetes Pod Security Standards',
  publisher: 'The Kubernetes Authors',
  version: '1.37',
  wording: 'own',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  clauses: [...baseline, ...restricted],
};
