import { entriesOf, type Members } from '#foundation/documents/index.ts';
import { field, listAt, textAt, textsAt } from '../fields.ts';

/** Whether a selector of labels selects what carries these; an empty one selects all, none at all selects nothing. */
export function selects(selector: unknown, labels: Members): boolean {
  if (typeof selector !== 'object' || selector === null) return false;
  return (
    entriesOf(field(selector, 'matchLabels')).every(([name, value]) => field(labels, name) === value) &&
    listAt(selector, 'matchExpressions').every((expression) => holds(expression, labels))
  );
}

function holds(expression: unknown, labels: Members): boolean {
  const value = field(labels, textAt(expression, 'key') ?? '');
  const among = typeof value === 'string' && textsAt(expression, 'values').includes(value);
  switch (textAt(expression, 'operator')) {
    case 'In':
      return among;
    case 'NotIn':
      return !among;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
