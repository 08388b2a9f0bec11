import type { Control } from '../control.ts';
import { checks } from './evidence.ts';
import { running } from './evidence-proof.ts';
import { containers, kubernetes, pods, services } from './proof.ts';

export const workloadHostControls: readonly Control[] = [
  {
    id: 'PLM-WORKLOAD-PRIVILEGED',
    family: 'workload',
    title: 'Containers do not run privileged',
    anchors: ['AC-6', 'AC-6(1)', 'CM-7', 'SC-39'],
    why: 'A privileged container has all capabilities and devices of the host; it is isolated in name only.',
    attack: 'One command mounts the disk of the host, and the attacker is root there.',
    remedy: 'Remove `privileged`, and add the single capability or device that is really needed.',
    evidence: [checks('compose-privileged', 'container-privileged', 'kubernetes-privileged')],
    proofs: [
      running({ HostConfig: { Privileged: true } }, { HostConfig: { Privileged: false } }),
      containers('securityContext: {privileged: true}', 'securityContext: {privileged: false}'),
      services('privileged: true', 'privileged: false'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-PRIVILEGED-HOOKS',
    family: 'workload',
    title: 'Hooks of services do not run privileged or as root',
    anchors: ['AC-6', 'AC-6(10)', 'CM-7'],
    why: 'A hook runs in the container with rights of its own, which may be more than those of the service.',
    attack: 'Whoever changes a script that the hook runs gets root or a privileged process.',
    remedy: 'Run hooks as the user of the service, without `privileged`.',
    evidence: [checks('compose-hook-privileged')],
    proofs: [
      services(
        'post_start:\n  - command: ["mkdir", "/data"]\n    privileged: true',
        'user: "10042"\npost_start:\n  - command: ["mkdir", "/tmp/data"]',
      ),
    ],
  },
  {
    id: 'PLM-WORKLOAD-HOST-PROCESS',
    family: 'workload',
    title: 'Windows containers do not run as processes of the host',
    anchors: ['AC-6', 'SC-39'],
    why: 'A HostProcess container is no container: it runs on the Windows host with an account of the host.',
    attack: 'A hole in the workload is at once a hole in the node.',
    remedy: 'Remove `hostProcess` from everything but agents of the cluster itself.',
    evidence: [checks('kubernetes-host-process')],
    proofs: [
      pods(
        'os: {name: windows}\nsecurityContext: {windowsOptions: {hostProcess: true}}',
        'os: {name: windows}\nsecurityContext: {windowsOptions: {hostProcess: false}}',
      ),
    ],
  },
  {
    id: 'PLM-WORKLOAD-HOST-NETWORK',
    family: 'workload',
    title: 'Containers do not use the network of the host',
    anchors: ['AC-4', 'CM-7', 'SC-7', 'SC-39'],
    why: 'On the network of the host a container is outside of all network policies.',
    attack:
      'An intruder reaches services that listen for the host only, reads its traffic and asks for cloud credentials.',
    remedy: 'Remove `hostNetwork`, or `network_mode: host` in Compose, and publish the ports that are needed.',
    evidence: [checks('compose-host-network', 'container-host-network', 'kubernetes-host-network')],
    proofs: [
      running({ HostConfig: { NetworkMode: 'host' } }, { HostConfig: { NetworkMode: 'billing' } }),
      pods('hostNetwork: true', 'hostNetwork: false'),
      services('network_mode: host', 'networks: [billing]'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-HOST-PID',
    family: 'workload',
    title: 'Containers do not see the processes of the host',
    anchors: ['AC-6', 'CM-7', 'SC-39'],
    why: 'With the process list of the host a container sees the commands and environments of everything on it.',
    attack: 'An attacker reads secrets of other processes in /proc and sends them signals or code.',
    remedy: 'Remove `hostPID`, or `pid: host` in Compose.',
    evidence: [checks('compose-host-pid', 'container-host-pid', 'kubernetes-host-pid')],
    proofs: [
      running({ HostConfig: { PidMode: 'host' } }, { HostConfig: { PidMode: 'private' } }),
      pods('hostPID: true', 'hostPID: false'),
      services('pid: host', 'user: "10042"'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-HOST-IPC',
    family: 'workload',
    title: 'Containers do not share memory with processes of the host',
    anchors: ['AC-6', 'CM-7', 'SC-4', 'SC-39'],
    why: 'Shared memory and queues of the host are used by other programs without any further check.',
    attack: 'An attacker reads or changes what databases and other programs keep in shared memory.',
    remedy: 'Remove `hostIPC`, or `ipc: host` in Compose; containers of one pod share memory by a volume.',
    evidence: [checks('compose-host-ipc', 'container-host-ipc', 'kubernetes-host-ipc')],
    proofs: [
      running({ HostConfig: { IpcMode: 'host' } }, { HostConfig: { IpcMode: 'private' } }),
      pods('hostIPC: true', 'hostIPC: false'),
      services('ipc: host', 'ipc: private'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-HOST-UTS',
    family: 'workload',
    title: 'Containers do not share the name of the host',
    anchors: ['CM-7', 'SC-39'],
    why: 'In the UTS namespace of the host a container can change the name of the host.',
    attack: 'With the right capability an attacker renames the host, which breaks logs, certificates and clusters.',
    remedy: 'Remove `uts: host`.',
    evidence: [checks('compose-host-uts', 'container-host-uts')],
    proofs: [
      running({ HostConfig: { UTSMode: 'host' } }, { HostConfig: { UTSMode: 'private' } }),
      services('uts: host', 'hostname: invoices'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-HOST-USER-NAMESPACE',
    family: 'workload',
    title: 'Containers stay in the user namespace that the engine gives them',
    anchors: ['AC-6', 'CM-7', 'SC-39'],
    why: 'User namespaces make root in the container nobody on the host; this takes a container out of them.',
    attack: 'An escape that would end in a powerless account ends in root.',
    remedy: 'Remove `userns_mode: host`, and mend the permissions for which it was set.',
    evidence: [checks('compose-host-userns', 'container-host-userns')],
    proofs: [
      running({ HostConfig: { UsernsMode: 'host' } }, { HostConfig: { UsernsMode: 'private' } }),
      services('userns_mode: "host"', 'user: "10042"'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-HOST-CGROUP-NAMESPACE',
    family: 'workload',
    title: 'Containers do not see the control groups of the host',
    anchors: ['CM-7', 'SC-39'],
    why: 'The control groups of the host tell what else runs, and some versions let containers write to them.',
    attack: 'Attackers have used writable control groups to start programs on the host.',
    remedy: 'Remove `cgroup: host`, so that the container has a namespace of its own.',
    evidence: [checks('compose-host-cgroup')],
    proofs: [services('cgroup: host', 'cgroup: private')],
  },
  {
    id: 'PLM-WORKLOAD-CGROUP-PARENT',
    family: 'workload',
    title: 'Containers stay in the control group that the engine gives them',
    anchors: ['CM-6', 'SC-5'],
    why: 'Limits of the engine hold in the control group that it gives; another one may have none.',
    attack: 'A container in a group of the system takes resources from it without a bound.',
    remedy: 'Remove `cgroup_parent` unless the group was made for the container.',
    evidence: [checks('compose-cgroup-parent', 'container-cgroup-parent')],
    proofs: [
      running({ HostConfig: { CgroupParent: '/free' } }, { HostConfig: { CgroupParent: '' } }),
      services('cgroup_parent: system.slice', 'mem_limit: 256m'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-HOST-PATH',
    family: 'workload',
    title: 'Pods do not mount paths of the host',
    anchors: ['AC-6', 'SC-39'],
    why: 'A mounted path is a hole in the wall between the container and its node.',
    attack: 'Attackers read credentials of the node, or write files that the node later runs.',
    remedy: 'Use persistent volumes, ConfigMaps or emptyDir.',
    evidence: [checks('kubernetes-host-path')],
    proofs: [
      pods(
        'volumes:\n  - {name: spool, hostPath: {path: /srv/spool}}',
        'volumes:\n  - {name: spool, emptyDir: {sizeLimit: 64Mi}}',
      ),
    ],
  },
  {
    id: 'PLM-WORKLOAD-HOST-PATH-READ-ONLY',
    family: 'workload',
    title: 'Paths of the host are mounted read-only',
    anchors: ['AC-6', 'CM-5'],
    why: 'What can be written through a mount stays on the host when the container is gone.',
    attack: 'An attacker drops a script, a job or a key where the host picks it up.',
    remedy: 'Mount with `readOnly: true`.',
    evidence: [checks('kubernetes-host-path-writable')],
    proofs: [
      kubernetes(
        `apiVersion: v1
kind: Pod
metadata: {name: invoices, namespace: billing}
spec:
  volumes:
    - {name: spool, hostPath: {path: /srv/spool}}
  containers:
    - name: invoices
      image: registry.example.net/billing/invoices:2.7.1
      volumeMounts: [{name: spool, mountPath: /spool}]
`,
        `apiVersion: v1
kind: Pod
metadata: {name: invoices, namespace: billing}
spec:
  volumes:
    - {name: spool, hostPath: {path: /srv/spool}}
  containers:
    - name: invoices
      image: registry.example.net/billing/invoices:2.7.1
      volumeMounts: [{name: spool, mountPath: /spool, readOnly: true}]
`,
      ),
    ],
  },
  {
    id: 'PLM-WORKLOAD-SENSITIVE-HOST-PATH',
    family: 'workload',
    title: 'Containers do not see the directories that the host lives by',
    anchors: ['AC-3', 'AC-6', 'CM-5', 'SC-39'],
    why: 'Directories such as /etc, /proc, /var/lib/kubelet or / hold what the host lives by.',
    attack: 'Reading them gives passwords, keys and tokens of all pods of the node; writing them gives the node.',
    remedy: 'Do not mount them; name the one file that is needed and mount it read-only.',
    evidence: [
      checks('compose-sensitive-host-path', 'container-sensitive-host-path', 'kubernetes-sensitive-host-path'),
    ],
    proofs: [
      running(
        { Mounts: [{ Type: 'bind', Source: '/etc', Destination: '/host/etc', RW: true }] },
        { Mounts: [{ Type: 'bind', Source: '/srv/invoices', Destination: '/data', RW: true }] },
      ),
      pods(
        'volumes:\n  - {name: state, hostPath: {path: /var/lib/kubelet}}',
        'volumes:\n  - {name: spool, hostPath: {path: /srv/spool}}',
      ),
      services('volumes: ["/etc:/host/etc:ro"]', 'volumes: ["spool:/spool"]'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-VOLUME-HOST-PATH',
    family: 'workload',
    title: 'Persistent volumes are not paths of the host',
    anchors: ['AC-6', 'SC-39'],
    why: 'A persistent volume can lead to a path of the host past every rule about pods.',
    attack: "Whoever makes such a volume gets the node's files into a pod that admission finds harmless.",
    remedy: 'Use a storage driver or the type `local` for disks that are meant for it.',
    evidence: [checks('kubernetes-persistent-volume-host-path')],
    proofs: [
      kubernetes(
        'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: spool}\nspec:\n  capacity: {storage: 1Gi}\n  accessModes: [ReadWriteOnce]\n  hostPath: {path: /srv/spool}\n',
        'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: spool}\nspec:\n  capacity: {storage: 1Gi}\n  accessModes: [ReadWriteOnce]\n  csi: {driver: disk.example.net, volumeHandle: spool}\n',
      ),
    ],
  },
  {
    id: 'PLM-WORKLOAD-ENGINE-SOCKET',
    family: 'workload',
    title: 'Containers cannot talk to the container engine of the host',
    anchors: ['AC-3', 'AC-6', 'CM-7', 'SC-39'],
    why: "Whoever talks to the engine's socket can start any container with any rights.",
    attack: 'An intruder starts a privileged container with the disk of the host, and owns it.',
    remedy: 'Remove the mount; use builders and agents that need no socket.',
    evidence: [checks('compose-engine-socket', 'container-engine-socket', 'kubernetes-runtime-socket')],
    proofs: [
      running(
        { Mounts: [{ Type: 'bind', Source: '/run/docker.sock', Destination: '/run/docker.sock', RW: false }] },
        {
          Mounts: [
            { Type: 'volume', Name: 'data', Source: '/var/lib/docker/volumes/data/_data', Destination: '/data' },
          ],
        },
      ),
      pods(
        'volumes:\n  - {name: engine, hostPath: {path: /run/containerd/containerd.sock}}',
        'volumes:\n  - {name: spool, emptyDir: {}}',
      ),
      services('volumes: ["/run/docker.sock:/run/docker.sock"]', 'volumes: ["spool:/spool"]'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-HOST-DEVICE',
    family: 'workload',
    title: 'Containers have no devices of the host',
    anchors: ['AC-3', 'AC-6', 'CM-7'],
    why: 'A device gives direct access to hardware or disks, past the file system and its permissions.',
    attack: 'An attacker reads or writes the disk of the host through its device.',
    remedy: 'Remove the device, or hand it out by a device plugin to the workloads that need it.',
    evidence: [checks('compose-device', 'container-device')],
    proofs: [
      running(
        { HostConfig: { Devices: [{ PathOnHost: '/dev/sda', CgroupPermissions: 'rwm' }] } },
        { HostConfig: { Devices: [] } },
      ),
      services('devices: ["/dev/mem:/dev/mem"]', 'tmpfs: ["/tmp:noexec"]'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-HOST-PORT',
    family: 'workload',
    title: 'Containers take no port of the host',
    anchors: ['CM-7', 'SC-7'],
    why: "A port of the host is open on the node's address, past services and many network policies.",
    attack: 'An attacker reaches the container from every network that the node is in.',
    remedy: 'Publish ports through a service.',
    evidence: [checks('kubernetes-host-port')],
    proofs: [containers('ports: [{containerPort: 8443, hostPort: 443}]', 'ports: [{containerPort: 8443}]')],
  },
  {
    id: 'PLM-WORKLOAD-PRIVILEGED-PORT',
    family: 'workload',
    title: 'Containers listen on ports from 1024 up',
    anchors: ['AC-6', 'CM-7'],
    why: 'Ports below 1024 ask for root or a capability, which then stays with the process.',
    attack: 'An intruder in the process has the rights that were kept for the port.',
    remedy: 'Listen on a high port and let the service map it.',
    evidence: [checks('kubernetes-privileged-port')],
    proofs: [containers('ports: [{containerPort: 443}]', 'ports: [{containerPort: 8443}]')],
  },
];
