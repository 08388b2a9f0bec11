/** Whose reading of plain scalars holds; what is in quotes is always a text. */
export type Dialect = 'kubernetes' | 'compose';

const CORE = 'tag:yaml.org,2002:';
const NULLS = ['', '~', 'null', 'Null', 'NULL'];
const TRUTHS = ['true', 'True', 'TRUE'];
const FALSEHOODS = ['false', 'False', 'FALSE'];
const INFINITIES = ['.inf', '.Inf', '.INF'];

function words(): [string, unknown][] {
  return [
    ...NULLS.map((word): [string, unknown] => [word, null]),
    ...TRUTHS.map((word): [string, unknown] => [word, true]),
    ...FALSEHOODS.map((word): [string, unknown] => [word, false]),
    ...INFINITIES.flatMap((word): [string, unknown][] => [
      [word, Number.POSITIVE_INFINITY],
      [`+${word}`, Number.POSITIVE_INFINITY],
      [`-${word}`, Number.NEGATIVE_INFINITY],
    ]),
    ...['.nan', '.NaN', '.NAN'].map((word): [string, unknown] => [word, Number.NaN]),
  ];
}

const composeWords: ReadonlyMap<string, unknown> = new Map(words());
/** YAML 1.1 as the API server's library has it. A key `y` is a true one, too. */
const kubernetesWords: ReadonlyMap<string, unknown> = new Map([
  ...words(),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word): [string, unknown] => [word, true]),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word): [string, unknown] => [word, false]),
]);

/** Characters with which something else than a text begins. */
const SPECIAL = new Uint8Array(128);
for (const character of '0123456789+-.~yYnNtTfFoO') SPECIAL[character.charCodeAt(0)] = 1;

const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const DECIMAL = /^[-+]?(?:0|[1-9][0-9]*)$/;
/** Go's `strconv.ParseInt` with base 0: `0644` and `0o644` are octal. */
const BASED = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+))$/;
/** Longer ones are no numbers of 64 bits; reading them exactly would cost the square of their length. */
const MAX_DIGITS = 100;

/**
 * What a plain scalar means to the tool that will read the file: `sigs.k8s.io/yaml` for Kubernetes, `yaml.v3` for Compose. To both `0644` is
 * octal, `1_000` a number, and neither a date nor `12:30` is anything but a text. To the first `yes` and `on` are true.
 *
 * Whole numbers are numbers as far as those are exact, `bigint` as far as 64 bits reach. `3.0` is 3, which an API server is sent.
 */
export function resolvePlain(text: string, dialect: Dialect): unknown {
  if (!mayBeNoText(text.charCodeAt(0), text.length)) return text;
  if (text.length <= LONGEST_WORD) {
    const word = (dialect === 'kubernetes' ? kubernetesWords : composeWords).get(text);
    if (word !== undefined) return word;
  }
  return numberOf(text) ?? text;
}

/** Whether a plain scalar that begins so can be anything but a text. */
export function mayBeNoText(first: number, length: number): boolean {
  return length === 0 || (first < 128 && SPECIAL[first] === 1 && (first <= NINE || length <= LONGEST_WORD));
}

function numberOf(text: string): number | bigint | undefined {
  if (text.charCodeAt(0) === DOT) return FLOAT.test(text) ? finite(Number(text)) : undefined;
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  if (DECIMAL.test(plain)) return integer(plain);
  const [whole, sign, hex, binary, octal] = (plain.length <= MAX_DIGITS && BASED.exec(plain)) || [];
  if (whole !== undefined) {
    const digits = hex !== undefined ? `0x${hex}` : binary !== undefined ? `0b${binary}` : `0o${octal}`;
    return bounded(sign === '-' ? -BigInt(digits) : BigInt(digits));
  }
  return FLOAT.test(plain) ? finite(Number(plain)) : undefined;
}

const DOT = 46;
const NINE = 57;
/** `false` */
const LONGEST_WORD = 5;

function integer(digits: string): number | bigint | undefined {
  const number = Number(digits);
  if (digits.length > MAX_DIGITS) return finite(number);
  return Number.isSafeInteger(number) ? number + 0 : (bounded(BigInt(digits.replace('+', ''))) ?? number);
}

/** Beyond 64 bits it is a number of limited precision. */
function bounded(value: bigint): number | bigint {
  if (value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
  return BigInt.asIntN(64, value) === value ? value : Number(value);
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value + 0 : undefined;
}

/** What an explicit tag makes of a scalar; undefined where it cannot be that. Tags that nobody knows make texts. */
export function resolveTagged(text: string, tag: string, dialect: Dialect): unknown {
  const value = resolvePlain(text, dialect);
  switch (tag.startsWith(CORE) ? tag.slice(CORE.length) : '') {
    case 'int':
      return isWhole(value) ? value : undefined;
    case 'float':
      return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'null':
      return value === null ? null : undefined;
    default:
      return text;
  }
}

function isWhole(value: unknown): boolean {
  return typeof value === 'bigint' || Number.isInteger(value);
}

/** What a member is called whose key is not a text: the API server's library turns `on:` into `true:`. */
export function keyOfPlain(text: string, dialect: Dialect): string {
  if (dialect !== 'kubernetes') return text;
  const value = resolvePlain(text, dialect);
  return typeof value === 'string' ? value : text === '' ? '' : String(value);
}
