import { compileExpression, type ExpressionFault, type Program, parseType, type Type } from '#expressions/index.ts';
import { isObject, type JsonObject, listAt, type ManifestObject, objectAt, textAt, textsAt } from '#manifests/index.ts';
import { subjectType } from '../subjects/index.ts';

/** A ValidatingAdmissionPolicy, its expressions made ready. */
export interface AdmissionPolicy {
  readonly name: string;
  readonly place: string;
  readonly constraints: JsonObject;
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly hasParameters: boolean;
  readonly conditions: readonly NamedExpression[];
  readonly variables: readonly NamedExpression[];
  readonly validations: readonly Validation[];
  readonly annotations: readonly NamedExpression[];
}

export interface PolicyExpression {
  readonly program: Program;
  /** `policy.yaml:12:19` */
  readonly place: string;
}

export interface NamedExpression extends PolicyExpression {
  readonly name: string;
}

export interface Validation extends PolicyExpression {
  readonly message?: string;
  readonly messageProgram?: Program;
  readonly reason: string;
}

/** What is wrong with a policy, and where in its file. */
export interface PolicyFault {
  readonly policy: string;
  readonly place: string;
  readonly message: string;
  /** Line and column within the expression, and the line itself; absent where it is not about an expression. */
  readonly fault?: ExpressionFault;
}

export interface PolicyBinding {
  readonly name: string;
  readonly policyName: string;
  readonly place: string;
  readonly actions: readonly string[];
  readonly match: JsonObject;
  readonly parameters: JsonObject | undefined;
}

const GROUP = 'admissionregistration.k8s.io/';

export function isPolicy({ json }: ManifestObject): boolean {
  return isOfKind(json, 'ValidatingAdmissionPolicy');
}

export function isBinding({ json }: ManifestObject): boolean {
  return isOfKind(json, 'ValidatingAdmissionPolicyBinding');
}

function isOfKind(json: JsonObject, kind: string): boolean {
  return textAt(json, 'apiVersion')?.startsWith(GROUP) === true && textAt(json, 'kind') === kind;
}

export function readBinding({ json, place }: ManifestObject): PolicyBinding {
  const spec = objectAt(json, 'spec');
  return {
    name: textAt(objectAt(json, 'metadata'), 'name') ?? '',
    policyName: textAt(spec, 'policyName') ?? '',
    place: place(),
    actions: textsAt(spec, 'validationActions'),
    match: objectAt(spec, 'matchResources'),
    parameters: isObject(spec['paramRef']) ? spec['paramRef'] : undefined,
  };
}

/** Reads a policy. What is wrong with it comes all at once; one with a fault cannot be evaluated. */
export function readPolicy(object: ManifestObject): {
  readonly policy: AdmissionPolicy;
  readonly faults: readonly PolicyFault[];
} {
  const reader = new PolicyReader(object);
  return { policy: reader.read(), faults: reader.faults };
}

class PolicyReader {
  readonly faults: PolicyFault[] = [];
  readonly #object: ManifestObject;
  readonly #spec: JsonObject;
  readonly #name: string;
  /** Types of the policy's own variables, in the order in which they may use each other. */
  readonly #fields = new Map<string, Type>();
  readonly #objectType: Type;

  constructor(object: ManifestObject) {
    this.#object = object;
    this.#spec = objectAt(object.json, 'spec');
    this.#name = textAt(objectAt(object.json, 'metadata'), 'name') ?? '';
    this.#objectType = subjectType(objectAt(this.#spec, 'matchConstraints')) ?? parseType('dyn');
  }

  read(): AdmissionPolicy {
    const constraints = objectAt(this.#spec, 'matchConstraints');
    if (listAt(constraints, 'resourceRules').length === 0)
      this.#fault(
        ['spec', 'matchConstraints'],
        'matchConstraints.resourceRules says what the policy is about and may not be empty',
      );
    const conditions = this.#named('matchConditions', 'name', BOOL);
    const variables = this.#variables();
    const validations = listAt(this.#spec, 'validations').flatMap((one, index) => this.#validation(one, index));
    const annotations = this.#named('auditAnnotations', 'key', undefined, 'valueExpression');
    if (validations.length + annotations.length === 0)
      this.#fault(['spec'], 'a policy needs validations or auditAnnotations');
    return {
      name: this.#name,
      place: this.#object.place('metadata', 'name'),
      constraints,
      failurePolicy: textAt(this.#spec, 'failurePolicy') === 'Ignore' ? 'Ignore' : 'Fail',
      hasParameters: isObject(this.#spec['paramKind']),
      conditions,
      variables,
      validations,
      annotations,
    };
  }

  #fault(path: readonly (string | number)[], message: string, fault?: ExpressionFault): void {
    const place = this.#object.place(...path);
    this.faults.push({ policy: this.#name, place, message, ...(fault && { fault }) });
  }

  #variables(): NamedExpression[] {
    return listAt(this.#spec, 'variables').flatMap((one, index) => {
      const made = this.#one(one, ['spec', 'variables', index], 'name', 'expression', undefined);
      // One that is broken is known all the same, so that its users are not called broken too.
      this.#fields.set(textAt(one, 'name') ?? '', made[0]?.program.type ?? parseType('dyn'));
      return made;
    });
  }

  #named(list: string, name: string, wanted: string | undefined, expression = 'expression'): NamedExpression[] {
    return listAt(this.#spec, list).flatMap((one, index) =>
      this.#one(one, ['spec', list, index], name, expression, wanted),
    );
  }

  #one(
    json: unknown,
    path: readonly (string | number)[],
    nameKey: string,
    key: string,
    wanted: string | undefined,
  ): NamedExpression[] {
    const name = textAt(json, nameKey);
    if (name === undefined || name === '') this.#fault(path, `${nameKey} is missing`);
    const made = this.#expression(json, path, key, wanted);
    return name === undefined || made === undefined ? [] : [{ name, ...made }];
  }

  #validation(json: unknown, index: number): Validation[] {
    const path = ['spec', 'validations', index];
    const made = this.#expression(json, path, 'expression', BOOL);
    const message = textAt(json, 'message');
    const hasOwn = textAt(json, 'messageExpression') !== undefined;
    const messageProgram = hasOwn ? this.#expression(json, path, 'messageExpression', 'string')?.program : undefined;
    if (made === undefined) return [];
    const reason = textAt(json, 'reason') ?? 'Invalid';
    return [{ ...made, ...(message !== undefined && { message }), ...(messageProgram && { messageProgram }), reason }];
  }

  #expression(
    json: unknown,
    path: readonly (string | number)[],
    key: string,
    wanted?: string,
  ): PolicyExpression | undefined {
    const source = textAt(json, key);
    if (source === undefined) {
      this.#fault(path, `${key} is missing or is no text`);
      return undefined;
    }
    const compiled = compileExpression(source, { variables: variableTypes(this.#fields, this.#objectType) });
    const place = [...path, key];
    if (!compiled.ok) {
      for (const fault of compiled.error) this.#fault(place, fault.message, fault);
      return undefined;
    }
    const { name } = compiled.value.type;
    if (wanted !== undefined && name !== wanted && name !== 'dyn') {
      this.#fault(place, `must give ${wanted}, not ${name}`);
      return undefined;
    }
    return { program: compiled.value, place: this.#object.place(...place) };
  }
}

const BOOL = 'bool';

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

/** The names that a policy's expressions know. */
function variableTypes(fields: ReadonlyMap<string, Type>, object: Type): ReadonlyMap<string, Type> {
  const dyn = parseType('dyn');
  return new Map<string, Type>([
    ['object', object],
    ...['oldObject', 'params', 'namespaceObject'].map((name) => [name, dyn] as const),
    ['request', REQUEST],
    ['variables', { name: 'kubernetes.variables', of: [], fields: new Map(fields) }],
    ['authorizer', parseType('kubernetes.authorization.Authorizer')],
    ['authorizer.requestResource', parseType('kubernetes.authorization.ResourceCheck')],
  ]);
}
