import type { Check } from '../../check.ts';
import { containerCheck, type Found, objectCheck, workloadCheck } from '../declare.ts';
import { deployment, manifest } from '../examples.ts';
import { field, isTrue, listAt, textAt } from '../fields.ts';
import { PAGES } from '../references.ts';
import { nameOf, type Workload } from '../workload.ts';

const volume = (path: string) => `volumes:\n  - name: host\n    hostPath: {path: ${path}}`;
const empty = 'volumes:\n  - name: data\n    emptyDir: {}';

/** The sockets of container engines and of the interfaces between the kubelet and them. */
const SOCKETS = /(?:^|\/)(?:docker|containerd|crio|podman|cri-dockerd|buildkitd|dockershim|frakti)\.sock$/;
const SOCKET_FOLDERS = ['/run', '/var/run', '/run/containerd', '/run/docker', '/run/crio', '/run/podman', '/run/k3s'];

/** With these, or anything in them, a container reads keys of the node or writes what the node runs. */
const SENSITIVE = [
  '/boot',
  '/dev',
  '/etc',
  '/home',
  '/lib',
  '/lib64',
  '/opt/cni',
  '/proc',
  '/root',
  '/run',
  '/sbin',
  '/bin',
  '/srv/kubernetes',
  '/sys',
  '/usr',
  '/var/lib/containerd',
  '/var/lib/docker',
  '/var/lib/etcd',
  '/var/lib/kubelet',
  '/var/lib/rancher',
  '/var/lib/cni',
  '/var/log',
  '/var/run',
  '/var/spool/cron',
];
/** Read by programs everywhere, and of no use to an intruder. */
const HARMLESS = new Set([
  '/etc/localtime',
  '/etc/timezone',
  '/usr/share/zoneinfo',
  '/etc/machine-id',
  '/dev/shm',
  '/sys/fs/cgroup',
]);

function* hostPathsOf({
  spec,
  specPath,
}: Workload): Iterable<{ index: number; name: string; host: string; path: (string | number)[] }> {
  for (const [index, item] of listAt(spec, 'volumes').entries()) {
    const written = textAt(item, 'hostPath', 'path');
    if (written === undefined) continue;
    const path = [...specPath, 'volumes', index, 'hostPath', 'path'];
    yield { index, name: textAt(item, 'name') ?? '', host: plainPath(written), path };
  }
}

/** `/var/../etc//` is `/etc`. */
function plainPath(written: string): string {
  const parts: string[] = [];
  for (const part of written.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function isSensitive(host: string): boolean {
  if (host === '/') return true;
  return (
    !HARMLESS.has(host) &&
    SENSITIVE.some((folder) => host === folder || host.startsWith(`${folder}/`) || folder.startsWith(`${host}/`))
  );
}

function isSocket(host: string): boolean {
  return SOCKETS.test(host) || SOCKET_FOLDERS.includes(host) || host === '/';
}

function* runtimeSockets(workload: Workload): Iterable<Found> {
  for (const { host, path } of hostPathsOf(workload)) {
    if (isSocket(host)) yield { path, message: `${host} holds a socket of the container engine` };
  }
}

function* sensitivePaths(workload: Workload): Iterable<Found> {
  for (const { host, path } of hostPathsOf(workload)) {
    if (isSensitive(host)) yield { path, message: `the pod mounts ${host} of the host` };
  }
}

function* controlPlaneTolerations({ spec, specPath }: Workload): Iterable<Found> {
  for (const [index, toleration] of listAt(spec, 'tolerations').entries()) {
    const key = textAt(toleration, 'key') ?? '';
    const all = key === '' && textAt(toleration, 'operator') === 'Exists';
    if (!all && !/^node-role\.kubernetes\.io\/(?:control-plane|master)$/.test(key)) continue;
    const message = all ? 'the pod tolerates every taint' : `the pod tolerates ${key}`;
    yield { path: [...specPath, 'tolerations', index], message };
  }
}

export const hostChecks: readonly Check<'kubernetes'>[] = [
  workloadCheck({
    id: 'kubernetes-runtime-socket',
    title: "The pod reaches the container engine's socket",
    severity: 'critical',
    aliases: ['KSV-0006'],
    rationale: 'Who speaks to the engine starts a privileged container on the node with one request: it is the node.',
    remediation:
      'Remove the mount; build images with a builder that needs no engine, read container facts from the Kubernetes interface.',
    controls: ['AC-6', 'SC-39'],
    references: [PAGES.hostPath],
    examples: {
      fail: [
        deployment('', volume('/var/run/docker.sock')),
        deployment('', volume('/run/containerd/containerd.sock')),
        deployment('', volume('/run/../run')),
      ],
      pass: [deployment('', empty)],
    },
    find: runtimeSockets,
  }),
  workloadCheck({
    id: 'kubernetes-sensitive-host-path',
    title: 'The pod mounts a folder that the node lives by',
    severity: 'high',
    aliases: ['KSV-0121'],
    rationale:
      'It holds credentials of the kubelet, programs or settings of the node, or the files of other containers.',
    remediation: 'Remove the mount, or narrow it to the one file that is needed and mount it readOnly.',
    controls: ['AC-6', 'SC-39', 'CM-5'],
    references: [PAGES.hostPath],
    examples: {
      fail: [deployment('', volume('/etc/kubernetes')), deployment('', volume('/')), deployment('', volume('/var'))],
      pass: [deployment('', volume('/srv/data')), deployment('', volume('/etc/localtime'))],
    },
    find: sensitivePaths,
  }),
  containerCheck({
    id: 'kubernetes-host-path-writable',
    title: 'A path of the host is mounted writable',
    severity: 'medium',
    rationale:
      'What is written there stays on the node, is read by other pods and, through links, can lead out of the folder.',
    remediation: 'Set readOnly: true on the mount.',
    controls: ['AC-6', 'CM-5'],
    references: [PAGES.hostPath],
    examples: {
      fail: [deployment('volumeMounts:\n  - {name: host, mountPath: /data}', volume('/srv/data'))],
      pass: [deployment('volumeMounts:\n  - {name: host, mountPath: /data, readOnly: true}', volume('/srv/data'))],
    },
    *find(container, workload) {
      const names = new Set(Array.from(hostPathsOf(workload), ({ name }) => name));
      for (const [index, mount] of listAt(container.value, 'volumeMounts').entries()) {
        const name = textAt(mount, 'name') ?? '';
        if (!names.has(name) || isTrue(field(mount, 'readOnly'))) continue;
        yield {
          path: [...container.path, 'volumeMounts', index],
          message: `${nameOf(container)} mounts ${name} of the host writable`,
        };
      }
    },
  }),
  containerCheck({
    id: 'kubernetes-mount-propagation',
    title: 'Mounts of a container appear on the host',
    severity: 'high',
    rationale:
      'With Bidirectional propagation the container changes what the node and other containers see in their folders.',
    remediation: 'Remove mountPropagation, or set it to HostToContainer.',
    controls: ['SC-39', 'AC-6'],
    references: ['https://kubernetes.io/docs/concepts/storage/volumes/#mount-propagation'],
    examples: {
      fail: [deployment('volumeMounts:\n  - {name: host, mountPath: /data, mountPropagation: Bidirectional}')],
      pass: [deployment('volumeMounts:\n  - {name: host, mountPath: /data}')],
    },
    *find(container) {
      for (const [index, mount] of listAt(container.value, 'volumeMounts').entries()) {
        if (textAt(mount, 'mountPropagation') !== 'Bidirectional') continue;
        const path = [...container.path, 'volumeMounts', index, 'mountPropagation'];
        yield { path, message: `${nameOf(container)} propagates its mounts to the host` };
      }
    },
  }),
  workloadCheck({
    id: 'kubernetes-host-aliases',
    title: 'The pod writes names into /etc/hosts',
    severity: 'low',
    aliases: ['KSV-0007'],
    rationale:
      'Names that are fixed in a manifest pass by the name service and lead traffic to addresses nobody keeps up to date.',
    remediation: 'Remove hostAliases; make a Service of the name, or an entry in the name service.',
    controls: ['CM-6', 'SC-20'],
    references: ['https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/'],
    examples: {
      fail: [deployment('', 'hostAliases:\n  - {ip: 10.0.0.5, hostnames: [db.example.com]}')],
      pass: [deployment()],
    },
    *find({ spec, specPath }) {
      if (listAt(spec, 'hostAliases').length > 0)
        yield { path: [...specPath, 'hostAliases'], message: 'the pod sets hostAliases' };
    },
  }),
  objectCheck({
    kinds: ['PersistentVolume'],
    id: 'kubernetes-persistent-volume-host-path',
    title: 'A persistent volume is a path of the host',
    severity: 'medium',
    rationale: 'A pod that may mount no host path reaches the node through the claim, past the Pod Security Standards.',
    remediation: 'Use a local or csi volume; keep the right to make persistent volumes with the administrators.',
    controls: ['AC-6', 'SC-39'],
    references: [PAGES.hostPath],
    examples: {
      fail: [manifest('v1 PersistentVolume data', 'spec:\n  hostPath: {path: /srv/data}', '')],
      pass: [manifest('v1 PersistentVolume data', 'spec:\n  csi: {driver: disk.csi.example.com, volumeHandle: a}', '')],
    },
    *find({ value }) {
      const path = ['spec', 'hostPath'];
      if (field(value, ...path) !== undefined)
        yield { path, message: `the volume is the host's ${textAt(value, ...path, 'path') ?? ''}` };
    },
  }),
  workloadCheck({
    id: 'kubernetes-git-repo-volume',
    title: 'A gitRepo volume',
    severity: 'high',
    rationale: 'The kubelet runs git as root of the node on a repository that strangers can write (CVE-2024-10220).',
    remediation: 'Clone in an init container into an emptyDir.',
    controls: ['SI-2', 'CM-7'],
    references: [
      'https://kubernetes.io/docs/concepts/storage/volumes/#gitrepo',
      'https://nvd.nist.gov/vuln/detail/CVE-2024-10220',
    ],
    examples: {
      fail: [deployment('', 'volumes:\n  - name: code\n    gitRepo: {repository: "https://git.example.com/a"}')],
      pass: [deployment('', empty)],
    },
    *find({ spec, specPath }) {
      for (const [index, item] of listAt(spec, 'volumes').entries()) {
        if (field(item, 'gitRepo') !== undefined)
          yield {
            path: [...specPath, 'volumes', index, 'gitRepo'],
            message: 'the kubelet clones a repository for the pod',
          };
      }
    },
  }),
  workloadCheck({
    id: 'kubernetes-node-name',
    title: 'The pod names its node',
    severity: 'low',
    rationale:
      'The scheduler is passed by: taints, resources and separation of workloads do not count, and when the node goes the pod goes.',
    remediation: 'Use nodeSelector or affinity.',
    controls: ['SC-6', 'CM-6'],
    references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename'],
    examples: { fail: [deployment('', 'nodeName: node-1')], pass: [deployment('', 'nodeSelector: {disk: ssd}')] },
    *find({ spec, specPath }) {
      if (textAt(spec, 'nodeName'))
        yield { path: [...specPath, 'nodeName'], message: `the pod runs on ${textAt(spec, 'nodeName')}` };
    },
  }),
  workloadCheck({
    id: 'kubernetes-control-plane-toleration',
    title: 'The pod may run on nodes of the control plane',
    severity: 'medium',
    rationale:
      'Beside the interface server and its database, a way out of the container is a way into the whole cluster.',
    remediation:
      'Name the taints that the pod has to tolerate; only agents of the cluster itself belong on the control plane.',
    controls: ['SC-2', 'SC-39'],
    references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/'],
    examples: {
      fail: [
        deployment('', 'tolerations:\n  - {key: node-role.kubernetes.io/control-plane, effect: NoSchedule}'),
        deployment('', 'tolerations:\n  - {operator: Exists}'),
      ],
      pass: [deployment('', 'tolerations:\n  - {key: dedicated, value: shop, effect: NoSchedule}')],
    },
    find: controlPlaneTolerations,
  }),
  workloadCheck({
    id: 'kubernetes-critical-priority',
    title: 'The pod has the priority of system parts',
    severity: 'low',
    rationale:
      'It drives out any other pod of the node when resources run short, those that keep the cluster alive excepted only by luck.',
    remediation: 'Make a PriorityClass of your own with a lower value.',
    controls: ['SC-6'],
    references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/'],
    examples: {
      fail: [deployment('', 'priorityClassName: system-node-critical')],
      pass: [deployment('', 'priorityClassName: shop')],
    },
    *find({ object, spec, specPath }) {
      const name = textAt(spec, 'priorityClassName') ?? '';
      if (!name.startsWith('system-') || object.namespace === 'kube-system') return;
      yield { path: [...specPath, 'priorityClassName'], message: `the priority is ${name} outside of kube-system` };
    },
  }),
];
