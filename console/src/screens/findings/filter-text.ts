/** One term of a filter as it is written: docs/reference/finding-query.md. */
export interface WrittenTerm {
  /** Where it begins and ends in the text. */
  readonly from: number;
  readonly to: number;
  readonly isNegated: boolean;
  /** Absent of words without a field. */
  readonly field: string | undefined;
  readonly operator: string;
  /** Where its values begin. */
  readonly valueFrom: number;
  /** Without quotes. */
  readonly values: readonly string[];
}

const HEAD = /^(-?)([a-z][a-z-]*)(:|<=|>=|<|>)/;

/** The terms of a filter, also of one that is half written: whoever types is not corrected, the server is who reads it. */
export function writtenTerms(text: string): readonly WrittenTerm[] {
  const terms: WrittenTerm[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text.charAt(at))) {
      at++;
      continue;
    }
    const to = endOfTerm(text, at);
    terms.push(termOf(text.slice(at, to), at));
    at = to;
  }
  return terms;
}

function endOfTerm(text: string, from: number): number {
  let isQuoted = false;
  for (let at = from; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === '\\' && isQuoted) at++;
    else if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && /\s/.test(letter)) return at;
  }
  return text.length;
}

function termOf(text: string, from: number): WrittenTerm {
  const [head = '', minus = '', field, operator = ':'] = HEAD.exec(text) ?? [];
  const isBareNegation = field === undefined && text.startsWith('-');
  const start = field === undefined ? (isBareNegation ? 1 : 0) : head.length;
  return {
    from,
    to: from + text.length,
    isNegated: minus === '-' || isBareNegation,
    field,
    operator,
    valueFrom: from + start,
    values: valuesOf(text.slice(start)),
  };
}

/** `"a b",c` as two values. */
function valuesOf(text: string): string[] {
  const values = [''];
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    const add = (part: string) => values.push((values.pop() ?? '') + part);
    if (letter === '\\' && isQuoted) add(text.charAt(++at));
    else if (letter === '"') isQuoted = !isQuoted;
    else if (letter === ',' && !isQuoted) values.push('');
    else add(letter);
  }
  return values;
}

/** A value as it has to be written. */
export function quoted(value: string): string {
  return /[\s,"\\]/.test(value) || value === '' ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : value;
}

function isChoice({ field, operator, isNegated }: WrittenTerm, name: string): boolean {
  return field === name && operator === ':' && !isNegated;
}

/** What a filter asks of a field, as far as facets show it: the values of `field:one,other`. */
export function chosenValues(text: string, field: string): ReadonlySet<string> {
  return new Set(
    writtenTerms(text).flatMap((term) => (isChoice(term, field) ? term.values.filter((value) => value !== '') : [])),
  );
}

/** The filter without what facets of these fields have chosen. */
export function withoutFields(text: string, fields: readonly string[]): string {
  return writtenTerms(text)
    .filter((term) => !fields.some((name) => isChoice(term, name)))
    .map(({ from, to }) => text.slice(from, to))
    .join(' ');
}

/** The filter with a value of a field chosen, or no longer. Several values of a field are alternatives. */
export function toggledValue(text: string, field: string, value: string): string {
  const chosen = new Set(chosenValues(text, field));
  if (!chosen.delete(value)) chosen.add(value);
  const rest = withoutFields(text, [field]);
  const term = chosen.size === 0 ? '' : `${field}:${[...chosen].map(quoted).join(',')}`;
  return [rest, term].filter((part) => part !== '').join(' ');
}

/** The filter with one more term, unless it has that already. */
export function withTerm(text: string, term: string): string {
  const has = writtenTerms(text).some(({ from, to }) => text.slice(from, to) === term);
  return has ? text : [text.trim(), term].filter((part) => part !== '').join(' ');
}
