/**
 * Whether a `LabelSelector` of Kubernetes selects what carries these labels. An empty one selects everything; what is no selector, or has an
 * operator that there is not, selects nothing. Free of the parsers of documents, as this module is loaded everywhere.
 */
export function selectsLabels(selector: unknown, labels: unknown): boolean {
  if (typeof selector !== 'object' || selector === null || Array.isArray(selector)) return false;
  const wanted = member(selector, 'matchLabels');
  const expressions = member(selector, 'matchExpressions');
  return (
    Object.entries(wanted ?? {}).every(([name, value]) => member(labels, name) === value) &&
    (!Array.isArray(expressions) || expressions.every((expression) => holds(expression, labels)))
  );
}

function holds(expression: unknown, labels: unknown): boolean {
  const key = member(expression, 'key');
  const values = member(expression, 'values');
  const value = typeof key === 'string' ? member(labels, key) : undefined;
  const among = typeof value === 'string' && Array.isArray(values) && values.includes(value);
  switch (member(expression, 'operator')) {
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

/** `null` is nothing, as in YAML. */
function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  const found: unknown = Reflect.get(value, name);
  return found ?? undefined;
}
