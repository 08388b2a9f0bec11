import { parseType, type Type } from '#expressions/index.ts';

/** What is known of the names that an expression of a policy may use. */
export interface ExpressionNames {
  readonly object?: Type;
  readonly params?: Type;
  /** The policy's own variables that stand before it. */
  readonly variables: ReadonlyMap<string, Type>;
  readonly hasParameters: boolean;
  readonly hasAuthorizer: boolean;
}

const DYN = parseType('dyn');

export function typesOfNames(names: ExpressionNames): ReadonlyMap<string, Type> {
  const { object = DYN, params = DYN, variables, hasParameters, hasAuthorizer } = names;
  const known = new Map<string, Type>([
    ['object', object],
    ['oldObject', object],
    ['namespaceObject', NAMESPACE],
    ['request', REQUEST],
    ['variables', { name: 'kubernetes.variables', of: [], fields: new Map(variables) }],
  ]);
  if (hasParameters) known.set('params', params);
  if (hasAuthorizer)
    known
      .set('authorizer', parseType('kubernetes.authorization.Authorizer'))
      .set('authorizer.requestResource', parseType('kubernetes.authorization.ResourceCheck'));
  return known;
}

function objectType(name: string, fields: Readonly<Record<string, string | Type>>): Type {
  const entries = Object.entries(fields).map(
    ([field, type]) => [field, typeof type === 'string' ? parseType(type) : type] as const,
  );
  return { name, of: [], fields: new Map(entries) };
}

const KIND = objectType('kubernetes.GroupVersionKind', { group: 'string', version: 'string', kind: 'string' });
const RESOURCE = objectType('kubernetes.GroupVersionResource', {
  group: 'string',
  version: 'string',
  resource: 'string',
});
const REQUEST = objectType('kubernetes.AdmissionRequest', {
  kind: KIND,
  resource: RESOURCE,
  subResource: 'string',
  requestKind: KIND,
  requestResource: RESOURCE,
  requestSubResource: 'string',
  name: 'string',
  namespace: 'string',
  operation: 'string',
  userInfo: objectType('kubernetes.UserInfo', {
    username: 'string',
    uid: 'string',
    groups: 'list(string)',
    extra: 'map(string, list(string))',
  }),
  dryRun: 'bool',
  options: 'dyn',
});

const LABELS = 'map(string, string)';
const CONDITION = objectType('kubernetes.NamespaceCondition', {
  status: 'string',
  type: 'string',
  lastTransitionTime: 'timestamp',
  message: 'string',
  reason: 'string',
});

/** What an API server shows of a namespace: not all of it, and `UID` in capitals. */
const NAMESPACE = objectType('kubernetes.Namespace', {
  metadata: objectType('kubernetes.NamespaceMetadata', {
    name: 'string',
    generateName: 'string',
    namespace: 'string',
    labels: LABELS,
    annotations: LABELS,
    UID: 'string',
    creationTimestamp: 'timestamp',
    deletionGracePeriodSeconds: 'int',
    deletionTimestamp: 'timestamp',
    generation: 'int',
    resourceVersion: 'string',
    finalizers: 'list(string)',
  }),
  spec: objectType('kubernetes.NamespaceSpec', { finalizers: 'list(string)' }),
  status: objectType('kubernetes.NamespaceStatus', {
    conditions: { name: 'list', of: [CONDITION] },
    phase: 'string',
  }),
});
