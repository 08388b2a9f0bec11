import { type Binding, describeSubject, type Rbac, type Rule, type Subject } from '#rbac/index.ts';
import { isEverything } from '../../kubernetes/rbac/holders.ts';
import { describeGiven, givenBy, type Right } from '../../kubernetes/rbac/right.ts';
import { ANONYMOUS, asAccount, asGroup, asUser, EVERYWHERE } from './footholds.ts';

/** What a rule gives to whoever has it, as far as it leads on. */
export type Power =
  | 'everything'
  | 'run-pods'
  | 'enter-pods'
  | 'read-secrets'
  | 'make-tokens'
  | 'impersonate-accounts'
  | 'impersonate-people'
  | 'bind-cluster-roles'
  | 'make-cluster-bindings'
  | 'bind-roles'
  | 'make-bindings'
  | 'escalate-cluster-roles'
  | 'change-cluster-roles'
  | 'reach-kubelets'
  | 'approve-certificates'
  | 'sign-certificates'
  | 'ask-for-certificates'
  | 'change-admission'
  | 'make-volumes'
  | 'label-namespaces';

const CONTROLLERS = ['deployments', 'daemonsets', 'statefulsets', 'replicasets'];
const RBAC = 'rbac.authorization.k8s.io';

function right(
  group: string,
  resources: readonly string[],
  verbs: readonly string[],
  names?: readonly string[],
): Right {
  return { group, resources, verbs, ...(names && { names }) };
}

const powers: readonly (readonly [Power, readonly Right[]])[] = [
  [
    'run-pods',
    [
      right('', ['pods', 'replicationcontrollers'], ['create'], []),
      right('apps', CONTROLLERS, ['create', 'update', 'patch'], []),
      right('batch', ['jobs', 'cronjobs'], ['create', 'update', 'patch'], []),
    ],
  ],
  [
    'enter-pods',
    [
      right('', ['pods/exec', 'pods/attach'], ['create', 'get'], []),
      right('', ['pods/ephemeralcontainers'], ['update', 'patch'], []),
    ],
  ],
  ['read-secrets', [right('', ['secrets'], ['get', 'list', 'watch'], [])]],
  ['make-tokens', [right('', ['serviceaccounts/token'], ['create'], [])]],
  ['impersonate-accounts', [right('', ['serviceaccounts'], ['impersonate'], [])]],
  ['impersonate-people', [right('', ['users', 'groups'], ['impersonate'], ['system:masters'])]],
  ['bind-cluster-roles', [right(RBAC, ['clusterroles'], ['bind'], ['cluster-admin'])]],
  ['make-cluster-bindings', [right(RBAC, ['clusterrolebindings'], ['create', 'update', 'patch'], [])]],
  ['bind-roles', [right(RBAC, ['roles', 'clusterroles'], ['bind'], ['cluster-admin', 'admin'])]],
  ['make-bindings', [right(RBAC, ['rolebindings'], ['create', 'update', 'patch'], [])]],
  ['escalate-cluster-roles', [right(RBAC, ['clusterroles'], ['escalate'], [])]],
  ['change-cluster-roles', [right(RBAC, ['clusterroles'], ['update', 'patch'], [])]],
  ['reach-kubelets', [right('', ['nodes/proxy'], ['get', 'create'], [])]],
  [
    'approve-certificates',
    [right('certificates.k8s.io', ['certificatesigningrequests/approval'], ['update', 'patch'], [])],
  ],
  [
    'sign-certificates',
    [right('certificates.k8s.io', ['signers'], ['approve'], ['kubernetes.io/kube-apiserver-client'])],
  ],
  ['ask-for-certificates', [right('certificates.k8s.io', ['certificatesigningrequests'], ['create'], [])]],
  [
    'change-admission',
    [right('admissionregistration.k8s.io', ['mutatingwebhookconfigurations'], ['create', 'update', 'patch'], [])],
  ],
  ['make-volumes', [right('', ['persistentvolumes'], ['create'], [])]],
  ['label-namespaces', [right('', ['namespaces'], ['update', 'patch'], [])]],
];

/** One power of somebody in one place, and how they came by it. */
export interface HeldPower {
  readonly power: Power;
  /** `EVERYWHERE`, or the namespace of the binding. */
  readonly scope: string;
  /** `get and list secrets, by ClusterRoleBinding web` */
  readonly words: string;
  /** Of the binding: what takes it away. */
  readonly binding: string;
}

/** The powers of all who have some, by foothold. */
export function powersOf(rbac: Rbac): ReadonlyMap<string, readonly HeldPower[]> {
  const held = new Map<string, HeldPower[]>();
  for (const binding of rbac.bindings) {
    const scope = binding.kind === 'ClusterRoleBinding' ? EVERYWHERE : (binding.namespace ?? '');
    const given = rbac
      .rolesOf(binding)
      .flatMap((role) => rbac.rulesOf(role).flatMap(({ rule }) => powersIn(rule, scope)));
    if (given.length === 0) continue;
    const name = nameOf(binding);
    for (const subject of binding.subjects) {
      const holder = footholdOf(subject);
      if (holder === undefined) continue;
      const list = held.get(holder) ?? [];
      held.set(holder, list);
      for (const { power, what } of given)
        list.push({
          power,
          scope,
          words: `may ${what}, by ${name}`,
          binding: `${name} for ${describeSubject(subject)}`,
        });
    }
  }
  return held;
}

function powersIn(rule: Rule, scope: string): readonly { readonly power: Power; readonly what: string }[] {
  if (isEverything(rule) && rule.resourceNames.length === 0) return [{ power: 'everything', what: 'do everything' }];
  return powers.flatMap(([power, rights]) => {
    for (const one of rights) {
      const given = givenBy(rule, one, scope === EVERYWHERE ? 'cluster' : 'namespace');
      if (given) return [{ power, what: describeGiven(given) }];
    }
    return [];
  });
}

function nameOf({ kind, namespace, name }: Binding): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** Those who run Kubernetes itself are not asked: their rights are its own. */
function footholdOf({ kind, name, namespace }: Subject): string | undefined {
  if (kind === 'ServiceAccount') return namespace === undefined ? undefined : asAccount(namespace, name);
  if (name === 'system:anonymous' || name === 'system:unauthenticated') return ANONYMOUS;
  return kind === 'Group' ? asGroup(name) : asUser(name);
}
