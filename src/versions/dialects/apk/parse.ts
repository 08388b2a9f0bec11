import { err, ok, type Result } from '#foundation/index.ts';
import type { VersionConstraint } from '../../constraint.ts';
import { allOf, parseAlternatives, parseComparators, parseEach } from '../../constraint-logic.ts';
import { compareApk, compareApkFuzzy } from '../../schemes/apk/compare.ts';

const operators = ['<~', '>~', '=~', '~=', '<=', '>=', '~', '<', '>', '='];

/** apk's own operators, where `~` is equality with a prefix (`~1.2` admits 1.2.3-r4); a comma means "and", `||` "or". */
export function parseApkConstraint(text: string): Result<VersionConstraint> {
  return parseAlternatives(text, /\|\|/, parseSet);
}

function parseSet(text: string): Result<VersionConstraint> {
  const comparators = parseComparators(text, operators);
  if (!comparators.ok) return comparators;
  if (comparators.value.length === 0) return err('an empty constraint names no version');
  const parts = parseEach(comparators.value, ({ operator, version }) => constraintOf(operator, version));
  return parts.ok ? ok(allOf(parts.value)) : parts;
}

function constraintOf(operator: string, operand: string): Result<VersionConstraint> {
  const readable = compareApk(operand, operand);
  if (!readable.ok) return readable;
  const compare = operator.includes('~') ? compareApkFuzzy : compareApk;
  const admitsEqual = operator === '' || /[=~]/.test(operator);
  return ok({
    satisfies: (version) => {
      const order = compare(version, operand);
      if (!order.ok) return order;
      if (order.value === 0) return ok(admitsEqual);
      return ok(operator.includes(order.value < 0 ? '<' : '>'));
    },
  });
}
