import type { DocumentEvent, RuntimeEvent } from '#runtime/index.ts';
import { eventTypes } from '#runtime/index.ts';
import { auditCatalog, syscallCatalog } from '../fields/catalog.ts';
import type { FieldContext } from '../fields/context.ts';
import { allEventTypes } from '../fields/event-categories.ts';
import type { FieldCatalog } from '../fields/field.ts';
import { type CompiledOutput, compileOutput, OutputFault } from '../output/format.ts';
import { aboutRule } from '../rules/collect.ts';
import { checksOf, type Expanded } from '../rules/expanded.ts';
import type { RuleFault, RuleFaultCode } from '../rules/fault.ts';
import type { LoadedRule, LoadedRules, LoadedSequence } from '../rules/load.ts';
import { ConditionFault } from '../syntax/cursor.ts';
import { parseOperand } from '../syntax/parse.ts';
import { CompileFault } from './fault.ts';
import { type CompiledOperand, compileOperand } from './operand.ts';
import { PlacedFault, type Plan, Planner } from './plan.ts';
import { TypeSpecialist } from './specialise.ts';
import { suspicions } from './suspicion.ts';

/** A rule ready to be asked. */
export interface CompiledRule<E> {
  readonly rule: LoadedRule;
  readonly plan: Plan<E>;
  readonly output: CompiledOutput<E>;
}

export interface CompiledStep<E> {
  readonly name: string;
  readonly plan: Plan<E>;
  readonly count: number;
  readonly distinct: CompiledOperand<E> | undefined;
}

export interface CompiledSequence<E> {
  readonly sequence: LoadedSequence;
  readonly by: readonly CompiledOperand<E>[];
  readonly steps: readonly CompiledStep<E>[];
  readonly output: CompiledOutput<E>;
}

export interface CompiledSource<E> {
  readonly rules: readonly CompiledRule<E>[];
  readonly sequences: readonly CompiledSequence<E>[];
}

export interface CompiledRules {
  readonly syscall: CompiledSource<RuntimeEvent>;
  readonly audit: CompiledSource<DocumentEvent>;
  readonly faults: readonly RuleFault[];
}

/** What is added to the output of every rule about system calls, as Falco's container plugin asks for it. */
const CONTAINER_OUTPUT =
  'container_id=%container.id container_name=%container.name container_image_repository=%container.image.repository ' +
  'container_image_tag=%container.image.tag k8s_pod_name=%k8s.pod.name k8s_ns_name=%k8s.ns.name';

/** Checks types and makes all rules and sequences ready, those that are off too. What has an error is left out and told. */
export function compileRules(loaded: LoadedRules, context: FieldContext): CompiledRules {
  const faults: RuleFault[] = [];
  const syscall = new SourceCompiler(syscallCatalog(context), faults, CONTAINER_OUTPUT).compile(loaded);
  const audit = new SourceCompiler(auditCatalog(context), faults, '').compile(loaded);
  return { syscall, audit, faults };
}

class SourceCompiler<E> {
  readonly #catalog: FieldCatalog<E>;
  readonly #planner: Planner<E>;
  readonly #faults: RuleFault[];
  readonly #extraOutput: string;

  constructor(catalog: FieldCatalog<E>, faults: RuleFault[], extraOutput: string) {
    this.#catalog = catalog;
    this.#planner = new Planner(catalog);
    this.#faults = faults;
    this.#extraOutput = extraOutput;
  }

  compile({ rules, sequences }: LoadedRules): CompiledSource<E> {
    const mine = <T extends { readonly source: string }>(all: readonly T[]): T[] =>
      all.filter(({ source }) => source === this.#catalog.source);
    return {
      rules: mine(rules).flatMap((rule) => this.#rule(rule)),
      sequences: mine(sequences).flatMap((sequence) => this.#sequence(sequence)),
    };
  }

  #rule(rule: LoadedRule): CompiledRule<E>[] {
    const about = aboutRule(rule.name);
    const level = rule.skipIfUnknownFilter ? 'warning' : 'error';
    const plan = this.#plan(rule.expression, about, level);
    const output = this.#output(rule, about, level);
    if (plan === undefined || output === undefined) return [];
    this.#faults.push(...suspicions(rule.expression, rule.output, this.#catalog, about));
    this.#warnTypes(rule, plan, about);
    return [{ rule, plan, output }];
  }

  #plan(expression: Expanded, about: string, level: 'error' | 'warning'): Plan<E> | undefined {
    try {
      return this.#planner.plan(expression);
    } catch (error) {
      if (!(error instanceof PlacedFault)) throw error;
      const { fault, check } = error;
      const { file, place } = check.source.place(fault.at);
      const isUnknown = fault.code === 'field-unknown' || fault.code === 'event-type-unknown';
      this.#faults.push(file.fault(isUnknown ? level : 'error', fault.code, fault.message, place, about));
      return undefined;
    }
  }

  #output(
    { output }: Pick<LoadedRule, 'output'>,
    about: string,
    level: 'error' | 'warning',
    steps: readonly string[] = [],
  ): CompiledOutput<E> | undefined {
    const own = output.text.replaceAll('%container.info', '').trim();
    const extra = this.#extraOutput === '' || own.includes('%container.id') ? '' : ` ${this.#extraOutput}`;
    try {
      return compileOutput(`${own}${extra}`, this.#catalog, steps);
    } catch (error) {
      if (!(error instanceof OutputFault)) throw error;
      const { file, place } = output.place(error.at);
      this.#faults.push(
        file.fault(error.isUnknownField ? level : 'error', 'output-invalid', error.message, place, about),
      );
      return undefined;
    }
  }

  #sequence(sequence: LoadedSequence): CompiledSequence<E>[] {
    const about = `sequence ${JSON.stringify(sequence.name)}`;
    const steps = sequence.steps.flatMap(({ name, expression, count, distinct }) => {
      const plan = this.#plan(expression, about, 'error');
      const counted = distinct === undefined ? undefined : this.#operand(distinct, sequence, about);
      return plan === undefined || (distinct !== undefined && counted === undefined)
        ? []
        : [{ name, plan, count, distinct: counted }];
    });
    const output = this.#output(
      sequence,
      about,
      'error',
      sequence.steps.map(({ name }) => name),
    );
    const by = sequence.by.flatMap((name) => this.#operand(name, sequence, about) ?? []);
    if (output === undefined || steps.length < sequence.steps.length || by.length < sequence.by.length) return [];
    return [{ sequence, by, steps, output }];
  }

  #operand(text: string, { file, offset }: LoadedSequence, about: string): CompiledOperand<E> | undefined {
    try {
      return compileOperand(parseOperand(text), this.#catalog);
    } catch (error) {
      if (!(error instanceof CompileFault || error instanceof ConditionFault)) throw error;
      this.#faults.push(file.fault('error', 'field-unknown', error.message, offset, about));
      return undefined;
    }
  }

  #warnTypes(rule: LoadedRule, plan: Plan<E>, about: string): void {
    if (this.#catalog.source !== 'syscall' || !rule.enabled) return;
    const warn = (code: RuleFaultCode, message: string): void => {
      this.#faults.push(rule.file.fault('warning', code, message, rule.offset, about));
    };
    const types = typesOf(plan, allEventTypes);
    const sensed = new Set<string>(eventTypes);
    if (types.length > 100 && rule.warnEventTypes && !hasTypeCheck(rule.expression))
      warn('too-many-event-types', 'no evt.type is asked for: the rule is asked for every event, which is slow');
    else if (types.length > 0 && !types.some((type) => sensed.has(type)))
      warn(
        'event-type-not-sensed',
        `it is about ${types.slice(0, 3).join(', ')}, which no sensor of this program reports`,
      );
  }
}

function hasTypeCheck(expression: Expanded): boolean {
  for (const { left } of checksOf(expression)) if (left.kind === 'field' && left.name === 'evt.type') return true;
  return false;
}

/** The event types for which a condition can be true. */
export function typesOf<E>(plan: Plan<E>, types: readonly string[]): string[] {
  return types.filter((type) => {
    const reduced = new TypeSpecialist<E>(type, { value: 0 }).reduce(plan);
    return reduced.kind !== 'constant' || reduced.value;
  });
}
