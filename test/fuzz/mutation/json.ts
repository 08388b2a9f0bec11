import type { Random } from './random.ts';

type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

const STRANGE: readonly [JsonValue, ...JsonValue[]] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  1.5,
  1e300,
  -1e300,
  2 ** 53,
  2 ** 31,
  2 ** 32,
  '',
  ' ',
  '0',
  '../..',
  '/etc/passwd',
  '\0',
  '\u001b[31m',
  '\ud800',
  '\u2028',
  'x'.repeat(5000),
  'sha256:',
  `sha256:${'0'.repeat(64)}`,
  '__proto__',
  'javascript:alert(1)',
  '1.0',
  '9999-99-99',
  '2026-01-01T00:00:00Z',
  [],
  {},
  [[]],
  [null],
  [{}],
  { '': '' },
  ['', 0, null, {}],
];

/**
 * One random change of a document's tree: a member lost, doubled, renamed, of another type, moved or nested. `undefined`
 * when the text is no JSON any more.
 */
export function mutateJson(text: string, other: string, random: Random): string | undefined {
  const root = parse(text);
  if (root === undefined) return undefined;
  const places = placesIn(root);
  const place = places[random.below(places.length)];
  if (place === undefined) return JSON.stringify(random.pick(STRANGE));
  change(place, donor(other, random) ?? random.pick(STRANGE), random);
  return render(root);
}

/** Nested too deep to be written once more: left to the changes of text. */
function render(root: JsonValue): string | undefined {
  try {
    return JSON.stringify(root);
  } catch {
    return undefined;
  }
}

/** A member of an object or item of a list. */
interface Place {
  readonly holder: JsonValue[] | { [key: string]: JsonValue };
  readonly key: string;
}

const MAX_PLACES = 20_000;

function placesIn(root: JsonValue): Place[] {
  const places: Place[] = [];
  const waiting: JsonValue[] = [root];
  for (let value = waiting.pop(); value !== undefined && places.length < MAX_PLACES; value = waiting.pop()) {
    if (value === null || typeof value !== 'object') continue;
    for (const [key, inner] of Object.entries(value)) {
      places.push({ holder: value, key });
      waiting.push(inner);
    }
  }
  return places;
}

function change({ holder, key }: Place, foreign: JsonValue, random: Random): void {
  const value = Reflect.get(holder, key);
  switch (random.below(9)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      return;
    case 1:
      put(holder, key, random.pick(STRANGE));
      return;
    case 2:
      put(holder, key, foreign);
      return;
    case 3:
      put(holder, key, [value]);
      return;
    case 4:
      put(holder, key, { [random.pick(['', key, '__proto__', 'id'])]: value });
      return;
    case 5:
      if (Array.isArray(holder)) holder.push(...Array.from({ length: random.oneIn(8) ? 3000 : 1 }, () => value));
      else put(holder, random.pick(['', `${key}2`, '__proto__', key.toUpperCase(), 'constructor']), value);
      return;
    case 6:
      put(holder, key, nested(value, random.oneIn(8) ? 1000 : 5));
      return;
    case 7:
      if (typeof value === 'string')
        put(holder, key, value.slice(random.below(value.length)) + random.pick(['', '\n', '~', '-1', ' ']));
      else if (typeof value === 'number') put(holder, key, value + random.pick([1, -1, 0.5, 1e9]));
      else put(holder, key, String(value));
      return;
    default:
      put(holder, key, typeof value === 'string' ? value.repeat(2 + random.below(200)) : [value, value]);
  }
}

/** Not an assignment: `__proto__` shall be a member like any other. */
function put(holder: object, key: string, value: JsonValue): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function nested(value: JsonValue, depth: number): JsonValue {
  let whole = value;
  for (let level = 0; level < depth; level++) whole = [whole];
  return whole;
}

/** A part of another document of the same kind. */
function donor(other: string, random: Random): JsonValue | undefined {
  const root = parse(other);
  if (root === undefined) return undefined;
  const places = placesIn(root);
  const place = places[random.below(places.length)];
  return place && Reflect.get(place.holder, place.key);
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
