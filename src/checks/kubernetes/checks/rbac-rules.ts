import { entriesOf } from '#foundation/documents/index.ts';
import type { Check } from '../../check.ts';
import { type Found, objectCheck } from '../declare.ts';
import { clusterRole, manifest } from '../examples.ts';
import { field, listAt, textsAt } from '../fields.ts';
import type { KubernetesObject } from '../object.ts';
import { PAGES } from '../references.ts';

const ROLES = ['Role', 'ClusterRole'];

/** One rule of a role, and where it stands. */
interface Rule {
  readonly index: number;
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly names: readonly string[];
}

export function rulesOf({ value }: KubernetesObject): Rule[] {
  return listAt(value, 'rules').map((rule, index) => ({
    index,
    groups: textsAt(rule, 'apiGroups'),
    resources: textsAt(rule, 'resources'),
    verbs: textsAt(rule, 'verbs').map((verb) => verb.toLowerCase()),
    names: textsAt(rule, 'resourceNames'),
  }));
}

/** A right that is dangerous to give: any of the verbs on any of the resources. */
interface Right {
  /** Group of the interface; empty for the core. */
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** A rule that is limited by name to other objects than these is no danger; without names, none of the limits helps. */
  readonly names?: readonly string[];
}

const WRITE = ['create', 'update', 'patch'];

/** Wildcards of resources and verbs count; those of both together have a check of their own. */
function grants(rule: Rule, { group, resources, verbs, names }: Right): string | undefined {
  if (!rule.groups.includes('*') && !rule.groups.includes(group)) return undefined;
  const resource = rule.resources.find((named) => resources.some((wanted) => matches(named, wanted)));
  const verb = rule.verbs.find((named) => named === '*' || verbs.includes(named));
  if (resource === undefined || verb === undefined) return undefined;
  if (names && rule.names.length > 0 && !names.some((name) => rule.names.includes(name))) return undefined;
  return `${verb === '*' ? 'every verb' : verb} on ${resource === '*' ? 'every resource' : resource}`;
}

/** `*` is every resource and subresource, `pods/*` each of a pod's, `*\/exec` that of each. */
function matches(named: string, wanted: string): boolean {
  if (named === wanted || named === '*') return true;
  const [resource, sub] = wanted.split('/');
  return sub !== undefined && (named === `${resource}/*` || named === `*/${sub}`);
}

interface RightCheck {
  readonly id: string;
  readonly title: string;
  readonly severity: Check['severity'];
  readonly aliases?: readonly string[];
  readonly rationale: string;
  readonly remediation: string;
  readonly rights: readonly Right[];
}

function rightCheck({ rights, ...about }: RightCheck): Check<'kubernetes'> {
  const [right] = rights;
  return objectCheck({
    ...about,
    kinds: ROLES,
    controls: ['AC-6', 'AC-3'],
    references: [PAGES.rbacGoodPractices, PAGES.rbac],
    examples: {
      fail: right ? [clusterRole(flowRule(right))] : [],
      pass: [clusterRole('{apiGroups: [shop.example.com], resources: [orders], verbs: [get, list]}')],
    },
    *find(object) {
      for (const rule of rulesOf(object)) {
        if (rule.resources.includes('*') && rule.verbs.includes('*')) continue;
        const granted = firstOf(rights, (wanted) => grants(rule, wanted));
        if (granted !== undefined) yield { path: ['rules', rule.index], message: `allows ${granted}` };
      }
    },
  });
}

function flowRule({ group, resources, verbs, names = [] }: Right): string {
  const named = names.length > 0 ? `, resourceNames: [${names[0]}]` : '';
  return `{apiGroups: ["${group}"], resources: [${resources[0]}], verbs: [${verbs[0]}]${named}}`;
}

function firstOf<From, To>(list: readonly From[], make: (item: From) => To | undefined): To | undefined {
  for (const item of list) {
    const made = make(item);
    if (made !== undefined) return made;
  }
  return undefined;
}

const ADMISSION = 'admissionregistration.k8s.io';
const RBAC = 'rbac.authorization.k8s.io';

const RIGHTS: readonly RightCheck[] = [
  {
    id: 'kubernetes-role-secrets',
    title: 'The role reads or writes secrets',
    severity: 'high',
    aliases: ['KSV-0041', 'KSV-0113'],
    rationale:
      'Secrets hold the tokens and passwords of everything in their namespaces; listing them shows their content as well.',
    remediation: 'Name the single secrets in resourceNames with the verb get, or mount them into the pod.',
    rights: [{ group: '', resources: ['secrets'], verbs: ['get', 'list', 'watch', ...WRITE], names: [] }],
  },
  {
    id: 'kubernetes-role-workloads',
    title: 'The role makes or changes pods and what makes them',
    severity: 'medium',
    aliases: ['KSV-0048'],
    rationale: 'Whoever makes a pod acts as any service account of the namespace and reads any secret in it.',
    remediation: 'Leave deployments to the pipeline, and hold the namespace to the restricted Pod Security Standard.',
    rights: [
      { group: '', resources: ['pods', 'replicationcontrollers', 'podtemplates'], verbs: WRITE },
      { group: 'apps', resources: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'], verbs: WRITE },
      { group: 'batch', resources: ['jobs', 'cronjobs'], verbs: WRITE },
    ],
  },
  {
    id: 'kubernetes-role-pod-exec',
    title: 'The role runs commands in pods',
    severity: 'high',
    aliases: ['KSV-0053'],
    rationale: 'A command in a pod has its files, its secrets and its service account. The verb get is enough for it.',
    remediation: 'Remove pods/exec; give it for a time to those who have to look into a pod.',
    rights: [{ group: '', resources: ['pods/exec'], verbs: ['create', 'get'] }],
  },
  {
    id: 'kubernetes-role-pod-attach',
    title: 'The role attaches to processes in pods',
    severity: 'high',
    aliases: ['KSV-0054'],
    rationale: 'Whoever is attached reads what the process prints and types into what it reads.',
    remediation: 'Remove pods/attach from the rule.',
    rights: [{ group: '', resources: ['pods/attach'], verbs: ['create', 'get'] }],
  },
  {
    id: 'kubernetes-role-pod-portforward',
    title: 'The role forwards ports of pods',
    severity: 'medium',
    rationale: 'Ports that network policies close off are reached through the interface server.',
    remediation: 'Remove pods/portforward, pods/proxy and services/proxy from the rule.',
    rights: [{ group: '', resources: ['pods/portforward', 'pods/proxy', 'services/proxy'], verbs: ['create', 'get'] }],
  },
  {
    id: 'kubernetes-role-ephemeral-containers',
    title: 'The role adds containers to running pods',
    severity: 'high',
    rationale:
      'An ephemeral container shares the processes, network and service account of the pod that it is put into.',
    remediation: 'Remove pods/ephemeralcontainers; give it for a time to those who debug.',
    rights: [{ group: '', resources: ['pods/ephemeralcontainers'], verbs: ['update', 'patch'] }],
  },
  {
    id: 'kubernetes-role-delete-logs',
    title: 'The role deletes logs of pods or events',
    severity: 'medium',
    aliases: ['KSV-0042'],
    rationale: 'An intruder takes away what tells of the intrusion.',
    remediation: 'Remove the verbs delete and deletecollection, and ship logs and events out of the cluster.',
    rights: [{ group: '', resources: ['pods/log', 'events'], verbs: ['delete', 'deletecollection'] }],
  },
  {
    id: 'kubernetes-role-impersonate',
    title: 'The role acts as other users or groups',
    severity: 'critical',
    aliases: ['KSV-0043'],
    rationale: 'With impersonation of system:masters every other limit ends.',
    remediation: 'Remove impersonate, or name the users and groups in resourceNames.',
    rights: [
      {
        group: '',
        resources: ['users', 'groups', 'serviceaccounts'],
        verbs: ['impersonate'],
        names: ['system:masters'],
      },
      { group: 'authentication.k8s.io', resources: ['uids'], verbs: ['impersonate'] },
    ],
  },
  {
    id: 'kubernetes-role-escalate',
    title: 'The role gives itself more rights',
    severity: 'critical',
    aliases: ['KSV-0050'],
    rationale: 'The verb escalate lets a role be written with rights that its writer does not have.',
    remediation: 'Remove escalate from the verbs on roles and clusterroles.',
    rights: [{ group: RBAC, resources: ['roles', 'clusterroles'], verbs: ['escalate'] }],
  },
  {
    id: 'kubernetes-role-bind',
    title: 'The role binds roles that it does not have',
    severity: 'critical',
    aliases: ['KSV-0051', 'KSV-0052'],
    rationale: 'The verb bind lets any role, cluster-admin among them, be given to anybody.',
    remediation: 'Name the roles that may be bound in resourceNames, or remove bind.',
    rights: [{ group: RBAC, resources: ['roles', 'clusterroles'], verbs: ['bind'], names: ['cluster-admin', 'admin'] }],
  },
  {
    id: 'kubernetes-role-bindings',
    title: 'The role writes roles or bindings',
    severity: 'high',
    aliases: ['KSV-0055'],
    rationale: 'What the holder may do it may hand to others, who keep it when the holder has lost it.',
    remediation: 'Keep writing of roles and bindings with the administrators and the pipeline.',
    rights: [
      { group: RBAC, resources: ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'], verbs: WRITE },
    ],
  },
  {
    id: 'kubernetes-role-node-proxy',
    title: 'The role reaches the kubelet through the interface server',
    severity: 'high',
    aliases: ['KSV-0047'],
    rationale:
      'The interface of the kubelet runs commands in every pod of the node, unseen by audit log and admission; get is enough.',
    remediation: 'Remove nodes/proxy; nodes/metrics, nodes/stats and nodes/log serve for what monitoring needs.',
    rights: [{ group: '', resources: ['nodes/proxy'], verbs: ['get', 'create'] }],
  },
  {
    id: 'kubernetes-role-nodes',
    title: 'The role changes nodes',
    severity: 'medium',
    rationale: 'With labels and taints of nodes, pods of others are led to a node of one’s choice.',
    remediation: 'Leave nodes to the kubelets, the autoscaler and the administrators.',
    rights: [{ group: '', resources: ['nodes', 'nodes/status'], verbs: [...WRITE, 'delete'] }],
  },
  {
    id: 'kubernetes-role-token-request',
    title: 'The role makes tokens of service accounts',
    severity: 'high',
    rationale: 'Its holder acts as any service account of the namespace, or of the cluster.',
    remediation: 'Name the service accounts in resourceNames, or remove serviceaccounts/token.',
    rights: [{ group: '', resources: ['serviceaccounts/token'], verbs: ['create'], names: [] }],
  },
  {
    id: 'kubernetes-role-admission',
    title: 'The role changes what is admitted to the cluster',
    severity: 'critical',
    aliases: ['KSV-0114'],
    rationale:
      'A webhook sees every object that passes, secrets included, and changes it; a policy that is deleted holds nobody back.',
    remediation: 'Keep webhooks and admission policies with the administrators and their controllers.',
    rights: [
      {
        group: ADMISSION,
        resources: [
          'mutatingwebhookconfigurations',
          'validatingwebhookconfigurations',
          'validatingadmissionpolicies',
          'validatingadmissionpolicybindings',
          'mutatingadmissionpolicies',
          'mutatingadmissionpolicybindings',
        ],
        verbs: [...WRITE, 'delete', 'deletecollection'],
      },
    ],
  },
  {
    id: 'kubernetes-role-api-services',
    title: 'The role changes who answers for parts of the interface',
    severity: 'high',
    rationale: 'An APIService leads requests, with the identity of who makes them, to a server of one’s choice.',
    remediation: 'Keep apiservices with the administrators of the cluster.',
    rights: [{ group: 'apiregistration.k8s.io', resources: ['apiservices'], verbs: WRITE }],
  },
  {
    id: 'kubernetes-role-certificates',
    title: 'The role approves or signs certificates',
    severity: 'high',
    rationale: 'A certificate of the cluster’s authority is an identity of one’s choice, good until it ends.',
    remediation: 'Remove certificatesigningrequests/approval and signers; name the signer where it is needed.',
    rights: [
      {
        group: 'certificates.k8s.io',
        resources: ['certificatesigningrequests/approval', 'certificatesigningrequests/status'],
        verbs: ['update', 'patch'],
      },
      { group: 'certificates.k8s.io', resources: ['signers'], verbs: ['approve', 'sign'] },
    ],
  },
  {
    id: 'kubernetes-role-persistent-volumes',
    title: 'The role makes persistent volumes',
    severity: 'medium',
    rationale: 'A persistent volume can be any path of a node, past what is forbidden to pods.',
    remediation: 'Let claims and storage classes make volumes.',
    rights: [{ group: '', resources: ['persistentvolumes'], verbs: WRITE }],
  },
  {
    id: 'kubernetes-role-namespaces',
    title: 'The role changes namespaces',
    severity: 'medium',
    rationale: 'The Pod Security level of a namespace is a label of it, and network policies select by its labels.',
    remediation: 'Keep writing of namespaces with the administrators.',
    rights: [{ group: '', resources: ['namespaces'], verbs: ['update', 'patch'] }],
  },
  {
    id: 'kubernetes-role-configmaps',
    title: 'The role writes ConfigMaps',
    severity: 'low',
    aliases: ['KSV-0049'],
    rationale: 'Settings of other programs, of the name service and of sign-in are ConfigMaps.',
    remediation: 'Name the ConfigMaps in resourceNames.',
    rights: [{ group: '', resources: ['configmaps'], verbs: [...WRITE, 'delete'], names: [] }],
  },
  {
    id: 'kubernetes-role-aws-auth',
    title: 'The role changes who may sign in to an EKS cluster',
    severity: 'critical',
    aliases: ['KSV-0115'],
    rationale: 'The ConfigMap aws-auth makes any identity of the cloud a cluster administrator.',
    remediation: 'Remove the rule and manage sign-in with access entries.',
    rights: [{ group: '', resources: ['configmaps'], verbs: [...WRITE, 'delete'], names: ['aws-auth'] }],
  },
  {
    id: 'kubernetes-role-networking',
    title: 'The role changes how traffic reaches pods',
    severity: 'medium',
    aliases: ['KSV-0056'],
    rationale:
      'Traffic of others can be led to oneself, services opened to the outside, and the policies between pods taken away.',
    remediation: 'Leave services, endpoints, ingresses and network policies to the pipeline.',
    rights: [
      { group: '', resources: ['services', 'endpoints'], verbs: [...WRITE, 'delete'] },
      { group: 'networking.k8s.io', resources: ['networkpolicies', 'ingresses'], verbs: [...WRITE, 'delete'] },
      { group: 'discovery.k8s.io', resources: ['endpointslices'], verbs: WRITE },
    ],
  },
];

const WILDCARDS: readonly Check<'kubernetes'>[] = [
  wildcard({
    id: 'kubernetes-role-everything',
    title: 'The role may do everything',
    severity: 'critical',
    aliases: ['KSV-0044'],
    rationale:
      'Every verb on every resource is the right of an administrator, for resources that do not exist yet as well.',
    remediation: 'List the resources and verbs that are needed.',
    examples: rules('{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}'),
    of: ({ resources, verbs }) => resources.includes('*') && verbs.includes('*'),
    message: 'allows every verb on every resource',
  }),
  wildcard({
    id: 'kubernetes-role-all-verbs',
    title: 'The role has every verb on a resource',
    severity: 'medium',
    aliases: ['KSV-0045'],
    rationale:
      'Among all verbs are escalate, bind, impersonate and deletecollection, which hardly anybody means to give.',
    remediation: 'List the verbs that are needed.',
    examples: rules('{apiGroups: [""], resources: [services], verbs: ["*"]}'),
    of: ({ resources, verbs }) => verbs.includes('*') && resources.length > 0 && !resources.includes('*'),
    message: 'allows every verb',
  }),
  wildcard({
    id: 'kubernetes-role-all-resources',
    title: 'The role reaches every resource',
    severity: 'high',
    aliases: ['KSV-0046', 'KSV-0112'],
    rationale: 'Secrets, pods/exec and roles are among all resources, and so is whatever is installed tomorrow.',
    remediation: 'List the resources that are needed.',
    examples: rules('{apiGroups: [""], resources: ["*"], verbs: [get, list]}'),
    of: ({ resources, verbs }) => resources.includes('*') && !verbs.includes('*'),
    message: 'allows it on every resource',
  }),
  wildcard({
    id: 'kubernetes-role-all-groups',
    title: 'The role holds in every group of the interface',
    severity: 'low',
    rationale: 'The same resource name in a group of another project is given along.',
    remediation: 'List the groups that are needed.',
    examples: rules('{apiGroups: ["*"], resources: [services], verbs: [get]}'),
    of: ({ groups, resources }) => groups.includes('*') && !resources.includes('*'),
    message: 'holds for every group',
  }),
];

interface WildcardCheck extends Omit<RightCheck, 'rights'> {
  readonly examples: Check['examples'];
  readonly message: string;
  of(rule: Rule): boolean;
}

function wildcard({ of, message, ...about }: WildcardCheck): Check<'kubernetes'> {
  return objectCheck({
    ...about,
    kinds: ROLES,
    controls: ['AC-6', 'AC-3'],
    references: [PAGES.rbacGoodPractices, PAGES.rbac],
    *find(object) {
      for (const rule of rulesOf(object)) if (of(rule)) yield { path: ['rules', rule.index], message };
    },
  });
}

function rules(bad: string): Check['examples'] {
  return { fail: [clusterRole(bad)], pass: [clusterRole('{apiGroups: [""], resources: [services], verbs: [get]}')] };
}

function* adminUrls({ value }: KubernetesObject): Iterable<Found> {
  for (const [index, rule] of listAt(value, 'rules').entries()) {
    const at = textsAt(rule, 'nonResourceURLs').findIndex((url) => url === '*' || url === '/*');
    if (at !== -1)
      yield { path: ['rules', index, 'nonResourceURLs', at], message: 'allows every address of the interface server' };
  }
}

function* openAggregation({ value }: KubernetesObject): Iterable<Found> {
  for (const [index, selector] of listAt(value, 'aggregationRule', 'clusterRoleSelectors').entries()) {
    const asks = [...entriesOf(field(selector, 'matchLabels')), ...listAt(selector, 'matchExpressions')];
    if (asks.length === 0)
      yield { path: ['aggregationRule', 'clusterRoleSelectors', index], message: 'takes in the rights of every role' };
  }
}

const AGGREGATED = /^rbac\.authorization\.k8s\.io\/aggregate-to-(?:admin|edit|view)$/;

function* aggregatedTo({ value }: KubernetesObject): Iterable<Found> {
  for (const [label, set] of entriesOf(field(value, 'metadata', 'labels'))) {
    if (AGGREGATED.test(label) && String(set) === 'true')
      yield {
        path: ['metadata', 'labels', label],
        message: `is taken into every binding of ${label.replace(/.*-to-/, '')}`,
      };
  }
}

export const rbacRuleChecks: readonly Check<'kubernetes'>[] = [
  ...RIGHTS.map(rightCheck),
  ...WILDCARDS,
  objectCheck({
    kinds: ROLES,
    id: 'kubernetes-role-all-urls',
    title: 'The role reaches every address of the interface server',
    severity: 'medium',
    rationale: 'Addresses that are no resources tell of the server’s state, its profile and its settings.',
    remediation: 'List the addresses that are needed, such as /healthz and /metrics.',
    controls: ['AC-6'],
    references: [PAGES.rbac],
    examples: {
      fail: [clusterRole('{nonResourceURLs: ["*"], verbs: [get]}')],
      pass: [clusterRole('{nonResourceURLs: [/healthz], verbs: [get]}')],
    },
    find: adminUrls,
  }),
  objectCheck({
    kinds: ['ClusterRole'],
    id: 'kubernetes-role-open-aggregation',
    title: 'The role takes in the rights of every other role',
    severity: 'critical',
    rationale: 'A selector without labels selects all roles: the bound subjects get the rights of cluster-admin.',
    remediation: 'Select by a label that only the intended roles carry.',
    controls: ['AC-6', 'AC-3'],
    references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles'],
    examples: {
      fail: [aggregation('{}')],
      pass: [aggregation('{matchLabels: {shop.example.com/aggregate: "true"}}')],
    },
    find: openAggregation,
  }),
  objectCheck({
    kinds: ['ClusterRole'],
    id: 'kubernetes-role-aggregated',
    title: 'The role is added to a role that everybody uses',
    severity: 'low',
    rationale: 'Its rights come to all who hold admin, edit or view anywhere, without a change of any binding.',
    remediation: 'Make sure that each right fits every holder, and that none of them lets one rise to more.',
    controls: ['AC-6', 'CM-3'],
    references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles'],
    examples: {
      fail: [`${clusterRoleHead('rbac.authorization.k8s.io/aggregate-to-edit: "true"')}rules: []\n`],
      pass: [`${clusterRoleHead('app: shop')}rules: []\n`],
    },
    find: aggregatedTo,
  }),
];

function aggregation(selector: string): string {
  return manifest(
    'rbac.authorization.k8s.io/v1 ClusterRole all',
    `aggregationRule:\n  clusterRoleSelectors:\n    - ${selector}\nrules: []`,
    '',
  );
}

function clusterRoleHead(label: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: orders\n  labels:\n    ${label}\n`;
}
