import { asList, type Members, memberOf } from '#foundation/documents/index.ts';
import { type ClusterState, objectsOf } from '#posture/index.ts';
import type { EvidenceFound } from '../evidence-check.ts';
import { clusterCheck, listed, nameOf, namespaceOf, resource } from './cluster-check.ts';
import { cluster, named } from './examples.ts';

const WEBHOOKS = 'https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/';
const POLICIES = 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/';
const STANDARDS = 'https://kubernetes.io/docs/concepts/security/pod-security-admission/';

const VALIDATING = 'validatingwebhookconfigurations.admissionregistration.k8s.io';
const MUTATING = 'mutatingwebhookconfigurations.admissionregistration.k8s.io';
const VAPS = 'validatingadmissionpolicies.admissionregistration.k8s.io';
const BINDINGS = 'validatingadmissionpolicybindings.admissionregistration.k8s.io';

function hooksOf(configuration: unknown): readonly unknown[] {
  return asList(memberOf(configuration, 'webhooks')) ?? [];
}

/** Whether it is asked about pods, or about everything. */
function isAboutPods(hook: unknown): boolean {
  return (asList(memberOf(hook, 'rules')) ?? []).some((rule) => {
    const groups = asList(memberOf(rule, 'apiGroups')) ?? [];
    const resources = asList(memberOf(rule, 'resources')) ?? [];
    const isCore = groups.includes('') || groups.includes('*');
    return isCore && ['pods', 'pods/*', '*', '*/*'].some((one) => resources.includes(one));
  });
}

/** Whether it leaves some namespaces or objects out: then somebody thought of those that must go on. */
function isLimited(hook: unknown): boolean {
  return ['namespaceSelector', 'objectSelector'].some((name) => {
    const selector = memberOf(hook, name);
    return (
      Object.keys((memberOf(selector, 'matchLabels') as Members | undefined) ?? {}).length > 0 ||
      (asList(memberOf(selector, 'matchExpressions')) ?? []).length > 0
    );
  });
}

function* allHooks(state: ClusterState): Iterable<{ readonly configuration: Members; readonly hook: unknown }> {
  for (const key of [VALIDATING, MUTATING])
    for (const configuration of listed(state, key))
      for (const hook of hooksOf(configuration)) yield { configuration, hook };
}

function* lockingHooks(state: ClusterState): Iterable<EvidenceFound> {
  for (const { configuration, hook } of allHooks(state)) {
    const fails = memberOf(hook, 'failurePolicy') !== 'Ignore';
    if (!fails || !isAboutPods(hook) || isLimited(hook) || serviceOf(hook) === undefined) continue;
    yield {
      message: `webhook ${nameIn(hook)} is asked about all pods of all namespaces, those of the system as well, and when it is away none can start`,
      resource: resource(configuration),
    };
  }
}

function* openHooks(state: ClusterState): Iterable<EvidenceFound> {
  for (const configuration of listed(state, VALIDATING))
    for (const hook of hooksOf(configuration))
      if (memberOf(hook, 'failurePolicy') === 'Ignore' && isAboutPods(hook))
        yield {
          message: `what webhook ${nameIn(hook)} would deny passes while it does not answer`,
          resource: resource(configuration),
        };
}

function serviceOf(hook: unknown): { readonly namespace: string; readonly name: string } | undefined {
  const service = memberOf(memberOf(hook, 'clientConfig'), 'service');
  const name = memberOf(service, 'name');
  const namespace = memberOf(service, 'namespace');
  return typeof name === 'string' && typeof namespace === 'string' ? { namespace, name } : undefined;
}

function* orphanHooks(state: ClusterState): Iterable<EvidenceFound> {
  const services = new Set(listed(state, 'services').map((one) => `${namespaceOf(one)}/${nameOf(one)}`));
  for (const { configuration, hook } of allHooks(state)) {
    const service = serviceOf(hook);
    if (service === undefined || services.has(`${service.namespace}/${service.name}`)) continue;
    yield {
      message: `webhook ${nameIn(hook)} asks Service ${service.namespace}/${service.name}, which is not there`,
      resource: resource(configuration),
    };
  }
}

function nameIn(hook: unknown): string {
  return String(memberOf(hook, 'name') ?? '');
}

function* unboundPolicies(state: ClusterState): Iterable<EvidenceFound> {
  const bound = new Set(listed(state, BINDINGS).map((one) => memberOf(memberOf(one, 'spec'), 'policyName')));
  for (const policy of listed(state, VAPS))
    if (!bound.has(nameOf(policy)))
      yield { message: `policy ${nameOf(policy)} has no binding: it is never asked`, resource: resource(policy) };
}

function* looseBindings(state: ClusterState): Iterable<EvidenceFound> {
  const policies = new Set(listed(state, VAPS).map(nameOf));
  for (const binding of listed(state, BINDINGS)) {
    const policy = memberOf(memberOf(binding, 'spec'), 'policyName');
    if (typeof policy === 'string' && !policies.has(policy))
      yield {
        message: `binding ${nameOf(binding)} is for policy ${policy}, which is not there`,
        resource: resource(binding),
      };
  }
}

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** Whether anything at all may stop a pod from doing what it wants. */
function* nothingEnforced(state: ClusterState): Iterable<EvidenceFound> {
  const namespaces = listed(state, 'namespaces');
  const hooks = listed(state, VALIDATING).flatMap(hooksOf).some(isAboutPods);
  const denies = listed(state, BINDINGS).some((one) =>
    (asList(memberOf(memberOf(one, 'spec'), 'validationActions')) ?? []).includes('Deny'),
  );
  const labelled = namespaces.some((one) => {
    const level = memberOf(memberOf(memberOf(one, 'metadata'), 'labels'), ENFORCE);
    return level === 'baseline' || level === 'restricted';
  });
  if (hooks || denies || labelled || namespaces.length === 0) return;
  yield {
    message: 'no namespace enforces a Pod Security Standard, no policy denies, and no webhook is asked about pods',
  };
}

function* uncheckedApis(state: ClusterState): Iterable<EvidenceFound> {
  for (const one of objectsOf(state, 'apiservices.apiregistration.k8s.io'))
    if (memberOf(memberOf(one, 'spec'), 'insecureSkipTLSVerify') === true)
      yield {
        message: `the API server believes whoever answers as ${nameOf(one)}: its certificate is not checked`,
        resource: resource(one),
      };
}

const hook = (more: object) => ({
  name: 'check.example.org',
  rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }],
  clientConfig: { service: { namespace: 'gate', name: 'gate' } },
  failurePolicy: 'Fail',
  namespaceSelector: {
    matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
  },
  ...more,
});
const gate = (...hooks: readonly object[]) => ({
  [VALIDATING]: [named('gate', { webhooks: hooks })],
  [MUTATING]: [],
  services: [named('gate', {}, 'gate')],
});
const policy = (bound: string) => ({
  [VAPS]: [named('no-root', { spec: {} })],
  [BINDINGS]: [named('no-root', { spec: { policyName: bound, validationActions: ['Deny'] } })],
});

export const admissionChecks = [
  clusterCheck({
    id: 'cluster-admission-nothing-enforced',
    title: 'Nothing stops a pod that takes over its node',
    severity: 'high',
    rationale:
      'Whoever may create pods anywhere may create a privileged one, and has the node and what else runs on it.',
    remediation: 'Label namespaces with `pod-security.kubernetes.io/enforce: baseline`, or bind policies that deny.',
    controls: ['AC-6', 'CM-7', 'SC-39'],
    references: [STANDARDS],
    pass: [
      cluster({ namespaces: [named('shop')], ...gate(hook({})), [BINDINGS]: [] }),
      cluster({
        namespaces: [{ metadata: { name: 'shop', labels: { [ENFORCE]: 'restricted' } } }],
        [VALIDATING]: [],
        [BINDINGS]: [],
      }),
    ],
    fail: [
      cluster({
        namespaces: [{ metadata: { name: 'shop', labels: { [ENFORCE]: 'privileged' } } }],
        [VALIDATING]: [],
        [BINDINGS]: [named('soft', { spec: { policyName: 'soft', validationActions: ['Warn'] } })],
      }),
    ],
    find: nothingEnforced,
  }),
  clusterCheck({
    id: 'cluster-webhook-locks-out',
    title: 'A webhook that is away keeps the cluster from starting pods',
    severity: 'medium',
    rationale:
      'When its own pods are gone, they cannot come back, nor can those of the network and of DNS: the cluster heals no more.',
    remediation: 'Leave kube-system and the webhook’s own namespace out by a `namespaceSelector`.',
    controls: ['CP-10', 'SC-5'],
    references: [WEBHOOKS],
    pass: [cluster(gate(hook({}))), cluster(gate(hook({ failurePolicy: 'Ignore', namespaceSelector: {} })))],
    fail: [cluster(gate(hook({ namespaceSelector: {} })))],
    find: lockingHooks,
  }),
  clusterCheck({
    id: 'cluster-webhook-fails-open',
    title: 'A webhook that does not answer lets everything pass',
    severity: 'low',
    rationale: 'Whoever can slow a webhook down, or end its pods, deploys what it would have denied.',
    remediation:
      'Set `failurePolicy: Fail` with a selector that leaves the system out, or hold the same by a ValidatingAdmissionPolicy.',
    controls: ['CM-3', 'SC-5'],
    references: [WEBHOOKS],
    pass: [cluster(gate(hook({})))],
    fail: [cluster(gate(hook({ failurePolicy: 'Ignore' })))],
    find: openHooks,
  }),
  clusterCheck({
    id: 'cluster-webhook-without-service',
    title: 'A webhook asks a service that is not there',
    severity: 'high',
    rationale:
      'Whoever may create that service sees, and with a mutating webhook changes, every object that is sent to it.',
    remediation: 'Delete the configuration of what was removed, or bring the service back.',
    controls: ['AC-6', 'CM-8'],
    references: [WEBHOOKS],
    pass: [cluster(gate(hook({})))],
    fail: [cluster({ ...gate(hook({})), services: [] })],
    find: orphanHooks,
  }),
  clusterCheck({
    id: 'cluster-policy-unbound',
    title: 'A policy of the cluster is bound to nothing',
    severity: 'low',
    rationale: 'It looks as if it were in force, and no request is ever held against it.',
    remediation: 'Add a ValidatingAdmissionPolicyBinding that names it, or delete it.',
    controls: ['CM-3', 'CM-6'],
    references: [POLICIES],
    pass: [cluster(policy('no-root'))],
    fail: [cluster(policy('other'))],
    find: unboundPolicies,
  }),
  clusterCheck({
    id: 'cluster-binding-without-policy',
    title: 'A binding is for a policy that is not there',
    severity: 'low',
    rationale: 'The policy was renamed or deleted, and what it denied is let in again.',
    remediation: 'Apply the policy again, or correct `policyName`.',
    controls: ['CM-3', 'CM-6'],
    references: [POLICIES],
    pass: [cluster(policy('no-root'))],
    fail: [cluster(policy('no-roots'))],
    find: looseBindings,
  }),
  clusterCheck({
    id: 'cluster-api-unverified',
    title: 'The API server does not check who answers for an API',
    severity: 'medium',
    rationale: 'Whoever gets between it and the extension answers in its place, with objects that others trust.',
    remediation: 'Set `caBundle` of the APIService and remove `insecureSkipTLSVerify`.',
    controls: ['SC-8', 'SC-23'],
    references: ['https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/'],
    pass: [cluster({ 'apiservices.apiregistration.k8s.io': [named('v1.apps', { spec: {} })] })],
    fail: [
      cluster({
        'apiservices.apiregistration.k8s.io': [
          named('v1beta1.metrics.k8s.io', { spec: { insecureSkipTLSVerify: true } }),
        ],
      }),
    ],
    find: uncheckedApis,
  }),
];
