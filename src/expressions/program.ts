import { err, ok, type Result } from '#foundation/index.ts';
import { Compiler } from './evaluate/compile.ts';
import type { Environment } from './evaluate/environment.ts';
import { BudgetFault, type Frame, type Step } from './evaluate/frame.ts';
import { allFunctions, typeNames } from './library/index.ts';
import { type Expression, SyntaxFault } from './syntax/ast.ts';
import { parse } from './syntax/parser.ts';
import { type ExpressionFault, faultAt } from './syntax/position.ts';
import { type Checked, check, type Need } from './types/check.ts';
import type { Type } from './types/type.ts';
import { EvaluationFault, type Value } from './values/value.ts';

/** An expression made ready, to be evaluated as often as wanted. */
export interface Program {
  readonly source: string;
  /** As far as it is known without values. */
  readonly type: Type;
  /** What not every API server has; empty where types were not checked. */
  readonly needs: readonly ProgramNeed[];
  /** Names of the variables that it uses. */
  readonly variables: readonly string[];
  evaluate(variables: ReadonlyMap<string, Value>, limits?: EvaluationLimits): Result<Value, ExpressionFault>;
}

export interface ProgramNeed extends Pick<Need, 'what' | 'availability'> {
  readonly fault: ExpressionFault;
}

/** Steps that several evaluations share. */
export interface Budget {
  left: number;
}

export interface EvaluationLimits {
  /** Steps; one for each call and item, more for long texts. */
  readonly maxCost?: number;
  readonly timeoutMs?: number;
  /** What is spent is taken from it, and it ends the evaluation too. */
  readonly budget?: Budget;
}

export interface CompileOptions {
  /** Types of the variables; undefined where any name may be given. */
  readonly variables?: ReadonlyMap<string, Type>;
  readonly container?: string;
  /** Leaves types to be found out at evaluation. */
  readonly skipCheck?: boolean;
}

const MAX_COST = 1_000_000;
const TIMEOUT_MS = 2000;

/** Reads, checks and prepares an expression. All faults that the checker found come at once. */
export function compileExpression(
  source: string,
  options: CompileOptions = {},
): Result<Program, readonly ExpressionFault[]> {
  const environment: Environment = {
    functions: allFunctions,
    variables: options.variables,
    container: options.container ?? '',
    typeNames,
  };
  try {
    const expression = parse(source);
    const { type, faults, needs } = check(expression, environment);
    if (faults.length > 0 && options.skipCheck !== true)
      return err(faults.map(({ at, message, ...more }) => ({ ...faultAt(source, at, message), ...more })));
    return ok(programOf(source, expression, environment, { type, needs }));
  } catch (error) {
    if (error instanceof SyntaxFault) return err([faultAt(source, error.at, error.message)]);
    if (error instanceof RangeError) return err([faultAt(source, 0, 'the expression is nested too deeply')]);
    throw error;
  }
}

function programOf(
  source: string,
  expression: Expression,
  environment: Environment,
  checked: Omit<Checked, 'faults'>,
): Program {
  const compiler = new Compiler(environment);
  const run = compiler.compile(expression);
  const names = [...compiler.variables];
  return {
    source,
    type: checked.type,
    needs: checked.needs.map(({ at, what, availability }) => ({
      what,
      availability,
      fault: faultAt(source, at, what),
    })),
    variables: names.map(([name]) => name),
    evaluate(variables, { maxCost = MAX_COST, timeoutMs = TIMEOUT_MS, budget } = {}) {
      const slots: (Value | undefined)[] = new Array(compiler.slots);
      for (const [name, slot] of names) slots[slot] = variables.get(name);
      const costLimit = Math.min(maxCost, budget?.left ?? maxCost);
      const frame = { slots, cost: 0, costLimit, deadline: performance.now() + timeoutMs, at: 0 };
      const result = outcome(source, run, frame);
      if (budget !== undefined) budget.left = Math.max(0, budget.left - frame.cost);
      return result;
    },
  };
}

function outcome(source: string, run: Step, frame: Frame): Result<Value, ExpressionFault> {
  try {
    return ok(run(frame));
  } catch (error) {
    if (error instanceof EvaluationFault || error instanceof BudgetFault)
      return err(faultAt(source, frame.at, error.message));
    if (error instanceof RangeError)
      return err(faultAt(source, frame.at, 'the expression or a value is nested too deeply'));
    throw error;
  }
}
