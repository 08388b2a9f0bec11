import type { Container, ContainerMount, RuntimeEvent } from '#runtime/index.ts';
import { globMatcher } from '../matching/glob.ts';
import { type Field, type FieldType, type FieldValue, field, unseenField } from './field.ts';

type E = RuntimeEvent;

const of = (
  name: string,
  type: FieldType,
  description: string,
  read: (container: Container) => FieldValue | undefined,
): Field<E> => field(name, type, description, ({ container }) => container && read(container));

/** On the host these say so, as rules tell containers by them. */
const orHost = (name: string, description: string, read: (container: Container) => string | undefined): Field<E> =>
  field(name, 'text', description, ({ container }) => (container === undefined ? 'host' : read(container)));

const mountTexts = new WeakMap<readonly ContainerMount[], string>();

function mountText({ source, destination, mode, writable, propagation }: ContainerMount): string {
  return `${source}:${destination}:${mode}:${writable}:${propagation}`;
}

function mountsText(mounts: readonly ContainerMount[] | undefined): string | undefined {
  if (mounts === undefined) return undefined;
  const known = mountTexts.get(mounts);
  if (known !== undefined) return known;
  const text = mounts.map(mountText).join(',');
  mountTexts.set(mounts, text);
  return text;
}

/** A mount by its number or by a path, which may be a glob. One that there is not is `N/A`, so that `not ... in (...)` holds. */
function mountField(
  name: string,
  description: string,
  key: 'source' | 'destination',
  read: (mount: ContainerMount) => string,
): Field<E> {
  return {
    name,
    type: 'text',
    description,
    argument: 'required',
    bind: (argument = '') => {
      const matches = globMatcher(argument);
      const index = /^\d{1,4}$/.test(argument) ? Number(argument) : undefined;
      return {
        read: ({ container }) => {
          if (container === undefined) return undefined;
          const { mounts = [] } = container;
          const found = index === undefined ? mounts.find((mount) => matches(mount[key])) : mounts[index];
          return found ? read(found) : 'N/A';
        },
      };
    },
  };
}

function labelField(
  name: string,
  description: string,
  labels: (event: E) => Readonly<Record<string, string>> | undefined,
): Field<E> {
  return {
    name,
    type: 'text',
    description,
    argument: 'required',
    bind: (argument = '') => ({
      read: (event) => {
        const all = labels(event);
        return all !== undefined && Object.hasOwn(all, argument) ? all[argument] : undefined;
      },
    }),
  };
}

function labelsText(labels: Readonly<Record<string, string>> | undefined): string | undefined {
  if (labels === undefined) return undefined;
  const all = Object.entries(labels);
  return all.length === 0 ? undefined : all.map(([key, value]) => `${key}:${value}`).join(', ');
}

const engineFields: readonly Field<E>[] = [
  orHost('container.id', 'first 12 digits of the id; host when there is none', ({ id }) => id),
  orHost('container.full_id', 'the whole id', ({ fullId }) => fullId),
  orHost('container.name', 'name of the container', ({ name }) => name),
  orHost('container.type', 'docker, podman, containerd, cri-o, runc, lxc', ({ runtime }) => runtime),
  of('container.image', 'text', 'image as it was asked for', ({ image }) => image?.name),
  of('container.image.id', 'text', 'id of the image', ({ image }) => image?.id),
  of('container.image.repository', 'text', 'image without tag and digest', ({ image }) => image?.repository),
  of('container.image.tag', 'text', 'tag of the image', ({ image }) => image?.tag),
  of('container.image.digest', 'text', 'digest of the image', ({ image }) => image?.digest),
  of('container.privileged', 'boolean', 'whether it is privileged', ({ privileged }) => privileged),
  of('container.start_ts', 'time', 'when it began, nanoseconds since 1970', ({ startUs }) =>
    startUs === undefined ? undefined : startUs * 1000,
  ),
  field('container.duration', 'duration', 'nanoseconds since it began', ({ container, event }) =>
    container?.startUs === undefined ? undefined : (event.timeUs - container.startUs) * 1000,
  ),
  of('container.ip', 'text', 'its address', ({ cniAddress }) => cniAddress),
  of('container.cni.json', 'text', 'what the network plugin answered: its address', ({ cniAddress }) => cniAddress),
  of('container.host_pid', 'boolean', "whether it has the host's PID namespace", ({ hostPid }) => hostPid),
  of('container.host_network', 'boolean', "whether it has the host's network", ({ hostNetwork }) => hostNetwork),
  of('container.host_ipc', 'boolean', "whether it has the host's IPC namespace", ({ hostIpc }) => hostIpc),
  of('container.healthcheck', 'text', 'its health check', ({ healthcheck }) => healthcheck),
  unseenField('container.liveness_probe', 'text', 'its liveness probe', { deprecated: 'nothing' }),
  unseenField('container.readiness_probe', 'text', 'its readiness probe', { deprecated: 'nothing' }),
  labelField('container.label', 'a label by its name: container.label.app', ({ container }) => container?.labels),
  of('container.labels', 'text', 'all labels as name:value', ({ labels }) => labelsText(labels)),
  of('container.mounts', 'text', 'mounts as source:destination:mode:writable:propagation', ({ mounts }) =>
    mountsText(mounts),
  ),
  mountField('container.mount', 'a mount by its number or source', 'source', mountText),
  mountField(
    'container.mount.source',
    'source of a mount by its number or destination',
    'destination',
    ({ source }) => source,
  ),
  mountField(
    'container.mount.dest',
    'destination of a mount by its number or source',
    'source',
    ({ destination }) => destination,
  ),
  mountField('container.mount.mode', 'mode of a mount by its number or source', 'source', ({ mode }) => mode),
  mountField('container.mount.rdwr', 'whether a mount can be written to', 'source', ({ writable }) => String(writable)),
  mountField('container.mount.propagation', 'propagation of a mount', 'source', ({ propagation }) => propagation),
];

const podFields: readonly Field<E>[] = [
  of('k8s.pod.name', 'text', 'name of the pod', ({ pod }) => pod?.name),
  of('k8s.ns.name', 'text', 'namespace of the pod', ({ pod }) => pod?.namespace),
  of('k8s.pod.uid', 'text', 'UID of the pod', ({ pod }) => pod?.uid),
  of('k8s.pod.id', 'text', 'UID of the pod', ({ pod }) => pod?.uid),
  of('k8s.pod.ip', 'text', 'address of the pod', ({ pod, cniAddress }) => pod && cniAddress),
  of(
    'k8s.pod.cni.json',
    'text',
    'what the network plugin answered: the address of the pod',
    ({ pod, cniAddress }) => pod && cniAddress,
  ),
  unseenField('k8s.pod.sandbox_id', 'text', 'first 12 digits of the id of the sandbox'),
  unseenField('k8s.pod.full_sandbox_id', 'text', 'id of the sandbox'),
  labelField('k8s.pod.label', 'a label of the pod by its name', ({ container }) => container?.pod?.labels),
  of('k8s.pod.labels', 'text', 'labels of the pod as name:value', ({ pod }) => labelsText(pod?.labels)),
];

const OWNERS = ['k8s.rc', 'k8s.svc', 'k8s.rs', 'k8s.deployment'];

const ownerFields: readonly Field<E>[] = [
  ...OWNERS.flatMap((owner) => ['name', 'id', 'labels', 'label'].map((part) => `${owner}.${part}`)),
  'k8s.ns.id',
  'k8s.ns.labels',
  'k8s.ns.label',
].map((name) =>
  unseenField<E>(name, 'text', 'what owns the pod: not asked for', {
    deprecated: 'nothing',
    ...(name.endsWith('.label') && { argument: 'required' }),
  }),
);

/** `container.*` and `k8s.*` */
export const containerFields: readonly Field<E>[] = [...engineFields, ...podFields, ...ownerFields];
