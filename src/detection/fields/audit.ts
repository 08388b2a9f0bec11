import type { DocumentEvent } from '#runtime/index.ts';
import { at, isDocument, listAt, partsAt, repositoryOf, textOf } from './document-values.ts';
import { type Field, type FieldValue, field, parseIndex } from './field.ts';

type E = DocumentEvent;
type Many = readonly (string | undefined)[] | undefined;

const text = (name: string, description: string, ...path: readonly string[]): Field<E> =>
  field(name, 'text', description, ({ document }) => textOf(at(document, path)));

const annotation = (name: string, description: string, key: string): Field<E> =>
  text(name, description, 'annotations', key);

const list = (
  name: string,
  description: string,
  read: (document: unknown) => readonly string[] | undefined,
): Field<E> => field(name, 'text', description, ({ document }) => read(document), { list: true });

/** A list of which one may be taken by its number. Parts that a record has not are left out of the list. */
function indexed(name: string, description: string, read: (document: unknown) => Many): Field<E> {
  return {
    name,
    type: 'text',
    list: true,
    description,
    argument: 'optional',
    bind: (argument) => {
      const index = argument === undefined ? undefined : parseIndex(argument);
      if (typeof index === 'string') return index;
      return {
        read: ({ document }): FieldValue | undefined => {
          const all = read(document);
          if (all === undefined) return undefined;
          const wanted = index === undefined ? all : all.slice(index, index + 1);
          const known = wanted.filter((value) => value !== undefined);
          return index !== undefined && known.length === 0 ? undefined : known;
        },
      };
    },
  };
}

const pod = (...path: readonly string[]): readonly string[] => ['requestObject', 'spec', ...path];
const ofAll = (document: unknown, path: readonly string[]): Many => partsAt(document, path)?.map(textOf);

const requestFields: readonly Field<E>[] = [
  text('ka.auditid', 'id of the record', 'auditID'),
  text('ka.stage', 'RequestReceived, ResponseStarted, ResponseComplete or Panic', 'stage'),
  annotation('ka.auth.decision', 'allow or forbid', 'authorization.k8s.io/decision'),
  annotation('ka.auth.reason', 'which right decided', 'authorization.k8s.io/reason'),
  annotation('ka.auth.openshift.decision', 'decision of OpenShift', 'authentication.openshift.io/decision'),
  annotation('ka.auth.openshift.username', 'user of OpenShift', 'authentication.openshift.io/username'),
  annotation(
    'ka.validations.admission.policy.failure',
    'why a ValidatingAdmissionPolicy failed',
    'validation.policy.admission.k8s.io/validation_failure',
  ),
  annotation('ka.security.pod.violations', 'what Pod Security found', 'pod-security.kubernetes.io/audit-violations'),
  annotation('ka.cluster.name', 'name of the cluster', 'cluster_name'),
  text('ka.user.name', 'who makes the request', 'user', 'username'),
  list('ka.user.groups', 'groups of the user', (document) => listAt(document, ['user', 'groups'])),
  text('ka.impuser.name', 'whom the user acts for', 'impersonatedUser', 'username'),
  text('ka.verb', 'get, list, watch, create, update, patch, delete', 'verb'),
  text('ka.uri', 'address of the request', 'requestURI'),
  {
    name: 'ka.uri.param',
    type: 'text',
    description: 'a parameter of the address by its name',
    argument: 'required',
    bind: (argument = '') => ({ read: ({ document }) => parameter(textOf(at(document, ['requestURI'])), argument) }),
  },
  text('ka.useragent', 'program of the client', 'userAgent'),
  indexed('ka.sourceips', 'addresses of the client', (document) => listAt(document, ['sourceIPs'])),
  text('ka.target.name', 'name of the object', 'objectRef', 'name'),
  text('ka.target.namespace', 'namespace of the object', 'objectRef', 'namespace'),
  text('ka.target.resource', 'resource of the object', 'objectRef', 'resource'),
  text('ka.target.subresource', 'part of the object', 'objectRef', 'subresource'),
  field('ka.target.pod.name', 'text', 'name of the pod', ({ document }) => podName(document)),
  text('ka.resp.name', 'name of the object in the answer', 'responseObject', 'metadata', 'name'),
  text('ka.response.code', 'status of the answer', 'responseStatus', 'code'),
  text('ka.response.reason', 'why it failed', 'responseStatus', 'reason'),
];

function parameter(uri: string | undefined, name: string): string | undefined {
  const query = uri?.indexOf('?') ?? -1;
  return uri === undefined || query === -1
    ? undefined
    : (new URLSearchParams(uri.slice(query + 1)).get(name) ?? undefined);
}

function podName(document: unknown): string | undefined {
  const isPod =
    at(document, ['objectRef', 'resource']) === 'pods' && (at(document, ['objectRef', 'subresource']) ?? '') === '';
  return isPod ? textOf(at(document, ['responseObject', 'metadata', 'name'])) : undefined;
}

const SUBJECTS = ['requestObject', 'subjects'];

function subjectNames(
  kind: string,
  name: (subject: unknown) => string | undefined,
): (document: unknown) => readonly string[] | undefined {
  return (document) => {
    const subjects = at(document, SUBJECTS);
    if (!Array.isArray(subjects)) return undefined;
    return subjects.filter((one) => at(one, ['kind']) === kind).flatMap((one) => name(one) ?? []);
  };
}

const subjectName = (subject: unknown): string | undefined => textOf(at(subject, ['name']));

const rule = (name: string): Field<E> =>
  indexed(`ka.req.role.rules.${name}`, `${name} of the rules of a role`, (document) =>
    ofAll(document, ['requestObject', 'rules', name]),
  );

const roleFields: readonly Field<E>[] = [
  list('ka.req.binding.subjects', 'subjects of a binding', (document) => listAt(document, SUBJECTS)),
  list('ka.req.binding.subjects.user_names', 'users of a binding', subjectNames('User', subjectName)),
  list('ka.req.binding.subjects.group_names', 'groups of a binding', subjectNames('Group', subjectName)),
  list(
    'ka.req.binding.subjects.serviceaccount_names',
    'service accounts of a binding',
    subjectNames('ServiceAccount', subjectName),
  ),
  list(
    'ka.req.binding.subjects.serviceaccount_ns_names',
    'service accounts of a binding as namespace:name',
    subjectNames(
      'ServiceAccount',
      (subject) => `${textOf(at(subject, ['namespace'])) ?? ''}:${subjectName(subject) ?? ''}`,
    ),
  ),
  text('ka.req.binding.role', 'role of a binding', 'requestObject', 'roleRef', 'name'),
  {
    name: 'ka.req.binding.subject.has_name',
    type: 'text',
    description: 'true, whatever the argument',
    argument: 'required',
    deprecated: 'ka.req.binding.subjects.user_names',
    bind: () => ({ read: () => 'true' }),
  },
  list('ka.req.role.rules', 'rules of a role', (document) => listAt(document, ['requestObject', 'rules'])),
  rule('apiGroups'),
  rule('nonResourceURLs'),
  rule('verbs'),
  rule('resources'),
];

const containerParts: readonly (readonly [string, string, readonly string[]])[] = [
  ['args', 'arguments', ['args']],
  ['command', 'commands', ['command']],
  ['name', 'names', ['name']],
  ['image', 'images', ['image']],
  ['host_port', 'ports on the node', ['ports', 'hostPort']],
  ['privileged', 'whether they are privileged', ['securityContext', 'privileged']],
  ['allow_privilege_escalation', 'whether they may gain privileges', ['securityContext', 'allowPrivilegeEscalation']],
  ['read_only_fs', 'whether their root is read-only', ['securityContext', 'readOnlyRootFilesystem']],
  ['run_as_user', 'users', ['securityContext', 'runAsUser']],
  ['run_as_group', 'groups', ['securityContext', 'runAsGroup']],
  ['proc_mount', 'how /proc is mounted', ['securityContext', 'procMount']],
  ['add_capabilities', 'capabilities that are added', ['securityContext', 'capabilities', 'add']],
];

function containerFields(kind: string): Field<E>[] {
  const prefix = `ka.req.pod.${kind}`;
  const effective = (name: string, key: string): Field<E> =>
    indexed(`${prefix}.${name}`, `${key} that the ${kind} run as: their own, that of the pod, or 0`, (document) => {
      const ofPod = textOf(at(document, pod('securityContext', key))) ?? '0';
      return ofAll(document, pod(kind, 'securityContext', key))?.map((own) => own ?? ofPod);
    });
  return [
    ...containerParts.map(([name, words, path]) =>
      indexed(`${prefix}.${name}`, `${words} of the ${kind}`, (document) => ofAll(document, pod(kind, ...path))),
    ),
    indexed(`${prefix}.image.repository`, `images of the ${kind} without tag and digest`, (document) =>
      ofAll(document, pod(kind, 'image'))?.map((image) => image && repositoryOf(image)),
    ),
    effective('eff_run_as_user', 'runAsUser'),
    effective('eff_run_as_group', 'runAsGroup'),
  ];
}

function firstImage(document: unknown): string | undefined {
  return ofAll(document, pod('containers', 'image'))?.[0];
}

const podFields: readonly Field<E>[] = [
  ...['containers', 'initContainers', 'ephemeralContainers'].flatMap(containerFields),
  field('ka.req.container.image', 'text', 'image of the first container', ({ document }) => firstImage(document), {
    deprecated: 'ka.req.pod.containers.image',
  }),
  field(
    'ka.req.container.image.repository',
    'text',
    'the same without tag and digest',
    ({ document }) => {
      const image = firstImage(document);
      return image && repositoryOf(image);
    },
    { deprecated: 'ka.req.pod.containers.image.repository' },
  ),
  field(
    'ka.req.container.privileged',
    'text',
    'true when any container is privileged',
    ({ document }) => {
      const all = ofAll(document, pod('containers', 'securityContext', 'privileged'));
      return all && String(all.includes('true'));
    },
    { deprecated: 'ka.req.pod.containers.privileged' },
  ),
  text('ka.req.pod.host_ipc', "whether the pod has the node's IPC namespace", ...pod('hostIPC')),
  text('ka.req.pod.host_network', "whether the pod has the node's network", ...pod('hostNetwork')),
  field(
    'ka.req.container.host_network',
    'text',
    'the same',
    ({ document }) => textOf(at(document, pod('hostNetwork'))),
    {
      deprecated: 'ka.req.pod.host_network',
    },
  ),
  text('ka.req.pod.host_pid', "whether the pod has the node's PID namespace", ...pod('hostPID')),
  text('ka.req.pod.run_as_user', 'user of the pod', ...pod('securityContext', 'runAsUser')),
  text('ka.req.pod.run_as_group', 'group of the pod', ...pod('securityContext', 'runAsGroup')),
  text('ka.req.pod.fs_group', 'group of the files of the pod', ...pod('securityContext', 'fsGroup')),
  list('ka.req.pod.supplemental_groups', 'further groups of the pod', (document) =>
    listAt(document, pod('securityContext', 'supplementalGroups')),
  ),
  indexed('ka.req.pod.volumes.hostpath', 'paths of the node that are mounted', (document) =>
    ofAll(document, pod('volumes', 'hostPath', 'path')),
  ),
  indexed('ka.req.pod.volumes.flexvolume_driver', 'drivers of flex volumes', (document) =>
    ofAll(document, pod('volumes', 'flexVolume', 'driver')),
  ),
  indexed('ka.req.pod.volumes.volume_type', 'types of the volumes', volumeTypes),
  {
    name: 'ka.req.volume.hostpath',
    type: 'text',
    description: 'true when the path, or with * one that begins so, is mounted',
    argument: 'required',
    deprecated: 'ka.req.pod.volumes.hostpath',
    bind: (argument = '') => ({ read: ({ document }) => mountsPath(document, argument) }),
  },
];

function volumeTypes(document: unknown): Many {
  const volumes = at(document, pod('volumes'));
  if (!Array.isArray(volumes)) return undefined;
  return volumes.flatMap((volume) => (isDocument(volume) ? Object.keys(volume).filter((key) => key !== 'name') : []));
}

function mountsPath(document: unknown, argument: string): string | undefined {
  const paths = ofAll(document, pod('volumes', 'hostPath', 'path'));
  const prefix = argument.endsWith('*') ? argument.slice(0, -1) : undefined;
  return paths && String(paths.some((path) => path === argument || (prefix !== undefined && path?.startsWith(prefix))));
}

const otherFields: readonly Field<E>[] = [
  field('ka.req.configmap.name', 'text', 'name of the ConfigMap', ({ document }) =>
    textOf(at(document, ['objectRef', 'name'])),
  ),
  field('ka.req.configmap.obj', 'text', 'what is in the ConfigMap', ({ document }) =>
    textOf(at(document, ['requestObject', 'data'])),
  ),
  text('ka.req.service.type', 'type of the service', 'requestObject', 'spec', 'type'),
  indexed('ka.req.service.ports', 'ports of the service', (document) =>
    ofAll(document, ['requestObject', 'spec', 'ports']),
  ),
];

/** `ka.*`: records of the audit log of Kubernetes. */
export const auditFields: readonly Field<E>[] = [...requestFields, ...roleFields, ...podFields, ...otherFields];
