/**
 * Shell patterns as `fnmatch` has them without flags: `*` is any characters, slashes too, `?` one, `[a-z]` one of some, `\` takes the
 * meaning from the next. Time is at most the product of both lengths, without recursion.
 */
export function globMatcher(pattern: string): (text: string) => boolean {
  const steps = stepsOf(pattern);
  const literal = steps.every((step) => typeof step === 'string') ? steps.join('') : undefined;
  if (literal !== undefined) return (text) => text === literal;
  const plain = plainMatcher(steps);
  if (plain !== undefined) return plain;
  return (text) => text.length <= MAX_TEXT && matches(steps, text);
}

/** Most patterns are a text with a `*` before it, behind it or both. */
function plainMatcher(steps: readonly Step[]): ((text: string) => boolean) | undefined {
  const hasBefore = steps[0] === ANY;
  const hasBehind = steps.at(-1) === ANY && steps.length > 1;
  const inner = steps.slice(hasBefore ? 1 : 0, hasBehind ? -1 : undefined);
  if (!inner.every((step) => typeof step === 'string')) return undefined;
  const wanted = inner.join('');
  if (hasBefore && hasBehind) return (text) => text.includes(wanted);
  if (hasBefore) return (text) => text.endsWith(wanted);
  return hasBehind ? (text) => text.startsWith(wanted) : undefined;
}

const MAX_TEXT = 65_536;
const ANY = Symbol('*');

type Step = string | typeof ANY | ((character: string) => boolean);

function stepsOf(pattern: string): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] ?? '';
    if (character === '*') {
      if (steps.at(-1) !== ANY) steps.push(ANY);
    } else if (character === '?') steps.push(() => true);
    else if (character === '\\' && at + 1 < pattern.length) steps.push(pattern[++at] ?? '');
    else if (character === '[') {
      const end = pattern.indexOf(']', pattern[at + 1] === '!' || pattern[at + 1] === '^' ? at + 3 : at + 2);
      if (end === -1) steps.push('[');
      else {
        steps.push(classOf(pattern.slice(at + 1, end)));
        at = end;
      }
    } else steps.push(character);
  }
  return steps;
}

function classOf(inner: string): (character: string) => boolean {
  const isNegated = inner.startsWith('!') || inner.startsWith('^');
  const text = isNegated ? inner.slice(1) : inner;
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < text.length; at++) {
    const first = text[at] ?? '';
    const isRange = text[at + 1] === '-' && at + 2 < text.length;
    ranges.push([first, isRange ? (text[at + 2] ?? first) : first]);
    if (isRange) at += 2;
  }
  return (character) => ranges.some(([first, last]) => character >= first && character <= last) !== isNegated;
}

/** Goes back to the last `*` only: what an earlier one takes more of, the last one can take too. */
function matches(steps: readonly Step[], text: string): boolean {
  let step = 0;
  let at = 0;
  let star = -1;
  let retry = 0;
  while (at < text.length) {
    const wanted = steps[step];
    const character = text[at] ?? '';
    if (wanted === ANY) {
      star = step++;
      retry = at;
    } else if (wanted !== undefined && (typeof wanted === 'string' ? wanted === character : wanted(character))) {
      step++;
      at++;
    } else if (star === -1) return false;
    else {
      step = star + 1;
      at = ++retry;
    }
  }
  while (steps[step] === ANY) step++;
  return step === steps.length;
}
