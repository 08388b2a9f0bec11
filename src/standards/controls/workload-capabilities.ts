import type { Control } from '../control.ts';
import { checks } from './evidence.ts';
import { running } from './evidence-proof.ts';
import { containers, services } from './proof.ts';

export const workloadCapabilitiesControls: readonly Control[] = [
  {
    id: 'PLM-WORKLOAD-CAPABILITIES-ADDED',
    family: 'workload',
    title: 'Containers add no capability beyond those that engines give by default',
    anchors: ['AC-6'],
    why: "Each capability is a part of root's power.",
    attack: 'Many of them lead to the host by known ways.',
    remedy: 'Add none but those that the baseline allows.',
    evidence: [checks('kubernetes-capabilities-added')],
    proofs: [
      containers(
        'securityContext: {capabilities: {add: [NET_ADMIN]}}',
        'securityContext: {capabilities: {add: [NET_BIND_SERVICE]}}',
      ),
    ],
  },
  {
    id: 'PLM-WORKLOAD-CAPABILITIES-DANGEROUS',
    family: 'workload',
    title: 'Containers have no capability that leads to the host',
    anchors: ['AC-6', 'AC-6(1)', 'CM-7', 'SC-39'],
    why: 'Some capabilities are as good as root on the host: SYS_ADMIN, SYS_MODULE, SYS_PTRACE, BPF and others.',
    attack: 'Attackers load a kernel module, mount disks or read files of the host with them.',
    remedy: 'Remove the capability, and look for the narrower way to what it was added for.',
    evidence: [
      checks(
        'compose-dangerous-capability',
        'container-dangerous-capability',
        'kubernetes-capability-all',
        'kubernetes-capability-sys-admin',
        'kubernetes-capability-sys-module',
        'kubernetes-capability-sys-ptrace',
        'kubernetes-capability-net-admin',
        'kubernetes-capability-dac-read-search',
        'kubernetes-capability-sys-rawio',
        'kubernetes-capability-bpf',
        'kubernetes-capability-sys-boot',
      ),
    ],
    proofs: [
      running({ HostConfig: { CapAdd: ['CAP_SYS_PTRACE'] } }, { HostConfig: { CapAdd: ['CAP_NET_BIND_SERVICE'] } }),
      containers('securityContext: {capabilities: {add: [ALL]}}', 'securityContext: {capabilities: {add: [CHOWN]}}'),
      containers(
        'securityContext: {capabilities: {add: [SYS_ADMIN, SYS_MODULE, SYS_PTRACE, NET_ADMIN, DAC_READ_SEARCH, SYS_RAWIO, BPF, SYS_BOOT]}}',
        'securityContext: {capabilities: {drop: [ALL]}}',
      ),
      services('cap_add: [SYS_MODULE]', 'cap_add: [CHOWN]'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-CAPABILITY-NET-RAW',
    family: 'workload',
    title: 'Containers are not given the capability NET_RAW',
    anchors: ['AC-6'],
    why: 'NET_RAW lets a process make packets of any kind.',
    attack: 'An attacker answers for others in the pod network (ARP and DNS spoofing) and reads their traffic.',
    remedy: 'Do not add it, and drop ALL.',
    evidence: [checks('kubernetes-capability-net-raw')],
    proofs: [
      containers(
        'securityContext: {capabilities: {add: [NET_RAW]}}',
        'securityContext: {capabilities: {drop: [NET_RAW]}}',
      ),
    ],
  },
  {
    id: 'PLM-WORKLOAD-CAPABILITIES-DROPPED',
    family: 'workload',
    title: 'Containers drop the capabilities that engines give by default',
    anchors: ['AC-6', 'CM-7'],
    why: 'Engines give containers more than a dozen capabilities, and hardly a program needs one.',
    attack: 'The rights that nobody asked for are those that attackers use.',
    remedy: 'Drop ALL, and add back the one that the program cannot do without.',
    evidence: [
      checks('kubernetes-capabilities-not-dropped', 'compose-capabilities-kept', 'container-capabilities-kept'),
    ],
    proofs: [
      running({ HostConfig: { CapDrop: ['CAP_MKNOD'] } }, { HostConfig: { CapDrop: ['ALL'] } }),
      containers('securityContext: {capabilities: {drop: [CHOWN]}}', 'securityContext: {capabilities: {drop: [ALL]}}'),
      services('cap_drop: [CHOWN]', 'cap_drop: [ALL]'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-CAPABILITIES-BIND-ONLY',
    family: 'workload',
    title: 'Containers add back no capability but NET_BIND_SERVICE',
    anchors: ['AC-6'],
    why: 'Beyond binding low ports there is hardly a use for capabilities in ordinary workloads.',
    attack: 'Even default ones such as DAC_OVERRIDE or SETUID help to get from a process to root in the container.',
    remedy: 'Add NET_BIND_SERVICE at most.',
    evidence: [checks('kubernetes-capabilities-beyond-bind')],
    proofs: [
      containers(
        'securityContext: {capabilities: {drop: [ALL], add: [KILL]}}',
        'securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}',
      ),
    ],
  },
];
