/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A JSON Schema, as much of it as the API's schemas use. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What nobody expects: the wrong type, the wrong size, words that other languages obey. */
const JUNK: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  2 ** 53,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e\u2066',
  "'; drop table account; --",
  '{{7*7}}<script>',
  '../../etc/passwd',
  '0'.repeat(70_000),
  '%',
  '*?[',
  '2026-13-45T99:99:99Z',
  [],
  {},
  [[[[[[[[[[]]]]]]]]]],
  { toString: 1, constructor: null, length: -1 },
];

export interface ValueOptions {
  readonly random: () => number;
  /** How often a part is junk, 0 to 1. */
  readonly junk: number;
  /** Ids of things that are there. */
  readonly ids: readonly string[];
}

/** A value that mostly is as the schema says. */
export function valueFor(schema: Schema, options: ValueOptions, depth = 0): unknown {
  const { random: next, junk } = options;
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
  if (next() < junk || depth > 6) return pick(JUNK);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return pick(schema.enum);
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return valueFor(pick(choice) ?? {}, options, depth + 1);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => valueFor(one, options, depth + 1)));
  switch (Array.isArray(schema.type) ? pick(schema.type) : schema.type) {
    case 'object':
      return objectFor(schema, options, depth);
    case 'array': {
      const length = (schema.minItems ?? 0) + Math.floor(next() * 3);
      return Array.from({ length }, () => valueFor(schema.items ?? {}, options, depth + 1));
    }
    case 'string':
      return textFor(schema, options);
    case 'integer':
    case 'number': {
      const from = Math.max(schema.minimum ?? 0, -1000);
      return from + Math.floor(next() * Math.min(100, (schema.maximum ?? 100) - from + 1));
    }
    case 'boolean':
      return next() < 0.5;
    case 'null':
      return null;
    default:
      return pick(JUNK);
  }
}

function objectFor(schema: Schema, options: ValueOptions, depth: number): object {
  const { properties = {}, required = [], additionalProperties } = schema;
  const entries = Object.entries(properties)
    .filter(([name]) => required.includes(name) || options.random() < 0.5)
    .map(([name, one]): [string, unknown] => [name, valueFor(one, options, depth + 1)]);
  if (typeof additionalProperties === 'object')
    entries.push([`name-${Math.floor(options.random() * 10)}`, valueFor(additionalProperties, options, depth + 1)]);
  if (options.random() < options.junk) entries.push(['__proto__', { admin: true }]);
  return Object.fromEntries(entries);
}

function textFor({ format, minLength = 0, maxLength = 40 }: Schema, { random: next, ids }: ValueOptions): string {
  if (format === 'uuid') return ids[Math.floor(next() * ids.length)] ?? crypto.randomUUID();
  if (format === 'date-time') return new Date(1_700_000_000_000 + Math.floor(next() * 1e11)).toISOString();
  if (format === 'uri') return 'https://example.com/x';
  const length = Math.max(minLength, Math.floor(next() * Math.min(maxLength, 40)));
  const words = 'state:open severity:high cve-2026-1 ada shop/checkout pässwörd 日本 ';
  const start = Math.floor(next() * words.length);
  return (words.slice(start) + words.repeat(2)).slice(0, length).padEnd(minLength, 'x');
}
