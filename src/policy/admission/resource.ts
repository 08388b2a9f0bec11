import { type ManifestObject, objectAt, textAt } from '#manifests/index.ts';
import { subjectGroup } from '../subjects/index.ts';
import { type KindCatalog, pluralOf, splitApiVersion } from './kinds/catalog.ts';

/** What an object is to an API server. */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Its name in rules: `deployments`. */
  readonly plural: string;
  /** The part of it that is meant: `exec` of `pods/exec`. */
  readonly subresource?: string;
  readonly name: string;
  /** Absent for what belongs to no namespace. */
  readonly namespace?: string;
}

const CLUSTER_WIDE: ReadonlySet<string> = new Set([
  ...['Namespace', 'Node', 'PersistentVolume', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition'],
  ...[
    'StorageClass',
    'VolumeAttachment',
    'VolumeAttributesClass',
    'CSIDriver',
    'CSINode',
    'IngressClass',
    'PriorityClass',
  ],
  ...['RuntimeClass', 'APIService', 'CertificateSigningRequest', 'ClusterTrustBundle', 'FlowSchema', 'DeviceClass'],
  ...['PriorityLevelConfiguration', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'ResourceSlice'],
  ...['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'MutatingAdmissionPolicy', 'IPAddress'],
  ...['MutatingAdmissionPolicyBinding', 'ServiceCIDR', 'StorageVersionMigration', 'ClusterIssuer', 'GatewayClass'],
]);

interface Part {
  readonly plural: string;
  readonly subresource: string;
  readonly isClusterWide?: boolean;
  readonly isConnection?: boolean;
}

/** Kinds that are sent to a part of an object of another kind. */
const PARTS: ReadonlyMap<string, Part> = new Map<string, Part>([
  ['v1/PodExecOptions', { plural: 'pods', subresource: 'exec', isConnection: true }],
  ['v1/PodAttachOptions', { plural: 'pods', subresource: 'attach', isConnection: true }],
  ['v1/PodPortForwardOptions', { plural: 'pods', subresource: 'portforward', isConnection: true }],
  ['v1/PodProxyOptions', { plural: 'pods', subresource: 'proxy', isConnection: true }],
  ['v1/ServiceProxyOptions', { plural: 'services', subresource: 'proxy', isConnection: true }],
  ['v1/NodeProxyOptions', { plural: 'nodes', subresource: 'proxy', isConnection: true, isClusterWide: true }],
  ['v1/Binding', { plural: 'pods', subresource: 'binding' }],
]);

/** Undefined for a document that is no object of Kubernetes. */
export function resourceOf(
  { json }: ManifestObject,
  { catalog, subresource }: { readonly catalog?: KindCatalog; readonly subresource?: string } = {},
): Resource | undefined {
  const apiVersion = textAt(json, 'apiVersion');
  const kind = textAt(json, 'kind');
  if (apiVersion === undefined || kind === undefined) return undefined;
  const metadata = objectAt(json, 'metadata');
  const { group, version } = splitApiVersion(apiVersion);
  const part = PARTS.get(`${apiVersion}/${kind}`);
  const known = catalog?.ofKind(group, version, kind);
  const guessed = CLUSTER_WIDE.has(kind) || group === subjectGroup || part?.isClusterWide === true;
  const isClusterWide = known === undefined ? guessed : !known.isNamespaced;
  const namespace = isClusterWide ? undefined : (textAt(metadata, 'namespace') ?? 'default');
  const about = part?.subresource ?? subresource;
  return {
    group,
    version,
    kind,
    plural: part?.plural ?? known?.plural ?? pluralOf(kind),
    ...(about !== undefined && { subresource: about }),
    name: textAt(metadata, 'name') ?? textAt(metadata, 'generateName') ?? '',
    ...(namespace !== undefined && { namespace }),
  };
}

/** Of whoever opens a shell in a pod and the like. */
export function isConnection({ group, version, kind }: Resource): boolean {
  return group === '' && PARTS.get(`${version}/${kind}`)?.isConnection === true;
}

/** `apps/v1/Deployment shop/web` */
export function describeResource({ group, version, kind, namespace, name }: Resource): string {
  const place = namespace === undefined ? name : `${namespace}/${name}`;
  return `${group === '' ? '' : `${group}/`}${version}/${kind} ${place}`;
}
