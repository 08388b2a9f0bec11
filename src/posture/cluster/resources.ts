/** One kind of objects that is read from a cluster. */
export interface ResourceKind {
  /** Empty for the core. */
  readonly group: string;
  readonly version: string;
  /** In the plural, as in addresses. */
  readonly resource: string;
  readonly kind: string;
  /** What is in them is nobody's business here: only names, labels and annotations are asked for. */
  readonly isMetadataOnly?: true;
}

/**
 * All that the audit of a cluster reads, and all that its ClusterRole allows (`deploy/kubernetes/audit-role.yaml`): no `nodes/proxy`, and of
 * secrets their names only. Kinds of others' APIs that a cluster does not serve are passed over.
 */
export const auditedResources: readonly ResourceKind[] = [
  ...ofGroup('', 'v1', {
    namespaces: 'Namespace',
    nodes: 'Node',
    pods: 'Pod',
    services: 'Service',
    serviceaccounts: 'ServiceAccount',
    configmaps: 'ConfigMap',
    replicationcontrollers: 'ReplicationController',
    resourcequotas: 'ResourceQuota',
    limitranges: 'LimitRange',
    persistentvolumes: 'PersistentVolume',
  }),
  { group: '', version: 'v1', resource: 'secrets', kind: 'Secret', isMetadataOnly: true },
  ...ofGroup('apps', 'v1', {
    deployments: 'Deployment',
    daemonsets: 'DaemonSet',
    statefulsets: 'StatefulSet',
    replicasets: 'ReplicaSet',
  }),
  ...ofGroup('batch', 'v1', { jobs: 'Job', cronjobs: 'CronJob' }),
  ...ofGroup('networking.k8s.io', 'v1', { networkpolicies: 'NetworkPolicy', ingresses: 'Ingress' }),
  ...ofGroup('policy.networking.k8s.io', 'v1alpha1', {
    adminnetworkpolicies: 'AdminNetworkPolicy',
    baselineadminnetworkpolicies: 'BaselineAdminNetworkPolicy',
  }),
  ...ofGroup('cilium.io', 'v2', {
    ciliumnetworkpolicies: 'CiliumNetworkPolicy',
    ciliumclusterwidenetworkpolicies: 'CiliumClusterwideNetworkPolicy',
  }),
  ...ofGroup('gateway.networking.k8s.io', 'v1', { httproutes: 'HTTPRoute', grpcroutes: 'GRPCRoute' }),
  ...ofGroup('rbac.authorization.k8s.io', 'v1', {
    roles: 'Role',
    rolebindings: 'RoleBinding',
    clusterroles: 'ClusterRole',
    clusterrolebindings: 'ClusterRoleBinding',
  }),
  ...ofGroup('admissionregistration.k8s.io', 'v1', {
    validatingwebhookconfigurations: 'ValidatingWebhookConfiguration',
    mutatingwebhookconfigurations: 'MutatingWebhookConfiguration',
    validatingadmissionpolicies: 'ValidatingAdmissionPolicy',
    validatingadmissionpolicybindings: 'ValidatingAdmissionPolicyBinding',
  }),
  ...ofGroup('apiregistration.k8s.io', 'v1', { apiservices: 'APIService' }),
  ...ofGroup('storage.k8s.io', 'v1', { storageclasses: 'StorageClass' }),
  {
    group: 'apiextensions.k8s.io',
    version: 'v1',
    resource: 'customresourcedefinitions',
    kind: 'CustomResourceDefinition',
    isMetadataOnly: true,
  },
];

function ofGroup(group: string, version: string, kinds: Readonly<Record<string, string>>): ResourceKind[] {
  return Object.entries(kinds).map(([resource, kind]) => ({ group, version, resource, kind }));
}
