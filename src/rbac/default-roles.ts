import type { Binding, Role } from './objects.ts';
import type { Rule } from './rule.ts';

const READ = 'get list watch';
const WRITE = 'create delete deletecollection patch update';

/** @param groups between spaces; `core` for the group without a name */
function on(groups: string, resources: string, verbs: string, names = ''): Rule {
  return {
    apiGroups: words(groups).map((group) => (group === 'core' ? '' : group)),
    resources: words(resources),
    verbs: words(verbs),
    resourceNames: words(names),
    nonResourceUrls: [],
  };
}

function at(urls: string, verbs = 'get'): Rule {
  return { apiGroups: [], resources: [], verbs: words(verbs), resourceNames: [], nonResourceUrls: words(urls) };
}

function words(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ');
}

const LABEL = 'rbac.authorization.k8s.io/aggregate-to-';

function clusterRole(name: string, rules: readonly Rule[], partOf?: string): Role {
  return { kind: 'ClusterRole', name, labels: partOf === undefined ? {} : { [LABEL + partOf]: 'true' }, rules };
}

function aggregate(name: string, partOf?: string): Role {
  return { ...clusterRole(name, [], partOf), madeOf: [{ matchLabels: { [LABEL + name]: 'true' } }] };
}

const WORKLOADS = 'daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale';
const WORKLOAD_STATES =
  'daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status';

const editRules: readonly Rule[] = [
  on('core', 'pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy', READ),
  on('core', 'serviceaccounts', 'impersonate'),
  on('core', 'pods pods/attach pods/exec pods/portforward pods/proxy', WRITE),
  on('core', 'pods/eviction serviceaccounts/token', 'create'),
  on('core', 'configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale', WRITE),
  on('core', 'secrets serviceaccounts services services/proxy', WRITE),
  on('apps', `${WORKLOADS} statefulsets statefulsets/scale`, WRITE),
  on('autoscaling', 'horizontalpodautoscalers', WRITE),
  on('batch', 'cronjobs jobs', WRITE),
  on('extensions', `${WORKLOADS} ingresses networkpolicies replicationcontrollers/scale`, WRITE),
  on('policy', 'poddisruptionbudgets', WRITE),
  on('networking.k8s.io', 'ingresses networkpolicies', WRITE),
  on('coordination.k8s.io', 'leases', `${READ} ${WRITE}`),
];

const viewRules: readonly Rule[] = [
  on('core', 'configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods serviceaccounts', READ),
  on('core', 'replicationcontrollers replicationcontrollers/scale services services/status', READ),
  on('core', 'bindings events limitranges namespaces namespaces/status pods/log pods/status', READ),
  on('core', 'replicationcontrollers/status resourcequotas resourcequotas/status', READ),
  on('discovery.k8s.io', 'endpointslices', READ),
  on('apps', `controllerrevisions ${WORKLOAD_STATES} statefulsets statefulsets/scale statefulsets/status`, READ),
  on('autoscaling', 'horizontalpodautoscalers horizontalpodautoscalers/status', READ),
  on('batch', 'cronjobs cronjobs/status jobs jobs/status', READ),
  on('extensions', `${WORKLOAD_STATES} ingresses ingresses/status networkpolicies replicationcontrollers/scale`, READ),
  on('policy', 'poddisruptionbudgets poddisruptionbudgets/status', READ),
  on('networking.k8s.io', 'ingresses ingresses/status networkpolicies', READ),
];

const EVENTS = on('core events.k8s.io', 'events', 'create patch update');
const PROBES = '/healthz /livez /readyz /version /version/';

/**
 * What every cluster has without anybody applying it, as far as manifests bind it: the roles for people, and those of the system that
 * add-ons are given. From plugin/pkg/auth/authorizer/rbac/bootstrappolicy of kubernetes/kubernetes.
 */
export const defaultRoles: readonly Role[] = [
  clusterRole('cluster-admin', [on('*', '*', '*'), at('*', '*')]),
  aggregate('admin'),
  aggregate('edit', 'admin'),
  aggregate('view', 'edit'),
  clusterRole(
    'system:aggregate-to-admin',
    [
      on('authorization.k8s.io', 'localsubjectaccessreviews', 'create'),
      on('rbac.authorization.k8s.io', 'rolebindings roles', `${READ} ${WRITE}`),
    ],
    'admin',
  ),
  clusterRole('system:aggregate-to-edit', editRules, 'edit'),
  clusterRole('system:aggregate-to-view', viewRules, 'view'),
  clusterRole('system:auth-delegator', [
    on('authentication.k8s.io', 'tokenreviews', 'create'),
    on('authorization.k8s.io', 'subjectaccessreviews', 'create'),
  ]),
  clusterRole('system:basic-user', [
    on('authorization.k8s.io', 'selfsubjectaccessreviews selfsubjectrulesreviews', 'create'),
    on('authentication.k8s.io', 'selfsubjectreviews', 'create'),
  ]),
  clusterRole('system:discovery', [at(`/api /api/* /apis /apis/* /openapi /openapi/* ${PROBES}`)]),
  clusterRole('system:public-info-viewer', [at(PROBES)]),
  clusterRole('system:monitoring', [
    at('/healthz /healthz/* /livez /livez/* /metrics /metrics/slis /readyz /readyz/*'),
  ]),
  clusterRole('system:service-account-issuer-discovery', [at('/.well-known/openid-configuration /openid/v1/jwks')]),
  clusterRole('system:kube-dns', [on('core', 'endpoints services', 'list watch')]),
  clusterRole('system:kube-aggregator', [on('core', 'endpoints services', READ)]),
  clusterRole('system:heapster', [
    on('core', 'events namespaces nodes pods', READ),
    on('extensions', 'deployments', READ),
  ]),
  clusterRole('system:kubelet-api-admin', [
    on('core', 'nodes', `${READ} proxy`),
    on('core', 'nodes/log nodes/metrics nodes/proxy nodes/stats', '*'),
  ]),
  clusterRole('system:node-bootstrapper', [
    on('certificates.k8s.io', 'certificatesigningrequests', 'create get list watch'),
  ]),
  clusterRole('system:certificates.k8s.io:certificatesigningrequests:nodeclient', [
    on('certificates.k8s.io', 'certificatesigningrequests/nodeclient', 'create'),
  ]),
  clusterRole('system:certificates.k8s.io:certificatesigningrequests:selfnodeclient', [
    on('certificates.k8s.io', 'certificatesigningrequests/selfnodeclient', 'create'),
  ]),
  clusterRole('system:node-problem-detector', [
    on('core', 'nodes', 'get'),
    on('core', 'nodes/status', 'patch'),
    EVENTS,
  ]),
  clusterRole('system:node-proxier', [
    on('core', 'endpoints services', 'list watch'),
    on('core', 'nodes', READ),
    EVENTS,
    on('discovery.k8s.io', 'endpointslices', 'list watch'),
  ]),
  clusterRole('system:persistent-volume-provisioner', [
    on('core', 'persistentvolumes', `create delete ${READ}`),
    on('core', 'persistentvolumeclaims', `update ${READ}`),
    on('storage.k8s.io', 'storageclasses', READ),
    on('core', 'events', 'watch'),
    EVENTS,
  ]),
  clusterRole('system:volume-scheduler', [
    on('core', 'persistentvolumes persistentvolumeclaims', `patch update ${READ}`),
    on('storage.k8s.io', 'storageclasses', READ),
  ]),
  {
    kind: 'Role',
    name: 'extension-apiserver-authentication-reader',
    namespace: 'kube-system',
    labels: {},
    rules: [on('core', 'configmaps', READ, 'extension-apiserver-authentication')],
  },
];

function groupBinding(role: string, ...groups: readonly string[]): Binding {
  return {
    kind: 'ClusterRoleBinding',
    name: role,
    role: { kind: 'ClusterRole', name: role },
    subjects: groups.map((name, index) => ({ kind: 'Group', name, index })),
  };
}

export const defaultBindings: readonly Binding[] = [
  groupBinding('cluster-admin', 'system:masters'),
  groupBinding('system:basic-user', 'system:authenticated'),
  groupBinding('system:discovery', 'system:authenticated'),
  groupBinding('system:public-info-viewer', 'system:authenticated', 'system:unauthenticated'),
  groupBinding('system:service-account-issuer-discovery', 'system:serviceaccounts'),
];
