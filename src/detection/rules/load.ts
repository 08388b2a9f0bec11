import { ConditionFault } from '../syntax/cursor.ts';
import { parseCondition } from '../syntax/parse.ts';
import type { Expression } from '../syntax/tree.ts';
import { aboutRule, type CollectedMacro, Collector } from './collect.ts';
import { type RuleException, withExceptions } from './exceptions.ts';
import type { Expanded } from './expanded.ts';
import type { RuleFault } from './fault.ts';
import type { RuleItem, SequenceItem, SequenceStep } from './item.ts';
import { substituteList } from './lists.ts';
import type { MappedText } from './mapped-text.ts';
import { readItems } from './read-items.ts';

/** A rule with its exceptions, lists and macros put in. */
export interface LoadedRule extends Omit<RuleItem, 'exceptions' | 'kind'> {
  readonly exceptions: readonly RuleException[];
  readonly expression: Expanded;
}

export interface LoadedSequence extends Omit<SequenceItem, 'steps' | 'kind'> {
  readonly steps: readonly (SequenceStep & { readonly expression: Expanded })[];
}

export interface LoadedRules {
  readonly rules: readonly LoadedRule[];
  readonly sequences: readonly LoadedSequence[];
  /** Items of each list, with those of lists that it names. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly macros: ReadonlyMap<string, Expanded>;
  readonly faults: readonly RuleFault[];
}

/** A text with the name that it is told by in faults. */
export interface RuleText {
  readonly name: string;
  readonly text: string;
}

/** Loads files of rules in order, as if they were one. What is wrong is told; the rest is loaded. */
export function loadRules(files: readonly RuleText[], sources: ReadonlySet<string>): LoadedRules {
  const collector = new Collector(sources);
  for (const { name, text } of files) {
    const { items, faults } = readItems(name, text);
    collector.faults.push(...faults);
    for (const item of items) collector.add(item);
  }
  return new Loader(collector).load();
}

class Loader {
  readonly #collector: Collector;
  readonly #faults: RuleFault[];
  readonly #lists: Map<string, readonly string[]>;
  readonly #usedLists = new Set<string>();
  readonly #usedMacros = new Set<string>();
  readonly #parsed = new Map<string, { expression: Expression; text: MappedText } | undefined>();
  readonly #expanded = new Map<string, Expanded | undefined>();

  constructor(collector: Collector) {
    this.#collector = collector;
    this.#faults = [...collector.faults];
    this.#lists = new Map([...collector.lists.keys()].map((name) => [name, this.#itemsOf(name)]));
  }

  load(): LoadedRules {
    for (const [name, macro] of this.#collector.macros)
      this.#parsed.set(name, this.#parse(macro.condition, macroAbout(name)));
    for (const [name, macro] of this.#collector.macros)
      this.#expanded.set(name, this.#expandMacro(name, macro.visibility));
    const rules = [...this.#collector.rules.values()].flatMap(({ rule, exceptions }) => this.#rule(rule, exceptions));
    const sequences = [...this.#collector.sequences.values()].flatMap((sequence) => this.#sequence(sequence));
    this.#warnUnused();
    const macros = new Map([...this.#expanded].flatMap(([name, body]) => (body ? [[name, body] as const] : [])));
    return { rules, sequences, lists: this.#lists, macros, faults: this.#faults };
  }

  /** A name among the items that stands for a list before this one is that list's items. */
  #itemsOf(name: string): readonly string[] {
    const list = this.#collector.lists.get(name);
    return (list?.items ?? []).flatMap((item) => {
      const named = this.#collector.lists.get(item);
      if (list === undefined || named === undefined || named.index >= list.visibility) return [item];
      this.#usedLists.add(item);
      return [...named.items];
    });
  }

  #parse(condition: MappedText, about: string): { expression: Expression; text: MappedText } | undefined {
    let text = condition;
    for (const [name, items] of this.#lists) {
      const replaced = substituteList(text, name, items);
      if (replaced === undefined) continue;
      text = replaced;
      this.#usedLists.add(name);
    }
    try {
      return { expression: parseCondition(text.text), text };
    } catch (error) {
      if (!(error instanceof ConditionFault)) throw error;
      const { file, place } = text.place(error.at);
      this.#faults.push(file.fault('error', 'condition-invalid', error.message, place, about));
      return undefined;
    }
  }

  #expandMacro(name: string, visibility: number): Expanded | undefined {
    const parsed = this.#parsed.get(name);
    return (
      parsed && this.#expand(parsed.expression, parsed.text, { visibility, path: [name], about: macroAbout(name) })
    );
  }

  #rule(rule: Omit<RuleItem, 'exceptions'>, exceptions: readonly RuleException[]): LoadedRule[] {
    const about = aboutRule(rule.name);
    const text = withExceptions(rule.condition, exceptions, about);
    if ('level' in text) {
      this.#faults.push(text);
      return [];
    }
    const expression = this.#condition(text, about);
    return expression ? [{ ...rule, exceptions, expression }] : [];
  }

  #sequence(sequence: SequenceItem): LoadedSequence[] {
    const about = `sequence ${JSON.stringify(sequence.name)}`;
    const steps = sequence.steps.flatMap((step) => {
      const expression = this.#condition(step.condition, about);
      return expression ? [{ ...step, expression }] : [];
    });
    return steps.length === sequence.steps.length ? [{ ...sequence, steps }] : [];
  }

  /** Rules see all macros, wherever these stand. */
  #condition(text: MappedText, about: string): Expanded | undefined {
    const parsed = this.#parse(text, about);
    return (
      parsed && this.#expand(parsed.expression, parsed.text, { visibility: Number.POSITIVE_INFINITY, path: [], about })
    );
  }

  #expand(expression: Expression, text: MappedText, scope: Scope): Expanded | undefined {
    switch (expression.kind) {
      case 'check':
        return { ...expression, source: text };
      case 'not': {
        const part = this.#expand(expression.part, text, scope);
        return part && { kind: 'not', part };
      }
      case 'macro':
        return this.#macroBody(expression.name, expression.at, text, scope);
      default: {
        const parts = expression.parts.map((part) => this.#expand(part, text, scope));
        return parts.every((part) => part !== undefined) ? { kind: expression.kind, parts } : undefined;
      }
    }
  }

  #macroBody(name: string, at: number, text: MappedText, scope: Scope): Expanded | undefined {
    const macro = this.#collector.macros.get(name);
    if (macro === undefined || macro.index >= scope.visibility) return this.#unknownMacro(name, at, text, macro, scope);
    if (scope.path.includes(name)) {
      const { file, place } = text.place(at);
      this.#faults.push(
        file.fault(
          'error',
          'macro-loop',
          `the macro ${name} stands for itself, by ${scope.path.join(' and ')}`,
          place,
          scope.about,
        ),
      );
      return undefined;
    }
    this.#usedMacros.add(name);
    const known = this.#expanded.get(name);
    if (known !== undefined || this.#expanded.has(name))
      return known ? { kind: 'macro', name, body: known } : this.#brokenMacro(name, at, text, scope);
    const parsed = this.#parsed.get(name);
    const body = parsed && this.#expand(parsed.expression, parsed.text, { ...scope, path: [...scope.path, name] });
    return body && { kind: 'macro', name, body };
  }

  #unknownMacro(
    name: string,
    at: number,
    text: MappedText,
    macro: CollectedMacro | undefined,
    scope: Scope,
  ): undefined {
    const { file, place } = text.place(at);
    const message = macro ? `the macro ${name} stands behind this one` : `there is no macro ${name}`;
    this.#faults.push(file.fault('error', 'macro-unknown', message, place, scope.about));
  }

  #brokenMacro(name: string, at: number, text: MappedText, scope: Scope): undefined {
    const { file, place } = text.place(at);
    this.#faults.push(file.fault('error', 'macro-unknown', `the macro ${name} has an error`, place, scope.about));
  }

  #warnUnused(): void {
    for (const [name, { item }] of this.#collector.macros)
      if (!this.#usedMacros.has(name))
        this.#warn('unused-macro', 'no rule and no macro names it', item, macroAbout(name));
    for (const [name, { item }] of this.#collector.lists)
      if (!this.#usedLists.has(name))
        this.#warn('unused-list', 'no rule, macro or list names it', item, `list ${JSON.stringify(name)}`);
  }

  #warn(
    code: 'unused-macro' | 'unused-list',
    message: string,
    { file, offset }: Pick<RuleItem, 'file' | 'offset'>,
    about: string,
  ): void {
    this.#faults.push(file.fault('warning', code, message, offset, about));
  }
}

interface Scope {
  readonly visibility: number;
  readonly path: readonly string[];
  readonly about: string;
}

function macroAbout(name: string): string {
  return `macro ${JSON.stringify(name)}`;
}
