/** A function as the linker names it, taken apart into what OSV says of it. */
export interface NamedFunction {
  /** Import path; `main` for the main package. */
  readonly package: string;
  /** `Transport.RoundTrip`, and `Transport` too: what is written of a type concerns its methods. */
  readonly symbols: readonly string[];
}

/**
 * Takes names such as these apart; undefined for what belongs to no package (code that the compiler or C made).
 *
 * @example `net/http.(*Transport).dialConn.func1` is `Transport.dialConn` of `net/http`
 * @example `gopkg.in/yaml%2ev3.(*parser).parse`, `slices.SortFunc[go.shape.[]int,go.shape.int]`, `example.com/a.init.0`
 */
export function functionOf(linkerName: string): NamedFunction | undefined {
  if (isMadeByCompiler(linkerName)) return undefined;
  const name = withoutTypeArguments(linkerName);
  const dot = name.indexOf('.', name.lastIndexOf('/') + 1);
  if (dot <= 0) return undefined;
  return { package: unescaped(name.slice(0, dot)), symbols: symbolsIn(name, dot + 1) };
}

/** There are half a million names in a large program: this and the following go by characters, not by expressions. */
function isMadeByCompiler(name: string): boolean {
  if (name.startsWith('go')) return name[2] === ':' || (name[2] === '.' && !name.includes('/'));
  return name.startsWith('.') || name.startsWith('type:') || name.startsWith('type..');
}

function symbolsIn(name: string, start: number): string[] {
  // Functions that stand for a part of another: `-fm`, `-range1`.
  const dash = name.indexOf('-', start);
  const end = dash === -1 ? name.length : dash;
  if (start >= end) return [];
  if (name[start] === '(') return methodIn(name, start, end);
  const next = name.indexOf('.', start);
  if (next === -1 || next >= end) return [name.slice(start, end)];
  return [name.slice(start, next), ...secondOf(name.slice(start, next), partAt(name, next + 1, end))];
}

/** `(*Transport).dialConn` or `(Header).Get`. */
function methodIn(name: string, start: number, end: number): string[] {
  const close = name.indexOf(')', start);
  if (close === -1 || close >= end) return [];
  const type = name.slice(name[start + 1] === '*' ? start + 2 : start + 1, close);
  const method = partAt(name, close + 2, end);
  return type === '' ? [] : method === '' ? [type] : [type, `${type}.${method}`];
}

function partAt(name: string, start: number, end: number): string {
  const next = name.indexOf('.', start);
  return name.slice(start, next === -1 ? end : Math.min(next, end));
}

const INSIDE = /^(?:func|gowrap|deferwrap)\d/;

/** A method, or, of what stands inside a function, nothing. */
function secondOf(first: string, second: string): string[] {
  if (second === '' || INSIDE.test(second)) return [];
  // The first of several functions `init` of a package is `init.0` to the linker and `init#1` to analysers.
  if (first === 'init' && /^\d{1,6}$/.test(second)) return [`init#${Number(second) + 1}`];
  return [`${first}.${second}`];
}

function withoutTypeArguments(name: string): string {
  if (!name.includes('[')) return name;
  let depth = 0;
  let kept = '';
  for (const character of name) {
    if (character === '[') depth++;
    if (depth === 0) kept += character;
    if (character === ']' && depth > 0) depth--;
  }
  return kept;
}

/** Import paths are escaped where they have a dot after the last slash. */
function unescaped(path: string): string {
  if (!path.includes('%')) return path;
  return path.replace(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
