import { type TextSearch, textSearch } from '#foundation/patterns/index.ts';
import { EvaluationFault, type Integer, Optional } from '../values/value.ts';
import { global, member, type Overload } from './function.ts';

const MAX_KNOWN = 200;
/** Characters times steps of the program: about a second. */
const MAX_WORK = 50_000_000;
const known = new Map<string, TextSearch>();

function searchFor(pattern: string, text: string): TextSearch {
  const search = known.get(pattern) ?? compiled(pattern);
  if (search.steps * text.length > MAX_WORK)
    throw new EvaluationFault('the pattern and the text are too long for each other');
  return search;
}

function compiled(pattern: string): TextSearch {
  const search = textSearch(pattern);
  if (!search.ok)
    throw new EvaluationFault(`the regular expression ${JSON.stringify(pattern.slice(0, 80))} ${search.error}`);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(pattern, search.value);
  return search.value;
}

export const matches: readonly Overload[] = [
  global('matches', 'string, string -> bool', (text: string, pattern: string) =>
    searchFor(pattern, text).matches(text),
  ),
  member('matches', 'string, string -> bool', (text: string, pattern: string) =>
    searchFor(pattern, text).matches(text),
  ),
];

/** What Kubernetes has in the place of the extension `regex`. */
export const findings: readonly Overload[] = [
  member('find', 'string, string -> string', (text: string, pattern: string) => wholes(text, pattern, 1)[0] ?? ''),
  member('findAll', 'string, string -> list(string)', (text: string, pattern: string) => wholes(text, pattern, -1)),
  member('findAll', 'string, string, int -> list(string)', wholes),
];

/** The extension `regex`. */
export const regularExpressions: readonly Overload[] = [
  global('regex.extract', 'string, string -> optional(string)', extract),
  global('regex.extractAll', 'string, string -> list(string)', extractAll),
  global('regex.replace', 'string, string, string -> string', (a: string, b: string, c: string) =>
    replace(a, b, c, -1),
  ),
  global('regex.replace', 'string, string, string, int -> string', replace),
];

interface Place {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
}

/** Up to `count` places one behind the other; all where it is negative. An empty one beside the one before is left out, as RE2 does. */
function* places(text: string, pattern: string, count: Integer): Generator<Place> {
  const search = searchFor(pattern, text);
  let at = 0;
  let lastEnd = -1;
  let work = 0;
  for (let found = 0; count < 0 || found < count; ) {
    const place = at <= text.length ? search.find(text, at) : undefined;
    if (place === undefined) return;
    work += (place.end - at + 1) * search.steps;
    if (work > MAX_WORK) throw new EvaluationFault('the pattern and the text are too long for each other');
    const isEmpty = place.end === place.start;
    if (!isEmpty || place.start !== lastEnd) {
      found += 1;
      yield place;
    }
    lastEnd = place.end;
    at = isEmpty ? place.end + ((text.codePointAt(place.end) ?? 0) > 0xffff ? 2 : 1) : place.end;
  }
}

function wholes(text: string, pattern: string, count: Integer): string[] {
  return [...places(text, pattern, count)].map(({ start, end }) => text.slice(start, end));
}

function extractOf(text: string, { start, end, groups }: Place): string | undefined {
  if (groups.length > 1) throw new EvaluationFault('regular expression has more than one capturing group');
  return groups.length === 1 ? groups[0] : text.slice(start, end);
}

function extract(text: string, pattern: string): Optional {
  const [first] = places(text, pattern, 1);
  const found = first && extractOf(text, first);
  return found === undefined ? Optional.none : new Optional(found);
}

function extractAll(text: string, pattern: string): string[] {
  return [...places(text, pattern, -1)].map((place) => extractOf(text, place) ?? '').filter((one) => one !== '');
}

function replace(text: string, pattern: string, by: string, count: Integer): string {
  let at = 0;
  let made = '';
  for (const { start, end, groups } of places(text, pattern, count)) {
    made += text.slice(at, start) + replacement(by, [text.slice(start, end), ...groups]);
    if (made.length > 8_000_000) throw new EvaluationFault('regex.replace would make a text that is too long');
    at = end;
  }
  return made + text.slice(at);
}

/** `\1` is the text of the first group, `\\` a backslash. */
function replacement(by: string, groups: readonly (string | undefined)[]): string {
  return by.replace(/\\([\s\S]?)/g, (_whole, what: string) => {
    if (what === '\\') return '\\';
    if (!/^\d$/.test(what) || Number(what) >= groups.length)
      throw new EvaluationFault(`invalid replacement: \\${what} is no group of the pattern`);
    return groups[Number(what)] ?? '';
  });
}
