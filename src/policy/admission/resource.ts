import { type JsonObject, type ManifestObject, objectAt, textAt } from '#manifests/index.ts';
import { subjectGroup } from '../subjects/index.ts';

/** What an object is to an API server. */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Its name in rules: `deployments`. */
  readonly plural: string;
  readonly name: string;
  /** Absent for what belongs to no namespace. */
  readonly namespace?: string;
  readonly labels: ReadonlyMap<string, string>;
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

/** Undefined for a document that is no object of Kubernetes. */
export function resourceOf({ json }: ManifestObject): Resource | undefined {
  const apiVersion = textAt(json, 'apiVersion');
  const kind = textAt(json, 'kind');
  if (apiVersion === undefined || kind === undefined) return undefined;
  const metadata = objectAt(json, 'metadata');
  const [first = '', second] = apiVersion.split('/');
  const isClusterWide = CLUSTER_WIDE.has(kind) || apiVersion.startsWith(`${subjectGroup}/`);
  const namespace = isClusterWide ? undefined : (textAt(metadata, 'namespace') ?? 'default');
  return {
    group: second === undefined ? '' : first,
    version: second ?? first,
    kind,
    plural: pluralOf(kind.toLowerCase()),
    name: textAt(metadata, 'name') ?? textAt(metadata, 'generateName') ?? '',
    ...(namespace !== undefined && { namespace }),
    labels: labelsOf(metadata),
  };
}

export function labelsOf(metadata: JsonObject): ReadonlyMap<string, string> {
  return new Map(Object.entries(objectAt(metadata, 'labels')).map(([name, value]) => [name, String(value)]));
}

/** The rule by which Kubernetes itself guesses; all built-in kinds follow it. */
function pluralOf(word: string): string {
  if (word === 'endpoints') return word;
  if (/(?:s|x|ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** `apps/v1/Deployment shop/web` */
export function describeResource({ group, version, kind, namespace, name }: Resource): string {
  const place = namespace === undefined ? name : `${namespace}/${name}`;
  return `${group === '' ? '' : `${group}/`}${version}/${kind} ${place}`;
}
