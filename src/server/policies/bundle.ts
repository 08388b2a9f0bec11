import { isMap, parseAllDocuments, stringify } from 'yaml';
import type { CatalogPolicy } from './catalog.ts';

export type BindingAction = 'audit' | 'warn' | 'deny';

const STRICTNESS: readonly BindingAction[] = ['audit', 'warn', 'deny'];

const WORDS: Readonly<Record<BindingAction, readonly string[]>> = {
  audit: ['Audit'],
  warn: ['Warn', 'Audit'],
  deny: ['Deny'],
};

/** Of several bindings of a policy to the same asset the strictest counts. */
export function strictest(actions: readonly BindingAction[]): BindingAction {
  return STRICTNESS[Math.max(...actions.map((action) => STRICTNESS.indexOf(action)), 0)] ?? 'audit';
}

export interface BoundPolicy {
  readonly policy: CatalogPolicy;
  readonly action: BindingAction;
}

/** The policies as YAML, each bound with its action: for `plimsoll scan --policy` and, where they are about Kubernetes, for a cluster. */
export function bundleOf(bound: readonly BoundPolicy[]): string {
  return bound.map(({ policy, action }) => withAction(policy, action)).join('---\n');
}

function withAction({ name, source }: CatalogPolicy, action: BindingAction): string {
  const documents = parseAllDocuments(source);
  let isBound = false;
  if (!Array.isArray(documents)) return source;
  for (const document of documents) {
    if (!isMap(document.contents) || document.get('kind') !== 'ValidatingAdmissionPolicyBinding') continue;
    document.setIn(['spec', 'validationActions'], document.createNode(WORDS[action], { flow: true }));
    isBound = true;
  }
  const texts = documents.map((document) => document.toString({ directives: false }));
  return [...texts, ...(isBound ? [] : [stringify(bindingOf(name, action))])].join('---\n');
}

/** https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/validating-admission-policy-binding-v1/ */
function bindingOf(name: string, action: BindingAction): object {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name, validationActions: WORDS[action] },
  };
}
