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
  if (MADE_BY_THE_COMPILER.test(linkerName)) return undefined;
  const name = withoutTypeArguments(linkerName);
  const dot = name.indexOf('.', name.lastIndexOf('/') + 1);
  if (dot <= 0) return undefined;
  const [first = '', second] = name
    .slice(dot + 1)
    .replace(RECEIVER, '$1')
    .replace(MADE_FROM_IT, '')
    .split('.', 2);
  const symbols = first === '' ? [] : [first, ...secondOf(first, second)];
  return { package: unescaped(name.slice(0, dot)), symbols };
}

const MADE_BY_THE_COMPILER = /^(?:type:|type\.\.|go:|go\.[^/]*$|\.)/;
/** Functions that stand for a part of another: `-fm`, `-range1`. */
const MADE_FROM_IT = /-.*$/s;
const RECEIVER = /^\(\*?([^()]{1,1000})\)/;

/** A method, or, of what stands inside a function, nothing. */
function secondOf(first: string, second: string | undefined): string[] {
  if (second === undefined || second === '' || /^(?:func|gowrap|deferwrap)\d/.test(second)) return [];
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
