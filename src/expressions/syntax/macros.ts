import { type Binding, type Call, type ComprehensionKind, type Expression, SyntaxFault } from './ast.ts';

/** `has(a.b)`: no function, for a function would need a value. */
export function expandGlobalMacro(call: Call): Expression | undefined {
  if (call.name !== 'has' || call.arguments.length !== 1) return undefined;
  const [of] = call.arguments;
  if (of?.kind !== 'select' || of.isTest)
    throw new SyntaxFault('has() asks for a field: has(object.field)', of?.at ?? call.at);
  return { ...of, isTest: true };
}

/** Comprehensions by name, with how many variables and whether a filter may stand before the body. */
interface Shape {
  readonly does: ComprehensionKind;
  readonly variables: 1 | 2;
  readonly hasFilter: boolean;
}

const shape = (does: ComprehensionKind, variables: 1 | 2, hasFilter = false): Shape => ({ does, variables, hasFilter });

/** By name and number of arguments. */
const SHAPES: ReadonlyMap<string, Shape> = new Map([
  ['all/2', shape('all', 1)],
  ['exists/2', shape('exists', 1)],
  ['exists_one/2', shape('existsOne', 1)],
  ['existsOne/2', shape('existsOne', 1)],
  ['filter/2', shape('filter', 1)],
  ['map/2', shape('map', 1)],
  ['map/3', shape('map', 1, true)],
  ['sortBy/2', shape('sortBy', 1)],
  ['all/3', shape('all', 2)],
  ['exists/3', shape('exists', 2)],
  ['exists_one/3', shape('existsOne', 2)],
  ['existsOne/3', shape('existsOne', 2)],
  ['transformList/3', shape('transformList', 2)],
  ['transformList/4', shape('transformList', 2, true)],
  ['transformMap/3', shape('transformMap', 2)],
  ['transformMap/4', shape('transformMap', 2, true)],
  ['transformMapEntry/3', shape('transformMapEntry', 2)],
  ['transformMapEntry/4', shape('transformMapEntry', 2, true)],
]);

export function expandMemberMacro(call: Call, target: Expression): Expression | undefined {
  if (target.kind === 'name' && target.name === 'cel' && !target.isRooted) return expandNamespaced(call);
  if (target.kind === 'name' && target.name === 'math' && !target.isRooted) return severalNumbers(call);
  const isOptionalMap = (call.name === 'optMap' || call.name === 'optFlatMap') && call.arguments.length === 2;
  const [first, second] = call.arguments;
  if (isOptionalMap && first && second) {
    const isFlat = call.name === 'optFlatMap';
    return { kind: 'optional-map', at: call.at, of: target, variable: variableOf(first), body: second, isFlat };
  }
  const known = SHAPES.get(`${call.name}/${call.arguments.length}`);
  return known && comprehension(call, target, known);
}

/** `math.greatest(1, 2, 3)` asks for the greatest of a list. */
function severalNumbers(call: Call): Expression | undefined {
  const { name, at, arguments: given } = call;
  if ((name !== 'greatest' && name !== 'least') || given.length < 2) return undefined;
  const items = given.map((value) => ({ value, isOptional: false }));
  return { ...call, arguments: [{ kind: 'list', at, items }] };
}

function comprehension(call: Call, range: Expression, { does, variables: count, hasFilter }: Shape): Expression {
  const variables = call.arguments.slice(0, count).map(variableOf);
  if (count === 2 && variables[0] === variables[1])
    throw new SyntaxFault(
      `both variables of ${call.name} have the name ${variables[0]}`,
      call.arguments[1]?.at ?? call.at,
    );
  const rest = call.arguments.slice(count);
  const body = rest.at(-1);
  if (body === undefined) throw new SyntaxFault(`${call.name} needs an expression`, call.at);
  return { kind: 'comprehension', at: call.at, does, range, variables, filter: hasFilter ? rest[0] : undefined, body };
}

function variableOf(expression: Expression): string {
  if (expression.kind === 'name' && !expression.isRooted) return expression.name;
  throw new SyntaxFault('the name of a variable must stand here', expression.at);
}

/** What `cel.` offers: `bind`, and blocks, by which optimisers write down what they share. */
function expandNamespaced(call: Call): Expression | undefined {
  const { name, at, arguments: given } = call;
  const [first, second, third] = given;
  if (name === 'bind' && first && second && third && given.length === 3)
    return { kind: 'let', at, bindings: [{ name: variableOf(first), value: second }], body: third };
  if (name === 'block' && first?.kind === 'list' && second && given.length === 2) {
    const bindings = first.items.map(({ value }, index): Binding => ({ name: `@index${index}`, value }));
    return { kind: 'let', at, bindings, body: second };
  }
  if (name === 'index' || name === 'iterVar' || name === 'accuVar')
    return { kind: 'name', at, name: `@${name}${given.map(digitsOf).join(':')}`, isRooted: false };
  return undefined;
}

function digitsOf(expression: Expression): string {
  if (expression.kind === 'literal' && typeof expression.value === 'number') return String(expression.value);
  throw new SyntaxFault('a number must stand here', expression.at);
}
