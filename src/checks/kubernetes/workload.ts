import { asMembers, type Members } from '#foundation/documents/index.ts';
import type { YamlPath } from '#manifests/index.ts';
import { field, listAt, membersAt, textAt } from './fields.ts';
import type { KubernetesObject } from './object.ts';

export type ContainerRole = 'container' | 'init container' | 'ephemeral container';

/** A container of a pod, of whichever of the three lists. */
export interface Container {
  readonly role: ContainerRole;
  readonly name: string;
  /** In the object. */
  readonly path: YamlPath;
  readonly value: Members;
  /** Its own; the pod's is the workload's. Empty when there is none. */
  readonly securityContext: Members;
}

/** What an object says about the pods that it makes, the same view for every kind. */
export interface Workload {
  readonly object: KubernetesObject;
  /** The PodSpec, and its place in the object. */
  readonly spec: Members;
  readonly specPath: YamlPath;
  /** Of the pods, not of what makes them. */
  readonly metadata: Members;
  readonly metadataPath: YamlPath;
  readonly securityContext: Members;
  readonly containers: readonly Container[];
  readonly onWindows: boolean;
  /** Steps of a workflow or pipeline: they end, and what their pods are called and labelled is said elsewhere. */
  readonly isSteps: boolean;
}

const POD: YamlPath = [];
const IN_TEMPLATE: YamlPath = ['spec', 'template'];
const TEMPLATES = new Map<string, YamlPath>([
  ['Pod', POD],
  ['PodTemplate', ['template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
  ['Deployment', IN_TEMPLATE],
  ['StatefulSet', IN_TEMPLATE],
  ['DaemonSet', IN_TEMPLATE],
  ['ReplicaSet', IN_TEMPLATE],
  ['ReplicationController', IN_TEMPLATE],
  ['Job', IN_TEMPLATE],
]);

/** Where resources that operators define keep the pods that they make: rollouts, services of Knative, machine learning jobs, sandboxes. */
const TEMPLATES_OF_OTHERS: readonly YamlPath[] = [
  IN_TEMPLATE,
  ['spec', 'podTemplate'],
  ['spec', 'jobTemplate', 'spec', 'template'],
  ['spec', 'jobTargetRef', 'template'],
  ['spec', 'workload', 'template'],
  POD,
];

const LISTS: readonly (readonly [member: string, role: ContainerRole])[] = [
  ['initContainers', 'init container'],
  ['containers', 'container'],
  ['ephemeralContainers', 'ephemeral container'],
];

export function findWorkload(object: KubernetesObject): Workload | undefined {
  const steps = stepsOf(object);
  if (steps) return steps;
  const known = TEMPLATES.get(object.kind);
  const paths = known && isBuiltIn(object.group) ? [known] : TEMPLATES_OF_OTHERS;
  const path = paths.find((template) => Array.isArray(field(object.value, ...template, 'spec', 'containers')));
  return path && workloadAt(object, path);
}

function workloadAt(object: KubernetesObject, template: YamlPath): Workload {
  const specPath = [...template, 'spec'];
  const metadataPath = [...template, 'metadata'];
  const spec = membersAt(object.value, ...specPath);
  return {
    object,
    spec,
    specPath,
    metadata: membersAt(object.value, ...metadataPath),
    metadataPath,
    securityContext: membersAt(spec, 'securityContext'),
    containers: containersOf(spec, specPath),
    onWindows: textAt(spec, 'os', 'name') === 'windows',
    isSteps: false,
  };
}

/** Where workflows and pipelines keep what is most of a PodSpec, and their containers elsewhere. */
const WORKFLOWS = new Map<string, YamlPath>([
  ['argoproj.io Workflow', ['spec']],
  ['argoproj.io WorkflowTemplate', ['spec']],
  ['argoproj.io ClusterWorkflowTemplate', ['spec']],
  ['argoproj.io CronWorkflow', ['spec', 'workflowSpec']],
  ['tekton.dev Task', ['spec']],
  ['tekton.dev ClusterTask', ['spec']],
  ['tekton.dev TaskRun', ['spec', 'taskSpec']],
]);

function stepsOf(object: KubernetesObject): Workload | undefined {
  const specPath = WORKFLOWS.get(`${object.group} ${object.kind}`);
  const spec = specPath && membersAt(object.value, ...specPath);
  if (specPath === undefined || spec === undefined) return undefined;
  const templates = listAt(spec, 'templates').flatMap((_, index) => templateContainers(spec, specPath, index));
  const containers = [...templates, ...listed(spec, specPath, 'steps', 'container'), ...sidecarsIn(spec, specPath)];
  if (containers.length === 0) return undefined;
  const metadataPath = [...specPath, 'podMetadata'];
  const metadata = membersAt(object.value, ...metadataPath);
  const securityContext = membersAt(spec, 'securityContext');
  return {
    object,
    spec,
    specPath,
    metadata,
    metadataPath,
    securityContext,
    containers,
    onWindows: false,
    isSteps: true,
  };
}

/** One template of a workflow of Argo: a container, a script, or several containers at once. */
function templateContainers(spec: Members, specPath: YamlPath, index: number): Container[] {
  const path = [...specPath, 'templates', index];
  const template = membersAt(spec, 'templates', index);
  const alone = ['container', 'script'].filter((member) => asMembers(field(template, member)));
  return [
    ...listed(template, path, 'initContainers', 'init container'),
    ...alone.map((member) => containerAt(membersAt(template, member), [...path, member], 'container', template)),
    ...listed(membersAt(template, 'containerSet'), [...path, 'containerSet'], 'containers', 'container'),
    ...sidecarsIn(template, path),
  ];
}

function sidecarsIn(value: unknown, path: YamlPath): Container[] {
  return listed(value, path, 'sidecars', 'container');
}

function listed(value: unknown, path: YamlPath, member: string, role: ContainerRole): Container[] {
  return listAt(value, member).map((_, index) =>
    containerAt(membersAt(value, member, index), [...path, member, index], role),
  );
}

/** @param named says its name where the container does not */
function containerAt(value: Members, path: YamlPath, role: ContainerRole, named: Members = value): Container {
  const name = textAt(value, 'name') ?? textAt(named, 'name') ?? '';
  return { role, name, path, value, securityContext: membersAt(value, 'securityContext') };
}

export function containersOf(spec: Members, specPath: YamlPath): Container[] {
  return LISTS.flatMap(([member, role]) => listed(spec, specPath, member, role));
}

function isBuiltIn(group: string): boolean {
  return group === '' || group === 'apps' || group === 'batch' || group === 'extensions';
}

/** What counts for the container: its own word, else its pod's. */
export function effective({ securityContext }: Workload, container: Container, member: string): unknown {
  return field(container.securityContext, member) ?? field(securityContext, member);
}

/** `container web`, as messages name it. */
export function nameOf({ role, name }: Container): string {
  return name === '' ? role : `${role} ${name}`;
}
