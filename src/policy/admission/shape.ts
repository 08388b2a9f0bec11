import { isObject, type JsonObject, listAt, type ManifestObject, objectAt, textAt, textsAt } from '#manifests/index.ts';
import type { PolicyFault } from './policy.ts';

type Path = readonly (string | number)[];

/** What an API server refuses in a policy beside its expressions: words it does not know, names that stand twice, too many of a thing. */
export function faultsOfPolicyShape(object: ManifestObject): PolicyFault[] {
  const shape = new Shape(object);
  const spec = objectAt(object.json, 'spec');
  shape.oneOf(spec, ['spec'], 'failurePolicy', ['Fail', 'Ignore']);
  shape.match(objectAt(spec, 'matchConstraints'), ['spec', 'matchConstraints']);
  if (isObject(spec['paramKind'])) shape.wanted(spec['paramKind'], ['spec', 'paramKind'], ['apiVersion', 'kind']);
  shape.named(spec, 'matchConditions', 'name', 64);
  shape.named(spec, 'variables', 'name', Number.POSITIVE_INFINITY);
  shape.named(spec, 'auditAnnotations', 'key', 20);
  for (const [index, one] of listAt(spec, 'variables').entries()) {
    const name = textAt(one, 'name') ?? '';
    const isName = /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name);
    if (name !== '' && !isName) shape.fault(['spec', 'variables', index, 'name'], `'${name}' is no name of a variable`);
  }
  for (const [index, one] of listAt(spec, 'validations').entries())
    shape.validation(one, ['spec', 'validations', index]);
  return shape.faults;
}

/** What an API server refuses in a binding. */
export function faultsOfBindingShape(object: ManifestObject): PolicyFault[] {
  const shape = new Shape(object);
  const spec = objectAt(object.json, 'spec');
  shape.wanted(spec, ['spec'], ['policyName']);
  shape.match(objectAt(spec, 'matchResources'), ['spec', 'matchResources']);
  const place = ['spec', 'validationActions'];
  const actions = textsAt(spec, 'validationActions');
  if (actions.length === 0) shape.fault(place, 'validationActions must say what happens: Deny, Warn, Audit');
  for (const action of actions)
    if (!['Deny', 'Warn', 'Audit'].includes(action)) shape.fault(place, unknown(action, ['Deny', 'Warn', 'Audit']));
  if (new Set(actions).size < actions.length) shape.fault(place, 'an action stands twice');
  if (actions.includes('Deny') && actions.includes('Warn')) shape.fault(place, 'Deny and Warn cannot stand together');
  if (isObject(spec['paramRef'])) shape.parameterReference(spec['paramRef'], ['spec', 'paramRef']);
  return shape.faults;
}

function unknown(word: string, known: readonly string[]): string {
  return `${word.slice(0, 50)} is not known; there are ${known.join(', ')}`;
}

const REASONS = ['Unauthorized', 'Forbidden', 'Invalid', 'RequestEntityTooLarge'];
const OPERATIONS = ['*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'];

class Shape {
  readonly faults: PolicyFault[] = [];
  readonly #object: ManifestObject;
  readonly #name: string;

  constructor(object: ManifestObject) {
    this.#object = object;
    this.#name = textAt(objectAt(object.json, 'metadata'), 'name') ?? '';
  }

  fault(path: Path, message: string): void {
    this.faults.push({ policy: this.#name, place: this.#object.place(...path), message });
  }

  wanted(one: unknown, path: Path, names: readonly string[]): void {
    for (const name of names) if ((textAt(one, name) ?? '') === '') this.fault(path, `${name} is missing`);
  }

  oneOf(one: unknown, path: Path, name: string, known: readonly string[]): void {
    const given = isObject(one) ? one[name] : undefined;
    if (given === undefined || given === null) return;
    if (typeof given !== 'string' || !known.includes(given))
      this.fault([...path, name], `${name} ${unknown(String(given), known)}`);
  }

  /** A list of things that have names, each but once. */
  named(spec: JsonObject, list: string, key: string, most: number): void {
    const names = listAt(spec, list).map((one) => textAt(one, key));
    if (names.length > most) this.fault(['spec', list], `${list} may be ${most} at most`);
    for (const [index, name] of names.entries())
      if (name !== undefined && names.indexOf(name) < index) this.fault(['spec', list, index], `${name} stands twice`);
  }

  match(match: JsonObject, path: Path): void {
    this.oneOf(match, path, 'matchPolicy', ['Exact', 'Equivalent']);
    for (const list of ['resourceRules', 'excludeResourceRules'])
      for (const [index, rule] of listAt(match, list).entries()) this.#rule(rule, [...path, list, index]);
  }

  #rule(rule: unknown, path: Path): void {
    this.oneOf(rule, path, 'scope', ['*', 'Cluster', 'Namespaced']);
    for (const name of ['apiGroups', 'apiVersions', 'operations', 'resources']) {
      const words = textsAt(rule, name);
      if (words.length === 0) this.fault(path, `${name} is missing`);
      const isAlone = name === 'resources' || words.length === 1 || !words.includes('*');
      if (!isAlone) this.fault([...path, name], `beside * there may be no other of ${name}`);
    }
    for (const operation of textsAt(rule, 'operations'))
      if (!OPERATIONS.includes(operation)) this.fault([...path, 'operations'], unknown(operation, OPERATIONS));
  }

  validation(one: unknown, path: Path): void {
    this.oneOf(one, path, 'reason', REASONS);
    for (const name of ['message', 'messageExpression'])
      if (textAt(one, name)?.trim() === '') this.fault([...path, name], `${name} is empty`);
    if (/[\r\n]/.test(textAt(one, 'message')?.trim() ?? '')) this.fault([...path, 'message'], 'a message has one line');
  }

  parameterReference(reference: JsonObject, path: Path): void {
    const hasName = (textAt(reference, 'name') ?? '') !== '';
    if (hasName === isObject(reference['selector'])) this.fault(path, 'paramRef has either a name or a selector');
    this.wanted(reference, path, ['parameterNotFoundAction']);
    this.oneOf(reference, path, 'parameterNotFoundAction', ['Allow', 'Deny']);
  }
}
