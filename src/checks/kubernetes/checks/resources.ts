import { selectsLabels } from '#model/index.ts';
import type { Check } from '../../check.ts';
import { containerCheck, type Found, workloadCheck } from '../declare.ts';
import { deployment, manifest } from '../examples.ts';
import { field, listAt, membersAt, numberAt, textAt } from '../fields.ts';
import { PAGES } from '../references.ts';
import { nameOf, type Workload } from '../workload.ts';

interface ResourceCheck {
  readonly id: string;
  readonly title: string;
  readonly severity: Check['severity'];
  readonly alias?: string;
  readonly rationale: string;
  readonly remediation: string;
  readonly bound: 'limits' | 'requests';
  readonly resource: string;
}

/** Limits stand for requests that are not written. */
function resourceCheck({ bound, resource, alias, ...about }: ResourceCheck): Check<'kubernetes'> {
  return containerCheck({
    ...about,
    ...(alias !== undefined && { aliases: [alias] }),
    only: 'container',
    controls: ['SC-5', 'SC-6'],
    references: [PAGES.resources],
    examples: { fail: [deployment()], pass: [deployment(`resources:\n  ${bound}: {${resource}: "1"}`)] },
    *find(container, { spec }) {
      const said = (from: unknown, of: string) => field(from, 'resources', of, resource) !== undefined;
      const enough = (from: unknown) => said(from, bound) || (bound === 'requests' && said(from, 'limits'));
      if (enough(container.value) || enough(spec)) return;
      const path = [...container.path, 'resources', bound, resource];
      yield { path, message: `${nameOf(container)} sets no ${resource} in resources.${bound}` };
    },
  });
}

const RESOURCES: readonly ResourceCheck[] = [
  {
    id: 'kubernetes-memory-limit',
    title: 'No limit of memory',
    severity: 'medium',
    alias: 'KSV-0018',
    rationale: 'One container that leaks or is attacked takes the memory of the node, and others are ended for it.',
    remediation: 'Set resources.limits.memory a little above what the program needs.',
    bound: 'limits',
    resource: 'memory',
  },
  {
    id: 'kubernetes-cpu-limit',
    title: 'No limit of processor time',
    severity: 'low',
    alias: 'KSV-0011',
    rationale: 'A container that spins, or mines for an intruder, takes whatever time the node has left.',
    remediation: 'Set resources.limits.cpu, or hold the namespace with a quota where throttling is unwanted.',
    bound: 'limits',
    resource: 'cpu',
  },
  {
    id: 'kubernetes-memory-request',
    title: 'No memory is requested',
    severity: 'low',
    alias: 'KSV-0016',
    rationale:
      'The scheduler puts the pod where there is no room, and it is among the first to be ended when memory runs short.',
    remediation: 'Set resources.requests.memory to what the program needs.',
    bound: 'requests',
    resource: 'memory',
  },
  {
    id: 'kubernetes-cpu-request',
    title: 'No processor time is requested',
    severity: 'low',
    alias: 'KSV-0015',
    rationale: 'Under load the container gets what others leave, which may be nothing.',
    remediation: 'Set resources.requests.cpu to what the program needs.',
    bound: 'requests',
    resource: 'cpu',
  },
  {
    id: 'kubernetes-storage-limit',
    title: 'No limit of ephemeral storage',
    severity: 'low',
    rationale:
      'Logs and files that the container writes can fill the disk of the node, which then drives out its pods.',
    remediation: 'Set resources.limits.ephemeral-storage.',
    bound: 'limits',
    resource: 'ephemeral-storage',
  },
];

/** Work that ends is not asked whether it is alive. */
const ENDING = new Set(['Job', 'CronJob', 'Pod']);

function probeCheck(
  probe: 'livenessProbe' | 'readinessProbe',
  about: Pick<ResourceCheck, 'id' | 'title' | 'rationale' | 'remediation'>,
) {
  return containerCheck({
    ...about,
    severity: 'low',
    only: 'container',
    controls: ['SC-5', 'SI-13'],
    references: [PAGES.probes],
    examples: { fail: [deployment()], pass: [deployment(`${probe}:\n  httpGet: {path: /healthz, port: 8080}`)] },
    *find(container, { object, isSteps }) {
      if (isSteps || ENDING.has(object.kind) || field(container.value, probe) !== undefined) return;
      yield { path: [...container.path, probe], message: `${nameOf(container)} has no ${probe}` };
    },
  });
}

function replicasOf({ object }: Workload): number {
  return numberAt(object.value, 'spec', 'replicas') ?? 1;
}

function isReplicated({ object }: Workload): boolean {
  return object.kind === 'Deployment' || object.kind === 'StatefulSet';
}

const replicas = (count: number, pod = '', rest = '') =>
  deployment('', pod, rest).replace('spec:\n  template', `spec:\n  replicas: ${count}\n  template`);
const budget = (app: string) =>
  `---\n${manifest('policy/v1 PodDisruptionBudget web', `spec:\n  minAvailable: 1\n  selector:\n    matchLabels: {app: ${app}}`)}`;

function* unspread(workload: Workload): Iterable<Found> {
  const { spec, specPath } = workload;
  if (!isReplicated(workload) || replicasOf(workload) < 2) return;
  if (field(spec, 'affinity', 'podAntiAffinity') !== undefined || listAt(spec, 'topologySpreadConstraints').length > 0)
    return;
  yield { path: specPath, message: `the ${replicasOf(workload)} pods may all run on one node` };
}

function* unprotected(workload: Workload): Iterable<Found> {
  const { object, metadata } = workload;
  if (!isReplicated(workload) || replicasOf(workload) < 2) return;
  const labels = membersAt(metadata, 'labels');
  const budgets = object.manifests.ofKind('PodDisruptionBudget', object.namespace);
  if (budgets.some(({ value }) => selectsLabels(field(value, 'spec', 'selector'), labels))) return;
  yield { path: [], message: 'no PodDisruptionBudget among these manifests selects its pods' };
}

export const resourceChecks: readonly Check<'kubernetes'>[] = [
  ...RESOURCES.map(resourceCheck),
  probeCheck('livenessProbe', {
    id: 'kubernetes-liveness-probe',
    title: 'Nobody notices when a container hangs',
    rationale: 'A process that runs but does not answer stays as it is until a person looks.',
    remediation: 'Add a livenessProbe that asks the program itself.',
  }),
  probeCheck('readinessProbe', {
    id: 'kubernetes-readiness-probe',
    title: 'A container gets traffic before it can answer',
    rationale: 'Without readiness every start and every overload is seen by the users.',
    remediation: 'Add a readinessProbe that fails as long as the program cannot serve.',
  }),
  workloadCheck({
    id: 'kubernetes-empty-dir-limit',
    title: 'A scratch volume without a limit',
    severity: 'low',
    rationale: 'What is written there fills the disk of the node, or its memory with medium: Memory.',
    remediation: 'Set emptyDir.sizeLimit.',
    controls: ['SC-5', 'SC-6'],
    references: ['https://kubernetes.io/docs/concepts/storage/volumes/#emptydir'],
    examples: {
      fail: [deployment('', 'volumes:\n  - name: scratch\n    emptyDir: {}')],
      pass: [deployment('', 'volumes:\n  - name: scratch\n    emptyDir: {sizeLimit: 100Mi}')],
    },
    *find({ spec, specPath }) {
      for (const [index, volume] of listAt(spec, 'volumes').entries()) {
        if (field(volume, 'emptyDir') === undefined || field(volume, 'emptyDir', 'sizeLimit') !== undefined) continue;
        const message = `the volume ${textAt(volume, 'name') ?? index} has no sizeLimit`;
        yield { path: [...specPath, 'volumes', index, 'emptyDir'], message };
      }
    },
  }),
  workloadCheck({
    id: 'kubernetes-single-replica',
    title: 'One pod alone',
    severity: 'low',
    rationale: 'When its node is drained or fails the service is gone until another pod has started.',
    remediation: 'Set replicas to two or more where the program can run more than once.',
    controls: ['CP-10', 'SC-5'],
    references: [PAGES.disruptions],
    examples: { fail: [replicas(1)], pass: [replicas(2)] },
    *find(workload) {
      if (workload.object.kind === 'Deployment' && replicasOf(workload) === 1)
        yield { path: ['spec', 'replicas'], message: 'runs as one pod' };
    },
  }),
  workloadCheck({
    id: 'kubernetes-anti-affinity',
    title: 'Pods of a service may all run on one node',
    severity: 'low',
    rationale: 'Several pods help nothing against the loss of the node that they share.',
    remediation: 'Add topologySpreadConstraints over kubernetes.io/hostname, or podAntiAffinity.',
    controls: ['CP-10', 'SC-5'],
    references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/'],
    examples: {
      fail: [replicas(3)],
      pass: [
        replicas(
          3,
          'topologySpreadConstraints:\n  - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule}',
        ),
        replicas(1),
      ],
    },
    find: unspread,
  }),
  workloadCheck({
    id: 'kubernetes-disruption-budget',
    title: 'Nothing keeps some of the pods running while nodes are drained',
    severity: 'low',
    rationale: 'Without a budget a drain may end all pods of the service at once.',
    remediation: 'Add a PodDisruptionBudget that selects the pods.',
    controls: ['CP-10', 'SC-5'],
    references: [PAGES.disruptions],
    examples: {
      fail: [replicas(3), replicas(3, '', budget('other'))],
      pass: [replicas(3, '', budget('web')), replicas(1)],
    },
    find: unprotected,
  }),
  workloadCheck({
    id: 'kubernetes-job-deadline',
    title: 'A job that may run for ever',
    severity: 'low',
    rationale: 'A job that hangs, or that an intruder uses, holds its resources and rights until somebody notices.',
    remediation: 'Set activeDeadlineSeconds in the spec of the job.',
    controls: ['SC-5', 'AC-12'],
    references: ['https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup'],
    examples: {
      fail: [job('')],
      pass: [job('  activeDeadlineSeconds: 600\n')],
    },
    *find({ object, spec }) {
      const path = object.kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec'] : ['spec'];
      if (object.kind !== 'Job' && object.kind !== 'CronJob') return;
      const said = field(object.value, ...path, 'activeDeadlineSeconds') ?? field(spec, 'activeDeadlineSeconds');
      if (said === undefined) yield { path, message: 'sets no activeDeadlineSeconds' };
    },
  }),
];

function job(line: string): string {
  return manifest(
    'batch/v1 Job migrate',
    `spec:\n${line}  template:\n    spec:\n      restartPolicy: Never\n      containers:\n        - {name: migrate, image: registry.example.com/shop/migrate:1.4.2}`,
  );
}
