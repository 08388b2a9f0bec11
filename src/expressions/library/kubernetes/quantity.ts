import { int64 } from '../../values/numbers.ts';
import { Double, EvaluationFault, type Integer, Opaque } from '../../values/value.ts';
import { global, member, type Overload } from '../function.ts';

const NANO = 1_000_000_000n;
const SUFFIXES: ReadonlyMap<string, readonly [base: bigint, power: number]> = new Map([
  ['n', [10n, -9]],
  ['u', [10n, -6]],
  ['m', [10n, -3]],
  ['', [10n, 0]],
  ['k', [10n, 3]],
  ['M', [10n, 6]],
  ['G', [10n, 9]],
  ['T', [10n, 12]],
  ['P', [10n, 15]],
  ['E', [10n, 18]],
  ['Ki', [1024n, 1]],
  ['Mi', [1024n, 2]],
  ['Gi', [1024n, 3]],
  ['Ti', [1024n, 4]],
  ['Pi', [1024n, 5]],
  ['Ei', [1024n, 6]],
] as [string, [bigint, number]][]);
const MAX_EXPONENT = 100;

/** An amount of a resource, such as `500m` or `1.5Gi`, in billionths. */
class Quantity extends Opaque {
  readonly typeName = 'kubernetes.Quantity';
  readonly nanos: bigint;
  constructor(nanos: bigint) {
    super();
    this.nanos = nanos;
  }
  equals(other: Opaque): boolean {
    return other instanceof Quantity && other.nanos === this.nanos;
  }
  override toString(): string {
    return String(Number(this.nanos) / 1e9);
  }
}

function parseQuantity(text: string): Quantity | undefined {
  const found =
    /^([-+]?)(?:([0-9]{1,60})(?:\.([0-9]{0,60}))?|\.([0-9]{1,60}))([numkMGTPE]|[KMGTPE]i|[eE][-+]?[0-9]{1,4}|)$/.exec(
      text,
    );
  if (found === null) return undefined;
  const [, sign, whole = '0', decimals, onlyDecimals = '', suffix = ''] = found;
  const fraction = decimals ?? onlyDecimals;
  const [base, power] = SUFFIXES.get(suffix) ?? [10n, Number(suffix.slice(1))];
  if (Math.abs(power) > MAX_EXPONENT) return undefined;
  const digits = BigInt(whole + fraction) * NANO * (power > 0 ? base ** BigInt(power) : 1n);
  const divisor = 10n ** BigInt(fraction.length) * (power < 0 ? base ** BigInt(-power) : 1n);
  // What is smaller than a billionth is rounded up, away from zero.
  const nanos = (digits + divisor - 1n) / divisor;
  return new Quantity(sign === '-' ? -nanos : nanos);
}

function quantityOf(text: string): Quantity {
  const quantity = parseQuantity(text);
  if (quantity === undefined)
    throw new EvaluationFault(`${JSON.stringify(text.slice(0, 50))} is no quantity; quantities are like 500m or 1.5Gi`);
  return quantity;
}

function isWhole({ nanos }: Quantity): boolean {
  return nanos % NANO === 0n && BigInt.asIntN(64, nanos / NANO) === nanos / NANO;
}

function wholeOf(quantity: Quantity): Integer {
  if (!isWhole(quantity)) throw new EvaluationFault('cannot convert value to integer');
  return int64(quantity.nanos / NANO);
}

const sign = (value: bigint): number => (value > 0n ? 1 : value < 0n ? -1 : 0);

export const quantities: readonly Overload[] = [
  global('quantity', 'string -> kubernetes.Quantity', quantityOf),
  global('isQuantity', 'string -> bool', (text: string) => parseQuantity(text) !== undefined),
  member('isInteger', 'kubernetes.Quantity -> bool', isWhole),
  member('asInteger', 'kubernetes.Quantity -> int', wholeOf),
  member(
    'asApproximateFloat',
    'kubernetes.Quantity -> double',
    ({ nanos }: Quantity) => new Double(Number(nanos) / 1e9),
  ),
  member('sign', 'kubernetes.Quantity -> int', ({ nanos }: Quantity) => sign(nanos)),
  member(
    'add',
    'kubernetes.Quantity, kubernetes.Quantity -> kubernetes.Quantity',
    (a: Quantity, b: Quantity) => new Quantity(a.nanos + b.nanos),
  ),
  member(
    'add',
    'kubernetes.Quantity, int -> kubernetes.Quantity',
    (a: Quantity, b: Integer) => new Quantity(a.nanos + BigInt(b) * NANO),
  ),
  member(
    'sub',
    'kubernetes.Quantity, kubernetes.Quantity -> kubernetes.Quantity',
    (a: Quantity, b: Quantity) => new Quantity(a.nanos - b.nanos),
  ),
  member(
    'sub',
    'kubernetes.Quantity, int -> kubernetes.Quantity',
    (a: Quantity, b: Integer) => new Quantity(a.nanos - BigInt(b) * NANO),
  ),
  member('compareTo', 'kubernetes.Quantity, kubernetes.Quantity -> int', (a: Quantity, b: Quantity) =>
    sign(a.nanos - b.nanos),
  ),
  member(
    'isLessThan',
    'kubernetes.Quantity, kubernetes.Quantity -> bool',
    (a: Quantity, b: Quantity) => a.nanos < b.nanos,
  ),
  member(
    'isGreaterThan',
    'kubernetes.Quantity, kubernetes.Quantity -> bool',
    (a: Quantity, b: Quantity) => a.nanos > b.nanos,
  ),
];
