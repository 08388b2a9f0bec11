import type { Result } from '#foundation/index.ts';
import { EvaluationFault, Opaque } from '../../values/value.ts';
import { available, declared } from '../availability.ts';
import { member, type Overload } from '../function.ts';

/** What an expression asks an authorizer. Either `path` or the group and resource are given. */
export interface AccessQuestion {
  readonly user: Identity;
  /** Of an API `create`, `list`, `use`, …; of a path `get`, `post`, …. */
  readonly verb: string;
  readonly path?: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

export interface Identity {
  readonly name: string;
  readonly groups: readonly string[];
}

export interface AccessAnswer {
  readonly isAllowed: boolean;
  readonly reason: string;
}

/** An error where who may do what is not known: the check has no value then, rather than the answer no. */
export type Authorize = (question: AccessQuestion) => Result<AccessAnswer>;

const AUTHORIZER = 'kubernetes.authorization.Authorizer';
const PATH = 'kubernetes.authorization.PathCheck';
const GROUP = 'kubernetes.authorization.GroupCheck';
const RESOURCE = 'kubernetes.authorization.ResourceCheck';
const DECISION = 'kubernetes.authorization.Decision';

/** A question that is being put together: an authorizer, or a check of a path, group or resource. */
class Check extends Opaque {
  readonly typeName: string;
  readonly authorize: Authorize;
  readonly question: Omit<AccessQuestion, 'verb'>;

  constructor(typeName: string, authorize: Authorize, question: Omit<AccessQuestion, 'verb'>) {
    super();
    this.typeName = typeName;
    this.authorize = authorize;
    this.question = question;
  }

  with(typeName: string, more: Partial<AccessQuestion>): Check {
    return new Check(typeName, this.authorize, { ...this.question, ...more });
  }

  equals(other: Opaque): boolean {
    return this === other;
  }
}

class Decision extends Opaque {
  readonly typeName = DECISION;
  readonly answer: AccessAnswer;

  constructor(answer: AccessAnswer) {
    super();
    this.answer = answer;
  }

  equals(other: Opaque): boolean {
    return this === other;
  }
}

/** The value of the variable `authorizer`, for who makes the request. */
export function authorizerValue(user: Identity, authorize: Authorize): Opaque {
  return new Check(AUTHORIZER, authorize, { user });
}

/** The value of `authorizer.requestResource`: a check of what the request is about. */
export function resourceCheckValue(question: Omit<AccessQuestion, 'verb'>, authorize: Authorize): Opaque {
  return new Check(RESOURCE, authorize, question);
}

function decide(check: Check, verb: string): Decision {
  const answer = check.authorize({ ...check.question, verb });
  if (!answer.ok) throw new EvaluationFault(`the authorizer cannot answer: ${answer.error}`);
  return new Decision(answer.value);
}

function notEmpty(text: string, what: string): string {
  if (text.trim() === '') throw new EvaluationFault(`${what} must not be empty`);
  return text;
}

const ACCOUNT_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const NAMESPACE_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

function serviceAccount(check: Check, namespace: string, name: string): Check {
  if (name.length > 253 || !ACCOUNT_NAME.test(name)) throw new EvaluationFault('Invalid service account name');
  if (namespace.length > 63 || !NAMESPACE_NAME.test(namespace))
    throw new EvaluationFault('Invalid service account namespace');
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
  return check.with(AUTHORIZER, { user: { name: `system:serviceaccount:${namespace}:${name}`, groups } });
}

const narrowing = (name: 'subresource' | 'namespace' | 'name'): Overload =>
  member(name, `${RESOURCE}, string -> ${RESOURCE}`, (check: Check, text: string) =>
    check.with(RESOURCE, { [name]: text }),
  );

/** Roles know no selectors: with one the answer is the same, as that of an API server's RBAC is. */
const selecting = (name: string): Overload =>
  member(name, `${RESOURCE}, string -> ${RESOURCE}`, (check: Check, _selector: string) => check);

export const authorizer: readonly Overload[] = [
  ...available(declared(27), [
    member('path', `${AUTHORIZER}, string -> ${PATH}`, (check: Check, path: string) =>
      check.with(PATH, { path: notEmpty(path, 'path') }),
    ),
    member('group', `${AUTHORIZER}, string -> ${GROUP}`, (check: Check, group: string) => check.with(GROUP, { group })),
    member('serviceAccount', `${AUTHORIZER}, string, string -> ${AUTHORIZER}`, serviceAccount),
    member('check', `${PATH}, string -> ${DECISION}`, decide),
    member('resource', `${GROUP}, string -> ${RESOURCE}`, (check: Check, resource: string) =>
      check.with(RESOURCE, { resource: notEmpty(resource, 'resource') }),
    ),
    ...(['subresource', 'namespace', 'name'] as const).map(narrowing),
    member('check', `${RESOURCE}, string -> ${DECISION}`, decide),
    member('allowed', `${DECISION} -> bool`, ({ answer }: Decision) => answer.isAllowed),
    member('errored', `${DECISION} -> bool`, (_decision: Decision) => false),
    member('reason', `${DECISION} -> string`, ({ answer }: Decision) => answer.reason),
    member('error', `${DECISION} -> string`, (_decision: Decision) => ''),
  ]),
  ...available(declared(31), ['fieldSelector', 'labelSelector'].map(selecting)),
];
