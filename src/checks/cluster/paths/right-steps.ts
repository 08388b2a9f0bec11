import { memberOf } from '#foundation/documents/index.ts';
import { objectsOf } from '#posture/index.ts';
import { nameOf, namespaceOf } from '../cluster-check.ts';
import type { Estate } from './estate.ts';
import {
  ADMIN,
  ANONYMOUS,
  anyAccountOf,
  asAccount,
  asGroup,
  CHOSEN_NODE,
  EVERYWHERE,
  inAnyPodOf,
  inWorkload,
  newPodIn,
  OUTSIDE,
  secretsOf,
} from './footholds.ts';
import type { Cut, Step } from './graph.ts';
import { type HeldPower, type Power, powersOf } from './rights.ts';

/** Powers that are enough by themselves, everywhere: the whole cluster is theirs. */
const WHOLE: ReadonlyMap<Power, string> = new Map([
  ['everything', 'does what it wants'],
  ['impersonate-people', 'speaks as one of system:masters'],
  ['change-admission', 'registers a webhook that sees and changes all that is sent to the API server'],
]);

/** Powers that are nothing alone, and all of it together. */
const TOGETHER: readonly (readonly [first: Power, second: Power, third: Power | undefined, how: string])[] = [
  ['bind-cluster-roles', 'make-cluster-bindings', undefined, 'binds cluster-admin to itself'],
  ['escalate-cluster-roles', 'change-cluster-roles', undefined, 'writes all rights into a role that it has'],
  [
    'ask-for-certificates',
    'approve-certificates',
    'sign-certificates',
    'approves a certificate for itself that names a part of the control plane',
  ],
];

/** From somebody's rights to what they lead to. */
export function* rightSteps(estate: Estate): Iterable<Step> {
  const held = powersOf(estate.manifests.rbac);
  for (const [holder, powers] of held) {
    yield* whole(holder, powers);
    yield* withinNamespaces(holder, powers);
  }
  if (held.has(ANONYMOUS))
    yield {
      from: OUTSIDE,
      to: ANONYMOUS,
      how: 'asks the API server without saying who it is, where that is reached',
      weight: 1,
    };
}

function* whole(holder: string, powers: readonly HeldPower[]): Iterable<Step> {
  const everywhere = powers.filter(({ scope }) => scope === EVERYWHERE);
  const find = (power: Power | undefined) => everywhere.find((one) => one.power === power);
  for (const held of everywhere) {
    const how = WHOLE.get(held.power);
    if (how !== undefined) yield step(holder, ADMIN, held, how, 0);
    if (held.power === 'reach-kubelets')
      yield step(holder, inAnyPodOf(EVERYWHERE), held, 'runs commands in every pod through the kubelets', 0);
  }
  for (const [one, other, third, how] of TOGETHER) {
    const [a, b] = [find(one), find(other)];
    const c = third === undefined ? b : find(third);
    if (a && b && c) yield step(holder, ADMIN, a, `${how} (${b.words})`, 0);
  }
}

/** What a power in a namespace leads to by itself. All that there is in one gives all of these. */
const WITHIN: readonly (readonly [Power, foothold: (namespace: string) => string, how: string])[] = [
  ['run-pods', newPodIn, 'starts a pod of its own'],
  ['enter-pods', inAnyPodOf, 'runs commands in pods'],
  ['read-secrets', secretsOf, 'reads secrets'],
  ['make-tokens', anyAccountOf, 'asks for the token of another service account'],
  ['impersonate-accounts', anyAccountOf, 'speaks as another service account'],
];

function* withinNamespaces(holder: string, powers: readonly HeldPower[]): Iterable<Step> {
  const everywhere = (power: Power) => powers.find((one) => one.power === power && one.scope === EVERYWHERE);
  for (const held of powers) {
    const { scope, power } = held;
    const isAll = power === 'everything' && scope !== EVERYWHERE;
    for (const [one, foothold, how] of WITHIN)
      if (isAll || power === one) yield step(holder, foothold(scope), held, how, 0);
    if (power === 'run-pods') yield* pastLevels(holder, held, everywhere);
    const binds =
      power === 'make-bindings' &&
      (everywhere('bind-roles') ?? powers.find((one) => one.power === 'bind-roles' && one.scope === scope));
    if (binds)
      for (const foothold of [newPodIn, inAnyPodOf, secretsOf])
        yield step(holder, foothold(scope), held, `binds the role admin to itself (${binds.words})`, 0);
  }
}

function* pastLevels(
  holder: string,
  held: HeldPower,
  everywhere: (power: Power) => HeldPower | undefined,
): Iterable<Step> {
  for (const [other, how] of PAST_LEVELS) {
    const by = everywhere(other);
    if (by) yield step(holder, CHOSEN_NODE, held, `${how} (${by.words}) and starts a pod that has the node`, 1);
  }
}

/** What lets a pod have its node although its namespace enforces a Pod Security Standard. */
const PAST_LEVELS: readonly (readonly [Power, string])[] = [
  ['make-volumes', 'makes a volume of a path of the node'],
  ['label-namespaces', 'takes the label from the namespace'],
];

function step(from: string, to: string, { words, binding }: HeldPower, how: string, weight: number): Step {
  const cut: Cut = {
    id: `binding ${binding}`,
    what: `Take the right away that is not needed: ${words.replace(/^may /, '')}`,
    cost: 2,
  };
  return { from, to, how: `${how}: it ${words}`, weight, cut };
}

/** What follows by itself: everywhere is every namespace, and a service account is in its groups. */
export function* naturalSteps(estate: Estate): Iterable<Step> {
  const namespaces = namesOfNamespaces(estate);
  for (const namespace of namespaces)
    for (const place of [newPodIn, inAnyPodOf, secretsOf, anyAccountOf])
      yield { from: place(EVERYWHERE), to: place(namespace), how: `${namespace} is one of them`, weight: 0 };
  for (const [key, { object }] of estate.workloads)
    yield { from: inAnyPodOf(object.namespace ?? ''), to: inWorkload(key), how: `${key} is one of them`, weight: 0 };
  for (const { namespace, name } of accountsOf(estate)) {
    const account = asAccount(namespace, name);
    yield { from: anyAccountOf(namespace), to: account, how: `${name} is one of them`, weight: 0 };
    yield { from: newPodIn(namespace), to: account, how: `the pod runs as ${name}`, weight: 0 };
    yield {
      from: account,
      to: asGroup(`system:serviceaccounts:${namespace}`),
      how: 'every service account of the namespace is in it',
      weight: 0,
    };
  }
  for (const namespace of namespaces)
    yield {
      from: asGroup(`system:serviceaccounts:${namespace}`),
      to: asGroup('system:serviceaccounts'),
      how: 'every service account is in it',
      weight: 0,
    };
  yield {
    from: asGroup('system:serviceaccounts'),
    to: asGroup('system:authenticated'),
    how: 'whoever signed in is in it',
    weight: 0,
  };
  yield* tokenSecrets(estate);
}

/** Secrets with tokens: whoever reads them is the account. */
function* tokenSecrets({ state }: Estate): Iterable<Step> {
  for (const secret of objectsOf(state, 'secrets')) {
    const annotations = memberOf(memberOf(secret, 'metadata'), 'annotations');
    const name = memberOf(annotations, 'kubernetes.io/service-account.name');
    if (typeof name !== 'string') continue;
    const namespace = namespaceOf(secret);
    yield {
      from: secretsOf(namespace),
      to: asAccount(namespace, name),
      how: `secret ${nameOf(secret)} holds a token of ${name}`,
      weight: 0,
      cut: {
        id: `secret ${namespace}/${nameOf(secret)}`,
        what: `Delete the secret ${namespace}/${nameOf(secret)}: its token never ends`,
        cost: 1,
      },
    };
  }
}

function namesOfNamespaces({ namespaces, workloads }: Estate): ReadonlySet<string> {
  return new Set([...namespaces.keys(), ...[...workloads.values()].map(({ object }) => object.namespace ?? '')]);
}

/** Those that are listed, and those that are given something: each of them exists or may be made. */
function accountsOf({
  state,
  manifests,
  workloads,
}: Estate): Iterable<{ readonly namespace: string; readonly name: string }> {
  const found = new Map<string, { readonly namespace: string; readonly name: string }>();
  const add = (namespace: string, name: string) => found.set(`${namespace}/${name}`, { namespace, name });
  for (const one of objectsOf(state, 'serviceaccounts')) add(namespaceOf(one), nameOf(one));
  for (const { subjects } of manifests.rbac.bindings)
    for (const { kind, namespace, name } of subjects)
      if (kind === 'ServiceAccount' && namespace !== undefined && (found.size === 0 || !isListed(state)))
        add(namespace, name);
  for (const { object } of workloads.values()) add(object.namespace ?? '', 'default');
  return found.values();
}

function isListed(state: Estate['state']): boolean {
  const list = state.objects.get('serviceaccounts');
  return list !== undefined && 'known' in list;
}
