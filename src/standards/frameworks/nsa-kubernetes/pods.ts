import { exact, section, superset } from '../clauses.ts';

export const pods = section('Kubernetes Pod security', [
  {
    id: '1.1',
    title: 'Non-root containers',
    text: 'Build container applications to execute as a non-root user, so that the impact of a container compromise is limited; runAsUser may force it at deployment.',
    mappings: superset(
      'PLM-IMAGE-NON-ROOT',
      'PLM-WORKLOAD-NON-ROOT',
      'PLM-WORKLOAD-ROOT-USER',
      'PLM-WORKLOAD-ROOT-GROUP',
    ),
  },
  {
    id: '1.2',
    title: 'Rootless container engines',
    text: 'Use container engines that run in an unprivileged context rather than a daemon running as root, where a stable version is compatible.',
    mappings: exact('PLM-RUNTIME-ROOTLESS'),
  },
  {
    id: '1.3',
    title: 'Immutable container file systems',
    text: 'Lock down the file system of containers, and mount secondary read/write file systems for the directories where applications require write access.',
    mappings: exact('PLM-WORKLOAD-READ-ONLY-ROOT'),
  },
  {
    id: '1.4',
    title: 'Trusted repositories',
    text: 'Build containers from trusted repositories.',
    mappings: superset('PLM-SUPPLY-CHAIN-TRUSTED-REGISTRIES', 'PLM-SUPPLY-CHAIN-TRUSTED-BASE', 'PLM-BUILD-BASE-DIGEST'),
  },
  {
    id: '1.5',
    title: 'Image scanning',
    text: 'Scan images throughout the build workflow to identify outdated libraries, known vulnerabilities, or misconfigurations, such as insecure ports or permissions.',
    mappings: superset(
      'PLM-IMAGE-NO-HIGH-VULNERABILITIES',
      'PLM-IMAGE-SUPPORTED-BASE',
      'PLM-IMAGE-NO-REMOTE-CONTROL',
      'PLM-IMAGE-FILE-PERMISSIONS',
      'PLM-BUILD-GATE',
    ),
  },
  {
    id: '1.6',
    title: 'Admission of images',
    text: 'Use an admission controller to block deployments if the image does not comply with the organization’s security policies.',
    mappings: superset('PLM-CONTROL-PLANE-ADMISSION-POLICY', 'PLM-SUPPLY-CHAIN-SIGNATURE-VERIFIED'),
  },
  {
    id: '1.7',
    title: 'Pod security enforcement',
    text: 'Enforce security requirements on Pods in the cluster by Pod Security Admission and further admission controllers.',
    mappings: superset('PLM-WORKLOAD-POD-SECURITY-ENFORCED', 'PLM-CONTROL-PLANE-ADMISSION-POLICY'),
  },
  {
    id: '1.8',
    title: 'Privileged containers',
    text: 'Pods do not run privileged containers.',
    mappings: exact('PLM-WORKLOAD-PRIVILEGED'),
  },
  {
    id: '1.9',
    title: 'Process namespace of the host',
    text: 'Containers do not share the process namespace of the host (hostPID).',
    mappings: exact('PLM-WORKLOAD-HOST-PID'),
  },
  {
    id: '1.10',
    title: 'IPC namespace of the host',
    text: 'Containers do not share the IPC namespace of the host (hostIPC).',
    mappings: exact('PLM-WORKLOAD-HOST-IPC'),
  },
  {
    id: '1.11',
    title: 'Network of the host',
    text: 'Containers do not use the host network (hostNetwork).',
    mappings: exact('PLM-WORKLOAD-HOST-NETWORK'),
  },
  {
    id: '1.12',
    title: 'Paths of the host',
    text: 'Containers are limited in the paths of the host file system that they mount.',
    mappings: superset(
      'PLM-WORKLOAD-HOST-PATH',
      'PLM-WORKLOAD-SENSITIVE-HOST-PATH',
      'PLM-WORKLOAD-HOST-PATH-READ-ONLY',
    ),
  },
  {
    id: '1.13',
    title: 'Escalation to root',
    text: 'Escalation to root privileges is restricted (allowPrivilegeEscalation is false).',
    mappings: exact('PLM-WORKLOAD-PRIVILEGE-ESCALATION'),
  },
  {
    id: '1.14',
    title: 'SELinux',
    text: 'Harden applications against exploitation with SELinux where the environment supports it.',
    mappings: exact('PLM-WORKLOAD-SELINUX'),
  },
  {
    id: '1.15',
    title: 'AppArmor',
    text: 'Harden applications against exploitation with AppArmor where possible.',
    mappings: exact('PLM-WORKLOAD-APPARMOR'),
  },
  {
    id: '1.16',
    title: 'Seccomp',
    text: 'Enable a seccomp profile that blocks the system calls that applications do not require.',
    mappings: superset('PLM-WORKLOAD-SECCOMP-PROFILE', 'PLM-WORKLOAD-SECCOMP-ON'),
  },
  {
    id: '1.17',
    title: 'Service account tokens of Pods',
    text: 'When an application does not need to access the service account directly, disable the secret token being mounted.',
    mappings: exact('PLM-ACCESS-TOKEN-MOUNTED'),
  },
  {
    id: '1.18',
    title: 'Hardened container environments',
    text: 'Consider hypervisor-backed containers, which rely on hardware to enforce the isolation boundary.',
    mappings: exact('PLM-WORKLOAD-SANDBOXED'),
  },
]);
