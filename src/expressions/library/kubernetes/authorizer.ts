import { EvaluationFault } from '../../values/value.ts';
import { member, type Overload } from '../function.ts';

const AUTHORIZER = 'kubernetes.authorization.Authorizer';
const PATH = 'kubernetes.authorization.PathCheck';
const GROUP = 'kubernetes.authorization.GroupCheck';
const RESOURCE = 'kubernetes.authorization.ResourceCheck';
const DECISION = 'kubernetes.authorization.Decision';

/** Who may do what is known in a cluster only: the calls are checked, and whoever makes one is told so. */
function unknown(): never {
  throw new EvaluationFault('the authorizer can be asked within a cluster only');
}

const narrowing = ['subresource', 'namespace', 'name', 'fieldSelector', 'labelSelector'];

export const authorizer: readonly Overload[] = [
  member('path', `${AUTHORIZER}, string -> ${PATH}`, unknown),
  member('group', `${AUTHORIZER}, string -> ${GROUP}`, unknown),
  member('serviceAccount', `${AUTHORIZER}, string, string -> ${AUTHORIZER}`, unknown),
  member('check', `${PATH}, string -> ${DECISION}`, unknown),
  member('resource', `${GROUP}, string -> ${RESOURCE}`, unknown),
  ...narrowing.map((name) => member(name, `${RESOURCE}, string -> ${RESOURCE}`, unknown)),
  member('check', `${RESOURCE}, string -> ${DECISION}`, unknown),
  ...['allowed', 'errored'].map((name) => member(name, `${DECISION} -> bool`, unknown)),
  ...['reason', 'error'].map((name) => member(name, `${DECISION} -> string`, unknown)),
];
