import { entriesOf } from '#foundation/documents/index.ts';
import type { Rule } from '#rbac/index.ts';
import type { Check } from '../../check.ts';
import { type Found, objectCheck } from '../declare.ts';
import { clusterRole, manifest } from '../examples.ts';
import { field, listAt } from '../fields.ts';
import type { KubernetesObject } from '../object.ts';
import { PAGES } from '../references.ts';
import { roleOf } from './holders.ts';

const AGGREGATION = 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles';

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

/** What a rule says that the API server does not read as it looks; undefined where all of it works. */
function withoutEffect(rule: Rule): string | undefined {
  const { verbs, apiGroups, resources, resourceNames, nonResourceUrls } = rule;
  const pattern = resources.find((named) => named !== '*' && named.endsWith('/*'));
  if (pattern !== undefined)
    return `${pattern} allows nothing: write the subresources, or */name for that of every resource`;
  const cased = verbs.find((verb) => verb !== verb.toLowerCase());
  if (cased !== undefined) return `the verb ${cased} allows nothing: verbs are lower case`;
  if (resources.length > 0 && apiGroups.length === 0)
    return 'a rule without apiGroups allows nothing on resources; the core group is ""';
  const nameless =
    resourceNames.length > 0 && resources.some((named) => !named.includes('/') && named !== '*')
      ? verbs.find((verb) => NAMELESS.has(verb))
      : undefined;
  if (nameless !== undefined && verbs.length === 1)
    return `${nameless} with resourceNames allows nothing: the request has no name yet`;
  const star = nonResourceUrls.find(hasInnerStar);
  return star === undefined ? undefined : `${star} allows only itself: a star counts at the end of an address`;
}

function hasInnerStar(url: string): boolean {
  const first = url.indexOf('*');
  return first !== -1 && /[^*]/.test(url.slice(first));
}

const NAMELESS = new Set(['create', 'deletecollection']);

function* ineffective(object: KubernetesObject): Iterable<Found> {
  for (const [index, rule] of (roleOf(object)?.rules ?? []).entries()) {
    const message = withoutEffect(rule);
    if (message !== undefined) yield { path: ['rules', index], message };
  }
}

export const roleShapeChecks: readonly Check<'kubernetes'>[] = [
  objectCheck({
    kinds: ['ClusterRole'],
    id: 'kubernetes-role-open-aggregation',
    title: 'The role takes in the rights of every other role',
    severity: 'critical',
    rationale: 'A selector without labels selects all roles: the bound subjects get the rights of cluster-admin.',
    remediation: 'Select by a label that only the intended roles carry.',
    controls: ['AC-6', 'AC-3'],
    references: [AGGREGATION],
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
    references: [AGGREGATION],
    examples: {
      fail: [`${clusterRoleHead('rbac.authorization.k8s.io/aggregate-to-edit: "true"')}rules: []\n`],
      pass: [`${clusterRoleHead('app: shop')}rules: []\n`],
    },
    find: aggregatedTo,
  }),
  objectCheck({
    kinds: ['Role', 'ClusterRole'],
    id: 'kubernetes-role-without-effect',
    title: 'A rule of the role does not allow what it seems to',
    severity: 'low',
    rationale:
      'Who reads the role takes its holders for more able than they are, and who then widens it until it works gives too much.',
    remediation: 'Write the verbs, groups and resources as the interface server compares them.',
    controls: ['AC-3', 'CM-6'],
    references: [PAGES.rbac],
    examples: {
      fail: [
        clusterRole('{apiGroups: [""], resources: [pods/*], verbs: [get]}'),
        clusterRole('{apiGroups: [""], resources: [pods], verbs: [GET]}'),
        clusterRole('{resources: [pods], verbs: [get]}'),
        clusterRole('{apiGroups: [""], resources: [pods], verbs: [create], resourceNames: [web]}'),
        clusterRole('{nonResourceURLs: ["/a/*/b"], verbs: [get]}'),
      ],
      pass: [
        clusterRole('{apiGroups: [""], resources: [pods, "*/scale"], verbs: [get]}'),
        clusterRole('{apiGroups: [""], resources: [pods/exec], verbs: [create], resourceNames: [web]}'),
        clusterRole('{nonResourceURLs: ["/a/*"], verbs: [get]}'),
      ],
    },
    find: ineffective,
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
