import type { Type } from '#expressions/index.ts';
import { isObject } from '#manifests/index.ts';

/** The type of a quantity, which is a text to expressions. It is told from other texts by being this one. */
export const QUANTITY: Type = { name: 'string', of: [] };

/**
 * The object with its quantities as an API server shows them: people write `cpu: 2` and `cpu: 0.5`, expressions get `2` and `500m`, and
 * `quantity(2)` would be an error.
 */
export function withQuantities(json: unknown, type: Type | undefined): unknown {
  if (type === QUANTITY) return typeof json === 'number' || typeof json === 'bigint' ? quantityText(json) : json;
  if (Array.isArray(json)) return unchanged(json, (item: unknown) => withQuantities(item, type?.of[0]));
  if (!isObject(json) || type === undefined) return json;
  const { fields } = type;
  const entries = Object.entries(json);
  const made = unchanged(entries, (entry) => {
    const [name, value] = entry;
    const inner = fields === undefined ? type.of[1] : fields.get(name);
    const other = withQuantities(value, inner);
    return other === value ? entry : ([name, other] as [string, unknown]);
  });
  return made === entries ? json : Object.fromEntries(made);
}

/** The same list where nothing of it changes. */
function unchanged<T>(list: readonly T[], change: (item: T) => T): readonly T[] {
  const made = list.map(change);
  return made.every((item, index) => item === list[index]) ? list : made;
}

const PARTS: readonly (readonly [suffix: string, factor: number])[] = [
  ['', 1],
  ['m', 1e3],
  ['u', 1e6],
  ['n', 1e9],
];

/** `0.5` is `500m`; what is finer than a billionth is rounded up to one. */
function quantityText(value: number | bigint): string {
  if (typeof value === 'bigint') return String(value);
  for (const [suffix, factor] of PARTS) {
    // Fifteen digits are what a double keeps of a decimal number: 0.29 times 1000 is 290.
    const whole = Number((value * factor).toPrecision(15));
    if (Number.isSafeInteger(whole)) return `${whole}${suffix}`;
  }
  return Number.isSafeInteger(Math.ceil(value * 1e9)) ? `${Math.ceil(value * 1e9)}n` : String(value);
}
