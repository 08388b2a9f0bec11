import { coversResource, type Rule } from '#rbac/index.ts';

/** A right that is dangerous to give: any of the verbs on any of the resources. */
export interface Right {
  /** Group of the interface; empty for the core. */
  readonly group: string;
  /** `pods/exec`; `userextras/*` is any subresource. */
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /**
   * What a rule's limit to names changes. Absent: nothing, every such object will do. Empty: a limited rule is no danger. Else: one that is
   * limited to other objects than these is none.
   */
  readonly names?: readonly string[];
  /** Only a rule that is limited to one of the names counts: one without a limit is told of for more than these. */
  readonly mustName?: true;
}

/** What a rule gives of a right. */
export interface Given {
  readonly verbs: readonly string[];
  readonly resource: string;
  /** Of the only objects that it is given on; empty for all. */
  readonly names: readonly string[];
}

export const WRITE: readonly string[] = ['create', 'update', 'patch'];
export const REMOVE: readonly string[] = ['delete', 'deletecollection'];

/** A binding in a namespace gives nothing on these: their requests belong to none. */
const CLUSTER_WIDE = new Set([
  ...['nodes', 'persistentvolumes', 'users', 'groups', 'uids', 'userextras', 'clusterroles', 'clusterrolebindings'],
  ...['mutatingwebhookconfigurations', 'validatingwebhookconfigurations', 'apiservices', 'customresourcedefinitions'],
  ...['validatingadmissionpolicies', 'validatingadmissionpolicybindings', 'storageclasses', 'csidrivers', 'csinodes'],
  ...['mutatingadmissionpolicies', 'mutatingadmissionpolicybindings', 'certificatesigningrequests', 'signers'],
  ...['clustertrustbundles', 'runtimeclasses', 'priorityclasses', 'volumeattachments', 'ingressclasses'],
]);

/** What the rule gives of the right where it reaches the cluster, or one namespace only. */
export function givenBy(rule: Rule, right: Right, reach: 'cluster' | 'namespace'): Given | undefined {
  const { apiGroups, resourceNames } = rule;
  const { names, mustName = false } = right;
  if (mustName && resourceNames.length === 0) return undefined;
  if (!apiGroups.includes('*') && !apiGroups.includes(right.group)) return undefined;
  if (names && resourceNames.length > 0 && !names.some((name) => resourceNames.includes(name))) return undefined;
  for (const wanted of right.resources) {
    const [resource = '', subresource] = wanted.split('/');
    if (reach === 'namespace' && CLUSTER_WIDE.has(resource)) continue;
    const named = rule.resources.find((one) => covers(one, resource, subresource));
    if (named === undefined) continue;
    const verbs = verbsOf(rule, right, subresource);
    if (verbs.length > 0)
      return { verbs, names: resourceNames, resource: named === '*' ? `every resource, ${wanted} among them` : wanted };
  }
  return undefined;
}

function covers(named: string, resource: string, subresource: string | undefined): boolean {
  return subresource === '*'
    ? named === '*' || named.startsWith(`${resource}/`) || named.startsWith('*/')
    : coversResource(named, resource, subresource);
}

/** Requests of these verbs carry no name: a rule for names never allows them. On a subresource they carry that of its object. */
const NAMELESS = new Set(['create', 'deletecollection']);

function verbsOf(rule: Rule, { verbs }: Right, subresource: string | undefined): readonly string[] {
  const isNamed = rule.resourceNames.length > 0 && subresource === undefined;
  const left = isNamed ? verbs.filter((verb) => !NAMELESS.has(verb)) : verbs;
  if (rule.verbs.includes('*')) return left.length > 0 ? ['*'] : [];
  return left.filter((verb) => rule.verbs.includes(verb));
}

/** `get and list secrets`, as what somebody may. */
export function describeGiven({ verbs, resource, names }: Given): string {
  const only =
    names.length === 0 ? '' : ` named ${inWords(names.length > 3 ? [...names.slice(0, 3), 'others'] : names)}`;
  return `${verbs.includes('*') ? 'do everything with' : inWords(verbs)} ${resource}${only}`;
}

function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
