import { compileExpression, type ExpressionFault, type Program, parseType, type Type } from '#expressions/index.ts';
import { isObject, type JsonObject, listAt, type ManifestObject, objectAt, textAt, textsAt } from '#manifests/index.ts';
import { subjectType } from '../subjects/index.ts';
import { type ExpressionNames, typesOfNames } from './names.ts';

/** A ValidatingAdmissionPolicy, its expressions made ready. */
export interface AdmissionPolicy {
  readonly name: string;
  readonly place: string;
  readonly constraints: JsonObject;
  readonly failurePolicy: 'Fail' | 'Ignore';
  /** Of the objects that it takes as parameters. */
  readonly paramKind?: { readonly apiVersion: string; readonly kind: string };
  readonly conditions: readonly NamedExpression[];
  readonly variables: readonly Definition[];
  readonly validations: readonly Validation[];
  readonly annotations: readonly NamedExpression[];
  /** Names of what its expressions are given: `object`, `params`. */
  readonly uses: readonly string[];
}

export interface PolicyExpression {
  readonly program: Program;
  /** `policy.yaml:12:19` */
  readonly place: string;
}

export interface NamedExpression extends PolicyExpression {
  readonly name: string;
}

export interface Definition extends NamedExpression {
  /**
   * Its text and those of the definitions above it that it may use: where two are the same, so are the values for one object. Absent where
   * something else than the object decides.
   */
  readonly derivation?: string;
}

export interface Validation extends PolicyExpression {
  readonly message?: string;
  readonly messageExpression?: PolicyExpression;
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

/** A policy that changes objects, or the binding of one: neither is evaluated. */
export function isMutating({ json }: ManifestObject): boolean {
  return isOfKind(json, 'MutatingAdmissionPolicy') || isOfKind(json, 'MutatingAdmissionPolicyBinding');
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

/** What is known beforehand about what a policy's expressions are given. */
export interface PolicyTypes {
  /** Of `object` and `oldObject`; any where absent. */
  readonly object?: Type;
  readonly params?: Type;
  /** As an API server reads it: what may turn out not to be a bool where one is wanted is a fault, and so is `params` without a paramKind. */
  readonly isStrict?: boolean;
}

export interface ReadPolicy {
  readonly policy: AdmissionPolicy;
  readonly faults: readonly PolicyFault[];
}

/** Reads a policy. What is wrong with it comes all at once; one with a fault cannot be evaluated. */
export function readPolicy(object: ManifestObject): ReadPolicy {
  return readTypedPolicy(object, {});
}

export function readTypedPolicy(object: ManifestObject, types: PolicyTypes): ReadPolicy {
  const reader = new PolicyReader(object, types);
  return { policy: reader.read(), faults: reader.faults };
}

/** All expressions of a policy. */
export function expressionsOf(policy: Omit<AdmissionPolicy, 'uses'>): PolicyExpression[] {
  const { conditions, variables, validations, annotations } = policy;
  const messages = validations.flatMap(({ messageExpression }) => messageExpression ?? []);
  return [...conditions, ...variables, ...validations, ...messages, ...annotations];
}

class PolicyReader {
  readonly faults: PolicyFault[] = [];
  readonly #object: ManifestObject;
  readonly #spec: JsonObject;
  readonly #name: string;
  /** Types of the policy's own variables, in the order in which they may use each other. */
  readonly #fields = new Map<string, Type>();
  readonly #types: PolicyTypes;

  constructor(object: ManifestObject, types: PolicyTypes) {
    this.#object = object;
    this.#spec = objectAt(object.json, 'spec');
    this.#name = textAt(objectAt(object.json, 'metadata'), 'name') ?? '';
    const own = subjectType(objectAt(this.#spec, 'matchConstraints'));
    this.#types = own === undefined ? types : { ...types, object: own };
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
    const annotations = this.#named('auditAnnotations', 'key', TEXT_OR_NULL, 'valueExpression');
    if (listAt(this.#spec, 'validations').length + listAt(this.#spec, 'auditAnnotations').length === 0)
      this.#fault(['spec'], 'a policy needs validations or auditAnnotations');
    const policy: Omit<AdmissionPolicy, 'uses'> = {
      name: this.#name,
      place: this.#object.place('metadata', 'name'),
      constraints,
      failurePolicy: textAt(this.#spec, 'failurePolicy') === 'Ignore' ? 'Ignore' : 'Fail',
      ...this.#paramKind(),
      conditions,
      variables,
      validations,
      annotations,
    };
    return { ...policy, uses: [...new Set(expressionsOf(policy).flatMap(({ program }) => program.variables))] };
  }

  #paramKind(): Pick<AdmissionPolicy, 'paramKind'> {
    const given = this.#spec['paramKind'];
    if (!isObject(given)) return {};
    return { paramKind: { apiVersion: textAt(given, 'apiVersion') ?? '', kind: textAt(given, 'kind') ?? '' } };
  }

  #fault(path: readonly (string | number)[], message: string, fault?: ExpressionFault): void {
    const place = this.#object.place(...path);
    this.faults.push({ policy: this.#name, place, message, ...(fault && { fault }) });
  }

  #variables(): Definition[] {
    let above = '';
    return listAt(this.#spec, 'variables').flatMap((one, index) => {
      const made = this.#one(one, ['spec', 'variables', index], 'name', 'expression');
      // One that is broken is known all the same, so that its users are not called broken too.
      this.#fields.set(textAt(one, 'name') ?? '', made[0]?.program.type ?? parseType('dyn'));
      above = `${above}${textAt(one, 'name')}\n${textAt(one, 'expression')}\n`;
      return made.map((definition) => ({ ...definition, ...derivationOf(definition, above) }));
    });
  }

  #named(list: string, name: string, wanted: Wanted, expression = 'expression'): NamedExpression[] {
    return listAt(this.#spec, list).flatMap((one, index) =>
      this.#one(one, ['spec', list, index], name, expression, wanted),
    );
  }

  #one(
    json: unknown,
    path: readonly (string | number)[],
    nameKey: string,
    key: string,
    wanted?: Wanted,
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
    const messageExpression = hasOwn ? this.#expression(json, path, 'messageExpression', TEXT) : undefined;
    if (made === undefined) return [];
    const reason = textAt(json, 'reason') ?? 'Invalid';
    return [
      { ...made, ...(message !== undefined && { message }), ...(messageExpression && { messageExpression }), reason },
    ];
  }

  #expression(
    json: unknown,
    path: readonly (string | number)[],
    key: string,
    wanted?: Wanted,
  ): PolicyExpression | undefined {
    const source = textAt(json, key);
    if (source === undefined) {
      this.#fault(path, `${key} is missing or is no text`);
      return undefined;
    }
    const compiled = compileExpression(source, { variables: typesOfNames(this.#known(key)) });
    const place = [...path, key];
    if (!compiled.ok) {
      for (const fault of compiled.error) this.#fault(place, fault.message, fault);
      return undefined;
    }
    const { name } = compiled.value.type;
    const isOpen = name === 'dyn' && this.#types.isStrict !== true;
    if (wanted !== undefined && !wanted.includes(name) && !isOpen) {
      this.#fault(place, `must give ${wanted.join(' or ')}, not ${describeGiven(name)}`);
      return undefined;
    }
    return { program: compiled.value, place: this.#object.place(...place) };
  }

  /** Messages have no authorizer. */
  #known(key: string): ExpressionNames {
    return {
      ...this.#types,
      variables: this.#fields,
      hasParameters: isObject(this.#spec['paramKind']) || this.#types.isStrict !== true,
      hasAuthorizer: key !== 'messageExpression',
    };
  }
}

const DECIDED_BY_OBJECT: ReadonlySet<string> = new Set(['object', 'oldObject', 'variables']);

function derivationOf({ program }: NamedExpression, texts: string): Pick<Definition, 'derivation'> {
  if (!program.variables.every((name) => DECIDED_BY_OBJECT.has(name))) return {};
  return { derivation: program.variables.includes('variables') ? texts : program.source };
}

/** The names of the types that an expression may give. */
type Wanted = readonly string[];

function describeGiven(type: string): string {
  return type === 'dyn' ? 'what may be anything (compare it, or use bool())' : type;
}

const BOOL: Wanted = ['bool'];
const TEXT: Wanted = ['string'];
const TEXT_OR_NULL: Wanted = ['string', 'null_type'];
