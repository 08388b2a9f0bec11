import { Compiler } from '../evaluate/compile.ts';
import type { Environment } from '../evaluate/environment.ts';
import { BudgetFault, type Frame, type Step } from '../evaluate/frame.ts';
import { allFunctions, typeNames } from '../library/index.ts';
import type { Call, Comprehension, Expression } from '../syntax/ast.ts';
import { SyntaxFault } from '../syntax/ast.ts';
import { parse } from '../syntax/parser.ts';
import { faultAt } from '../syntax/position.ts';
import { EvaluationFault, isList, isMap, keyOf, keysOf, type Value } from '../values/value.ts';
import { type Change, changeText, leafChange } from './change.ts';
import { confidentialOf, hiddenValue, isConfidential } from './confidential.ts';
import { type Fact, factOperands } from './facts.ts';
import { shortValue, startOf, textOf } from './text.ts';

/** Why an expression is not true, and what would make it so. */
export interface Explanation {
  /** The comparisons that decided, in the order in which they stand; never more than `MAX_CAUSES`. */
  readonly causes: readonly Cause[];
  /** `object.spec.open is false, or object.spec.severity is not 'critical'`; empty where nothing can be said. */
  readonly change: string;
}

/** One comparison that decided. */
export interface Cause {
  /** On one line: `object.spec.severity != 'critical'`. */
  readonly expression: string;
  /** The values that stand in it. */
  readonly facts: readonly Fact[];
  /** Why it has no value, where it has none. */
  readonly error?: string;
  /** The items that it is about: `c is variables.containers[0] 'web'`. */
  readonly within: readonly string[];
  /** The definition (`variables.NAME`) that it stands in; absent in the expression itself. */
  readonly definition?: string;
  /** From 1, in the text of the expression or definition. */
  readonly line: number;
  readonly column: number;
}

export interface ExplainOptions {
  /** Sources of what `variables.NAME` stands for. */
  readonly definitions?: ReadonlyMap<string, string>;
  readonly maxCost?: number;
  readonly timeoutMs?: number;
}

const MAX_CAUSES = 12;
const MAX_ITEMS = 4;
const MAX_DEPTH = 60;
const MAX_COST = 300_000;
const TIMEOUT_MS = 300;

/**
 * Looks through `&&`, `||`, `!`, `?:`, `all`, `exists` and the definitions that are used for the comparisons which kept an expression
 * from being true. For a program that gave false or an error with these variables; a text that is no expression gives no causes.
 */
export function explainExpression(
  source: string,
  variables: ReadonlyMap<string, Value>,
  options: ExplainOptions = {},
): Explanation {
  const explainer = new Explainer(variables, options);
  const change = explainer.explainSource(source);
  return { causes: explainer.causes, change: changeText(change) };
}

/** Where the explainer is: which text, and the items that macros stand at. */
interface Place {
  readonly source: string;
  readonly definition?: string;
  readonly locals: ReadonlyMap<string, Value>;
  readonly within: readonly string[];
  /** Those of the locals whose values are not to be shown. */
  readonly hidden: ReadonlySet<string>;
  readonly depth: number;
}

type Truth = boolean | { readonly error: string };

const ENVIRONMENT: Environment = { functions: allFunctions, variables: undefined, container: '', typeNames };

const NO_LOCALS: ReadonlyMap<string, Value> = new Map();

/** A scan explains the same expressions of the same policies for thousands of objects. */
const MAX_PARSED = 1000;
const parsedSources = new Map<string, Expression>();

function parsed(source: string): Expression {
  const known = parsedSources.get(source);
  if (known !== undefined) return known;
  const expression = parse(source);
  if (parsedSources.size < MAX_PARSED) parsedSources.set(source, expression);
  return expression;
}

interface Compiled {
  readonly run: Step;
  readonly slots: number;
  readonly variables: ReadonlyMap<string, number>;
}

const compiledExpressions = new WeakMap<Expression, Compiled>();

function compiled(one: Expression): Compiled {
  const known = compiledExpressions.get(one);
  if (known !== undefined) return known;
  const compiler = new Compiler(ENVIRONMENT);
  const run = compiler.compile(one);
  const made = { run, slots: compiler.slots, variables: compiler.variables };
  compiledExpressions.set(one, made);
  return made;
}

class Explainer {
  readonly causes: Cause[] = [];
  readonly #variables: ReadonlyMap<string, Value>;
  readonly #definitions: ReadonlyMap<string, string>;
  /** Definitions whose values are not to be shown. */
  readonly #hidden: ReadonlySet<string>;
  readonly #deadline: number;
  #left: number;

  constructor(variables: ReadonlyMap<string, Value>, options: ExplainOptions) {
    this.#variables = variables;
    this.#definitions = options.definitions ?? new Map();
    this.#hidden = confidentialOf(this.#definitions);
    this.#left = options.maxCost ?? MAX_COST;
    this.#deadline = performance.now() + (options.timeoutMs ?? TIMEOUT_MS);
  }

  explainSource(source: string): Change {
    try {
      return this.#why(parsed(source), true, { source, locals: NO_LOCALS, within: [], hidden: this.#hidden, depth: 0 });
    } catch (error) {
      const isExpected = error instanceof SyntaxFault || error instanceof BudgetFault || error instanceof RangeError;
      if (isExpected) return undefined;
      throw error;
    }
  }

  /** What would have to change for `one` to be `wanted`, which it is not. */
  #why(one: Expression, wanted: boolean, place: Place): Change {
    if (place.depth > MAX_DEPTH) return this.#leaf(one, wanted, place);
    const inside = { ...place, depth: place.depth + 1 };
    switch (one.kind) {
      case 'and':
      case 'or':
        return this.#logic(one.operands, one.kind === 'and' ? wanted : !wanted, wanted, inside);
      case 'conditional':
        return this.#conditional(one, wanted, inside);
      case 'comprehension':
        return this.#comprehension(one, wanted, inside);
      case 'select':
        return this.#definition(one, wanted, inside) ?? this.#leaf(one, wanted, place);
      case 'call': {
        const [operand] = one.arguments;
        if (one.name === '!_' && operand) return this.#why(operand, !wanted, inside);
        return this.#emptyFilter(one, wanted, inside) ?? this.#leaf(one, wanted, place);
      }
      default:
        return this.#leaf(one, wanted, place);
    }
  }

  /** Where all must be `wanted`, each that is not; otherwise any of them would do. */
  #logic(operands: readonly Expression[], needsAll: boolean, wanted: boolean, place: Place): Change {
    if (!needsAll) return { any: operands.map((one) => this.#why(one, wanted, place)) };
    const blocking = operands.filter((one) => this.#truth(one, place) !== wanted);
    return { all: blocking.map((one) => this.#why(one, wanted, place)) };
  }

  #conditional({ test, yes, no }: Extract<Expression, { kind: 'conditional' }>, wanted: boolean, place: Place): Change {
    const truth = this.#truth(test, place);
    if (typeof truth !== 'boolean') return this.#leaf(test, true, place);
    const branch = truth ? yes : no;
    return branch.kind === 'literal' ? this.#why(test, !truth, place) : this.#why(branch, wanted, place);
  }

  #comprehension(one: Comprehension, wanted: boolean, place: Place): Change {
    const isQuantifier = one.does === 'all' || one.does === 'exists';
    const items = isQuantifier ? this.#items(one, place) : undefined;
    if (items === undefined) return this.#leaf(one, wanted, place);
    const needsAll = (one.does === 'all') === wanted;
    const blocking = items.filter((item) => this.#truth(one.body, item) !== wanted);
    if (blocking.length === 0 || (!needsAll && blocking.length > MAX_ITEMS)) return this.#leaf(one, wanted, place);
    const changes = blocking.slice(0, MAX_ITEMS).map((item) => this.#why(one.body, wanted, item));
    if (!needsAll) return { any: changes };
    const rest = blocking.length - changes.length;
    return { all: rest > 0 ? [...changes, `the same for ${rest} more of ${textOf(one.range)}`] : changes };
  }

  /** `size(list.filter(x, p)) == 0`, by name or written out, says of each item that `p` does not hold. */
  #emptyFilter(one: Call, wanted: boolean, place: Place): Change {
    const counted = one.name === '_==_' && isZero(one.arguments[1]) ? measured(one.arguments[0]) : undefined;
    const source = counted && this.#sourceOf(counted, place);
    const list = source === undefined ? counted : parsed(source);
    if (list?.kind !== 'comprehension' || list.does !== 'filter') return undefined;
    const definition = counted === undefined ? '' : textOf(counted);
    const where =
      source === undefined
        ? place
        : { source, definition, locals: NO_LOCALS, within: [], hidden: this.#hidden, depth: place.depth };
    return this.#comprehension({ ...list, does: 'exists' }, !wanted, where);
  }

  /** A place for each item of the range, its variables set. */
  #items({ range, variables: [first = '', second] }: Comprehension, place: Place): Place[] | undefined {
    const over = this.#value(range, place);
    if (over instanceof EvaluationFault) return undefined;
    const entries: (readonly [Value, Value])[] | undefined = isList(over)
      ? over.map((item, index) => [index, item] as const)
      : isMap(over)
        ? keysOf(over).map((key) => [key, over.get(keyOf(key) ?? '') ?? null] as const)
        : undefined;
    const shown = second ?? first;
    const text = textOf(range);
    const isHidden = isConfidential(range, place.hidden);
    const hidden = isHidden ? new Set([...place.hidden, shown]) : place.hidden;
    return entries?.map(([key, item]) => {
      const single = isList(over) ? item : key;
      const own: [string, Value][] =
        second === undefined
          ? [[first, single]]
          : [
              [first, key],
              [second, item],
            ];
      const within = `${shown} is ${text}[${shortValue(key)}]${isHidden ? '' : nameOf(item)}`;
      return { ...place, locals: new Map([...place.locals, ...own]), within: [...place.within, within], hidden };
    });
  }

  /** `variables.NAME`, where its source is known and gives a truth. */
  #definition(one: Extract<Expression, { kind: 'select' }>, wanted: boolean, place: Place): Change {
    const source = this.#sourceOf(one, place);
    if (source === undefined || typeof this.#truth(one, place) !== 'boolean') return undefined;
    const definition = `variables.${one.field}`;
    const { depth } = place;
    return this.#why(parsed(source), wanted, {
      source,
      definition,
      locals: NO_LOCALS,
      within: [],
      hidden: this.#hidden,
      depth,
    });
  }

  /** What `variables.NAME` stands for. */
  #sourceOf(one: Expression, { locals }: Place): string | undefined {
    if (one.kind !== 'select' || one.isTest || one.of.kind !== 'name') return undefined;
    return one.of.name === 'variables' && !locals.has('variables') ? this.#definitions.get(one.field) : undefined;
  }

  #leaf(one: Expression, wanted: boolean, place: Place): Change {
    const outcome = this.#value(one, place);
    const facts = factOperands(one).flatMap((operand): Fact[] => {
      const value = this.#value(operand, place);
      if (value instanceof EvaluationFault) return [];
      const shown = isConfidential(operand, place.hidden) ? hiddenValue(value) : shortValue(value);
      return [{ expression: textOf(operand), value: shown }];
    });
    const { line, column } = faultAt(place.source, startOf(one), '');
    if (this.causes.length < MAX_CAUSES)
      this.causes.push({
        expression: textOf(one),
        facts,
        ...(outcome instanceof EvaluationFault && { error: outcome.message }),
        within: place.within,
        ...(place.definition !== undefined && { definition: place.definition }),
        line,
        column,
      });
    return leafChange(one, wanted, facts);
  }

  #truth(one: Expression, place: Place): Truth {
    const value = this.#value(one, place);
    if (value instanceof EvaluationFault) return { error: value.message };
    return typeof value === 'boolean' ? value : { error: 'no bool' };
  }

  #value(one: Expression, { locals }: Place): Value | EvaluationFault {
    const { run, slots: size, variables } = compiled(one);
    const slots: (Value | undefined)[] = new Array(size);
    for (const [name, slot] of variables) slots[slot] = locals.get(name) ?? this.#variables.get(name);
    const frame: Frame = { slots, cost: 0, costLimit: this.#left, deadline: this.#deadline, at: 0 };
    const outcome = valueOrFault(() => run(frame));
    this.#left -= frame.cost + 1;
    if (this.#left <= 0) throw new BudgetFault('the explanation costs more than it may');
    return outcome;
  }
}

/** The list in `size(list)` or `list.size()`. */
function measured(one: Expression | undefined): Expression | undefined {
  return one?.kind === 'call' && one.name === 'size' ? (one.target ?? one.arguments[0]) : undefined;
}

function isZero(one: Expression | undefined): boolean {
  return one?.kind === 'literal' && one.value === 0;
}

function valueOrFault(run: () => Value): Value | EvaluationFault {
  try {
    return run();
  } catch (error) {
    if (error instanceof EvaluationFault) return error;
    throw error;
  }
}

/** How a person calls an item: by its name, where it has one. */
function nameOf(item: Value): string {
  const name = isMap(item) ? (item.get('name') ?? item.get('id')) : item;
  return typeof name === 'string' ? ` ${shortValue(name)}` : '';
}
