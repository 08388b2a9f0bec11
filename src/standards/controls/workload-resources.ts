import type { Control } from '../control.ts';
import { checks } from './evidence.ts';
import { running } from './evidence-proof.ts';
import { BUDGET, containers, deployed, deployments, kubernetes, SPREAD, services } from './proof.ts';

export const workloadResourcesControls: readonly Control[] = [
  {
    id: 'PLM-WORKLOAD-MEMORY-LIMIT',
    family: 'workload',
    title: 'Containers have a limit of memory',
    anchors: ['SC-5', 'SC-6'],
    why: 'A container without a limit takes all memory of its host when something goes wrong.',
    attack: 'An attacker, or a leak, makes the kernel kill other workloads.',
    remedy: 'Set a limit of memory for each container.',
    evidence: [checks('kubernetes-memory-limit', 'compose-memory-unlimited', 'container-memory-unlimited')],
    proofs: [
      running({ HostConfig: { Memory: 0 } }, { HostConfig: { Memory: 268_435_456 } }),
      containers('resources: {limits: {cpu: 200m}}', 'resources: {limits: {memory: 128Mi}}'),
      services('cpus: 0.5', 'mem_limit: 128m'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-CPU-LIMIT',
    family: 'workload',
    title: 'Containers have a limit of processor time',
    anchors: ['SC-5', 'SC-6'],
    why: 'A container without a limit slows down everything beside it.',
    attack: 'A miner takes all processors, and other services time out.',
    remedy: 'Set a limit of processor time for each container.',
    evidence: [checks('kubernetes-cpu-limit', 'compose-cpu-unlimited', 'container-cpu-unlimited')],
    proofs: [
      running({ HostConfig: { NanoCpus: 0 } }, { HostConfig: { NanoCpus: 500_000_000 } }),
      containers('resources: {limits: {memory: 128Mi}}', 'resources: {limits: {cpu: 200m}}'),
      services('cpus: 0', 'cpus: 0.5'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-RESOURCE-REQUESTS',
    family: 'workload',
    title: 'Containers say how much memory and processor time they need',
    anchors: ['SC-5', 'SC-6'],
    why: 'The scheduler places pods by what they ask for; who asks for nothing is placed anywhere and evicted first.',
    attack: 'Too many pods land on one node, and a load that somebody causes brings them all down.',
    remedy: 'Set requests of memory and processor time that fit normal use.',
    evidence: [checks('kubernetes-memory-request', 'kubernetes-cpu-request')],
    proofs: [containers('tty: false', 'resources: {requests: {memory: 64Mi, cpu: 100m}}')],
  },
  {
    id: 'PLM-WORKLOAD-STORAGE-LIMIT',
    family: 'workload',
    title: 'Containers have a limit of storage on the node',
    anchors: ['SC-5', 'SC-6'],
    why: 'A node with a full disk stops pulling images and evicts pods.',
    attack: 'An attacker fills logs or scratch space until the node gives up.',
    remedy: 'Set a limit of ephemeral storage and a sizeLimit for scratch volumes.',
    evidence: [checks('kubernetes-storage-limit', 'kubernetes-empty-dir-limit')],
    proofs: [
      kubernetes(
        `apiVersion: v1
kind: Pod
metadata: {name: invoices, namespace: billing}
spec:
  volumes: [{name: scratch, emptyDir: {}}]
  containers: [{name: invoices, image: "registry.example.net/billing/invoices:2.7.1"}]
`,
        `apiVersion: v1
kind: Pod
metadata: {name: invoices, namespace: billing}
spec:
  volumes: [{name: scratch, emptyDir: {sizeLimit: 64Mi}}]
  containers: [{name: invoices, image: "registry.example.net/billing/invoices:2.7.1", resources: {limits: {ephemeral-storage: 256Mi}}}]
`,
      ),
    ],
  },
  {
    id: 'PLM-WORKLOAD-PIDS-LIMIT',
    family: 'workload',
    title: 'Containers have a limit of processes',
    anchors: ['SC-5', 'SC-6'],
    why: 'The number of processes of a host has an end.',
    attack: 'A fork bomb in one container keeps the whole host from starting anything.',
    remedy: 'Set a limit of processes.',
    evidence: [checks('compose-pids-unlimited', 'container-pids-unlimited')],
    proofs: [
      running({ HostConfig: { PidsLimit: -1 } }, { HostConfig: { PidsLimit: 100 } }),
      services('pids_limit: -1', 'pids_limit: 100'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-ULIMITS',
    family: 'workload',
    title: 'Limits of the kernel are not lifted for containers',
    anchors: ['SC-5', 'SC-6'],
    why: 'Limits of the kernel bound what one process can take.',
    attack: 'A process opens files or locks memory until others fail.',
    remedy: 'Remove unlimited values and set what the program needs.',
    evidence: [checks('compose-ulimit-unlimited', 'container-ulimit-unlimited')],
    proofs: [
      running(
        { HostConfig: { Ulimits: [{ Name: 'nproc', Soft: -1, Hard: -1 }] } },
        { HostConfig: { Ulimits: [{ Name: 'nproc', Soft: 512, Hard: 1024 }] } },
      ),
      services('ulimits: {nofile: -1}', 'ulimits: {nofile: 4096}'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-OOM',
    family: 'workload',
    title: 'Containers are not kept alive at the cost of the host',
    anchors: ['SC-5', 'SC-6'],
    why: 'A container that the kernel may not kill makes it kill something else.',
    attack: 'An attacker fills memory in a protected container until services of the host die.',
    remedy: 'Leave the score and the killer at their defaults.',
    evidence: [checks('compose-oom-protected')],
    proofs: [services('oom_score_adj: -1000', 'oom_score_adj: 100')],
  },
  {
    id: 'PLM-WORKLOAD-RESTARTS-BOUNDED',
    family: 'workload',
    title: 'A container that keeps failing is not restarted for ever',
    anchors: ['SC-5', 'SI-13'],
    why: 'Restarts without an end hide a fault and use up the host.',
    attack: 'An attacker who crashes a service keeps the host busy with starting it.',
    remedy: 'Bound the number of tries, such as `on-failure:5`.',
    evidence: [checks('compose-restart-unlimited', 'container-restart-unlimited')],
    proofs: [
      running(
        { HostConfig: { RestartPolicy: { Name: 'always' } } },
        { HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 4 } } },
      ),
      services('restart: always', 'restart: "on-failure:5"'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-LIVENESS',
    family: 'workload',
    title: 'A container that hangs is noticed',
    anchors: ['CP-10', 'SC-5', 'SI-13'],
    why: 'A process may hang without ending, and only a question finds out.',
    attack: 'A request that makes the service hang puts it out of action for good.',
    remedy: 'Add a probe that asks the service itself.',
    evidence: [
      checks(
        'kubernetes-liveness-probe',
        'compose-healthcheck-missing',
        'container-healthcheck-missing',
        'compose-healthcheck-disabled',
      ),
    ],
    proofs: [
      running({ State: { Status: 'running' } }, { State: { Status: 'running', Health: { Status: 'healthy' } } }),
      deployed('tty: false', 'livenessProbe: {httpGet: {path: /alive, port: 8443}}'),
      services('user: "10042"', 'healthcheck: {test: ["CMD", "invoices", "--alive"]}'),
      services('healthcheck: {disable: true}', 'healthcheck: {test: ["CMD", "invoices", "--alive"]}'),
    ],
  },
  {
    id: 'PLM-WORKLOAD-READINESS',
    family: 'workload',
    title: 'A container gets traffic only when it can answer',
    anchors: ['SC-5', 'SI-13'],
    why: 'A container that gets traffic before it is ready answers with errors.',
    attack: 'Restarts that somebody provokes become outages.',
    remedy: 'Add a readiness probe.',
    evidence: [checks('kubernetes-readiness-probe')],
    proofs: [deployed('tty: false', 'readinessProbe: {httpGet: {path: /ready, port: 8443}}')],
  },
  {
    id: 'PLM-WORKLOAD-REPLICAS',
    family: 'workload',
    title: 'A workload survives the loss of a pod or a node',
    anchors: ['CP-10', 'SC-5'],
    why: 'One pod, or all pods on one node, is one fault away from an outage.',
    attack: 'It is enough to crash one process or to reach one node to stop the service.',
    remedy: 'Run two or more, spread over nodes, with a disruption budget.',
    evidence: [checks('kubernetes-single-replica', 'kubernetes-anti-affinity', 'kubernetes-disruption-budget')],
    proofs: [
      deployments(['replicas: 1'], ['replicas: 3', SPREAD, BUDGET]),
      deployments(['replicas: 3'], ['replicas: 3', SPREAD, BUDGET]),
    ],
  },
  {
    id: 'PLM-WORKLOAD-JOB-DEADLINE',
    family: 'workload',
    title: 'Jobs end after a set time',
    anchors: ['AC-12', 'SC-5'],
    why: 'A job without an end holds resources and credentials for ever.',
    attack: 'A job that was taken over goes on unnoticed, because nobody expects it to end.',
    remedy: 'Set `activeDeadlineSeconds`.',
    evidence: [checks('kubernetes-job-deadline')],
    proofs: [
      kubernetes(
        `apiVersion: batch/v1
kind: Job
metadata: {name: close-month, namespace: billing}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: close, image: "registry.example.net/billing/close:2.7.1"}]
`,
        `apiVersion: batch/v1
kind: Job
metadata: {name: close-month, namespace: billing}
spec:
  activeDeadlineSeconds: 1800
  template:
    spec:
      restartPolicy: Never
      containers: [{name: close, image: "registry.example.net/billing/close:2.7.1"}]
`,
      ),
    ],
  },
];
