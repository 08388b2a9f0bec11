import { asMembers, entriesOf, type Members, memberOf } from '#foundation/documents/index.ts';
import { isSecretName, redactText } from '../redact.ts';
import type { ResourceKind } from './resources.ts';

/** Annotations that repeat the object as it was applied: of a Secret, its contents. */
const COPIES = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'kopf.zalando.org/last-handled-configuration',
]);

/** What of an object's state is asked about: versions of a node, addresses of a service, whether a pod runs. */
const KEPT_STATES = new Map<string, readonly string[]>([
  ['Node', ['nodeInfo', 'addresses']],
  ['Service', ['loadBalancer']],
  ['Ingress', ['loadBalancer']],
  ['Pod', ['phase', 'podIP', 'hostIP']],
]);

/**
 * An object without what nobody asks about and what must not be kept: bookkeeping of the API server, copies of itself, the values of
 * secrets, and values of variables that read like one.
 */
export function trimmed(object: Members, { kind, group, version, isMetadataOnly }: ResourceKind): Members {
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const metadata = metadataOf(object);
  if (isMetadataOnly) return { apiVersion, kind, metadata, ...(kind === 'Secret' && typeOf(object)) };
  const rest = Object.fromEntries(
    entriesOf(object).filter(([name]) => !['apiVersion', 'kind', 'metadata', 'status'].includes(name)),
  );
  const status = stateOf(kind, memberOf(object, 'status'));
  return { apiVersion, kind, metadata, ...withoutValues(rest), ...(status && { status }) };
}

/** Asked for their metadata alone, secrets come without a type; in an export they have one. */
function typeOf(object: Members): { readonly type?: string } {
  const type = memberOf(object, 'type');
  return typeof type === 'string' ? { type } : {};
}

function metadataOf(object: Members): Members {
  const kept = entriesOf(memberOf(object, 'metadata')).filter(([name]) => name !== 'managedFields');
  return Object.fromEntries(
    kept.map(([name, value]) => [name, name === 'annotations' ? withoutCopies(value) : value] as const),
  );
}

function withoutCopies(annotations: unknown): Members {
  return Object.fromEntries(entriesOf(annotations).filter(([name]) => !COPIES.has(name)));
}

function stateOf(kind: string, status: unknown): Members | undefined {
  const kept = KEPT_STATES.get(kind)?.flatMap((name) => {
    const value = memberOf(status, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return kept && kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** Command lines and addresses keep their shape; what stands for a password in them does not. */
function withoutValues(value: unknown): Members {
  return asMembers(hidden(value, 0)) ?? {};
}

const MAX_DEPTH = 64;

function hidden(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.length > 4096 ? value : redactText(value);
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => hidden(one, depth + 1));
  if (isSecretVariable(value)) return { ...value, value: HIDDEN };
  return Object.fromEntries(
    entriesOf(value).map(([name, one]) => [name, isSecretText(name, one) ? HIDDEN : hidden(one, depth + 1)]),
  );
}

/** An entry of `env`: name and value are members beside each other. */
function isSecretVariable(value: object): boolean {
  const name = memberOf(value, 'name');
  const text = memberOf(value, 'value');
  return typeof name === 'string' && isSecretText(name, text);
}

/** Not `<hidden>`: that reads as a gap that a person is to fill, and what stood here was a secret. */
const HIDDEN = '(hidden)';

/** What is no secret itself may stay: nothing, a number, a path, a reference to another variable, a gap to be filled. */
const HARMLESS = /^(?:.{0,3}$|true$|false$|none$|null$|[/<]|\$[({]|changeme$)/is;
const ABOUT_SECRETS = /(?:name|path|file|kind|type|audience)$/i;

/** Of a ConfigMap, an annotation, an argument of a provisioner. */
function isSecretText(name: string, value: unknown): boolean {
  return typeof value === 'string' && isSecretName(name) && !ABOUT_SECRETS.test(name) && !HARMLESS.test(value);
}
