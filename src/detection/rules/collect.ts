import { compareVersions, ENGINE_VERSION, knownPlugins } from './engine-version.ts';
import { checkException, type RuleException } from './exceptions.ts';
import type { RuleFault, RuleFaultCode } from './fault.ts';
import type {
  EngineVersionItem,
  ExceptionItem,
  Item,
  ListItem,
  MacroItem,
  PluginVersionsItem,
  RuleAddition,
  RuleItem,
  RuleReplacement,
  RuleUpdateItem,
  SequenceItem,
  ToggleItem,
} from './item.ts';
import { MappedText } from './mapped-text.ts';

/** Where it was first, and up to where it sees what stands before it. */
interface Ordered {
  readonly index: number;
  visibility: number;
}

export interface CollectedList extends Ordered {
  item: ListItem;
  items: readonly string[];
}

export interface CollectedMacro extends Ordered {
  item: MacroItem;
  condition: MappedText;
}

export interface CollectedRule extends Ordered {
  rule: Omit<RuleItem, 'exceptions'>;
  exceptions: readonly RuleException[];
}

/** Takes items in order, those of all files one after the other: later ones redefine, append to or replace parts of earlier ones. */
export class Collector {
  readonly lists = new Map<string, CollectedList>();
  readonly macros = new Map<string, CollectedMacro>();
  readonly rules = new Map<string, CollectedRule>();
  readonly sequences = new Map<string, SequenceItem>();
  readonly faults: RuleFault[] = [];
  readonly #sources: ReadonlySet<string>;
  #index = 0;

  constructor(sources: ReadonlySet<string>) {
    this.#sources = sources;
  }

  add(item: Item): void {
    switch (item.kind) {
      case 'engine-version':
        this.#engineVersion(item);
        break;
      case 'plugin-versions':
        this.#pluginVersions(item);
        break;
      case 'list':
        this.#list(item);
        break;
      case 'macro':
        this.#macro(item);
        break;
      case 'rule':
        this.#rule(item);
        break;
      case 'toggle':
        this.#toggle(item);
        break;
      case 'rule-update':
        this.#update(item);
        break;
      case 'sequence':
        this.sequences.set(item.name, item);
    }
  }

  #engineVersion(item: EngineVersionItem): void {
    if (compareVersions(item.version, ENGINE_VERSION) <= 0) return;
    const message = `rules for engine ${item.version.join('.')}; this one does what ${ENGINE_VERSION.join('.')} does`;
    this.#fault(item, 'engine-version', message, '');
  }

  #pluginVersions({ required }: PluginVersionsItem): void {
    for (const one of required) {
      const { alternatives } = one;
      if (alternatives.some(({ name }) => knownPlugins.has(name))) continue;
      const names = alternatives.map(({ name }) => name).join(', ');
      this.faults.push(
        one.file.fault(
          'warning',
          'plugin-version',
          `there is nothing here that stands for the plugin ${names}`,
          one.offset,
        ),
      );
    }
  }

  #list(item: ListItem): void {
    const before = this.lists.get(item.name);
    const index = this.#index++;
    if (item.appends && before === undefined) this.#nothingBefore(item, 'list');
    else if (before === undefined) this.lists.set(item.name, { item, items: item.items, index, visibility: index });
    else {
      before.items = item.appends ? [...before.items, ...item.items] : item.items;
      if (!item.appends) before.item = item;
      before.visibility = index;
    }
  }

  #macro(item: MacroItem): void {
    const before = this.macros.get(item.name);
    const index = this.#index++;
    if (item.appends && before === undefined) this.#nothingBefore(item, 'macro');
    else if (before === undefined)
      this.macros.set(item.name, { item, condition: item.condition, index, visibility: index });
    else {
      before.condition = item.appends ? appended(before.condition, item.condition) : item.condition;
      if (!item.appends) before.item = item;
      before.visibility = index;
    }
  }

  #rule({ exceptions: items, ...rule }: RuleItem): void {
    const before = this.rules.get(rule.name);
    const index = this.#index++;
    if (before !== undefined && before.rule.source !== rule.source) {
      this.#otherSource(rule);
      return;
    }
    if (!this.#sources.has(rule.source)) {
      const message = `the source ${JSON.stringify(rule.source)} is not known: the rule is not asked`;
      this.faults.push(rule.file.fault('warning', 'source-unknown', message, rule.offset, aboutRule(rule.name)));
    }
    const exceptions = this.#checked(items, aboutRule(rule.name));
    if (exceptions === undefined) return;
    if (before === undefined) this.rules.set(rule.name, { rule, exceptions, index, visibility: index });
    else Object.assign(before, { rule, exceptions, visibility: index });
  }

  #toggle(item: ToggleItem): void {
    const before = this.rules.get(item.name);
    if (before === undefined)
      this.#fault(item, 'item-invalid', 'it has "enabled" only, and there is no rule of this name before it');
    else before.rule = { ...before.rule, enabled: item.enabled };
  }

  #update(item: RuleUpdateItem): void {
    const before = this.rules.get(item.name);
    const index = this.#index++;
    if (before === undefined) {
      this.#nothingBefore(item, 'rule');
      return;
    }
    if (item.source !== '' && item.source !== before.rule.source) {
      this.#otherSource(item);
      return;
    }
    if (item.append && !this.#append(before, item.append, item)) return;
    if (item.replace && !this.#replace(before, item.replace, item)) return;
    before.visibility = index;
  }

  #append(before: CollectedRule, addition: RuleAddition, item: RuleUpdateItem): boolean {
    if (Object.keys(addition).length === 0) {
      this.#fault(item, 'override-invalid', 'there is nothing to append: it has neither a condition nor exceptions');
      return false;
    }
    const exceptions = this.#appendedExceptions(before.exceptions, addition.exceptions ?? [], item);
    if (exceptions === undefined) return false;
    const { rule } = before;
    before.exceptions = exceptions;
    before.rule = {
      ...rule,
      condition: addition.condition ? appended(rule.condition, addition.condition) : rule.condition,
      output: addition.output ? appended(rule.output, addition.output) : rule.output,
      description:
        addition.description === undefined ? rule.description : `${rule.description} ${addition.description}`,
      tags: [...new Set([...rule.tags, ...(addition.tags ?? [])])],
    };
    return true;
  }

  /** Values for exceptions that stand already; new ones with all that they need. */
  #appendedExceptions(
    before: readonly RuleException[],
    items: readonly ExceptionItem[],
    { name }: RuleUpdateItem,
  ): readonly RuleException[] | undefined {
    const about = aboutRule(name);
    let exceptions = before;
    for (const item of items) {
      const known = exceptions.find((one) => one.name === item.name);
      if (known === undefined) {
        if (item.values.length === 0) return this.#exceptionFault(item, 'a new one has values', about);
        const checked = this.#checked([item], about);
        if (checked === undefined) return undefined;
        exceptions = [...exceptions, ...checked];
      } else if (item.fields !== undefined || item.comps !== undefined)
        return this.#exceptionFault(item, 'to one that stands already values are appended, no fields and comps', about);
      else
        exceptions = exceptions.map((one) =>
          one === known ? { ...one, values: [...one.values, ...item.values] } : one,
        );
    }
    return exceptions;
  }

  #exceptionFault(item: ExceptionItem, message: string, about: string): undefined {
    this.faults.push(
      item.file.fault(
        'error',
        'exception-invalid',
        `exception ${JSON.stringify(item.name)}: ${message}`,
        item.offset,
        about,
      ),
    );
  }

  #replace(
    before: CollectedRule,
    { exceptions: items, ...replacement }: RuleReplacement,
    item: RuleUpdateItem,
  ): boolean {
    const exceptions = items && this.#checked(items, aboutRule(item.name));
    if (items && exceptions === undefined) return false;
    before.rule = { ...before.rule, ...replacement };
    before.exceptions = exceptions ?? before.exceptions;
    return true;
  }

  #checked(items: readonly ExceptionItem[], about: string): readonly RuleException[] | undefined {
    const exceptions: RuleException[] = [];
    for (const item of items) {
      const checked = checkException(item, about);
      if ('fault' in checked) {
        this.faults.push(checked.fault);
        return undefined;
      }
      exceptions.push(checked.exception);
    }
    return exceptions;
  }

  #nothingBefore(item: ListItem | MacroItem | RuleUpdateItem, kind: string): void {
    this.#fault(item, 'override-invalid', `appends or replaces, and there is no ${kind} of this name before it`);
  }

  #otherSource(item: Pick<RuleItem, 'file' | 'offset' | 'name'>): void {
    const message = 'the rule was defined before with another source';
    this.faults.push(item.file.fault('error', 'item-invalid', message, item.offset, aboutRule(item.name)));
  }

  #fault(item: Item, code: RuleFaultCode, message: string, about = aboutItem(item)): void {
    this.faults.push(item.file.fault('error', code, message, item.offset, about));
  }
}

/** A space between the two: what is appended begins with `and` or `or`. */
function appended(before: MappedText, more: MappedText): MappedText {
  return MappedText.joined([before, more.standingIn(' ', 0), more]);
}

export function aboutRule(name: string): string {
  return `rule ${JSON.stringify(name)}`;
}

function aboutItem(item: Item): string {
  if (!('name' in item)) return '';
  return item.kind === 'list' || item.kind === 'macro'
    ? `${item.kind} ${JSON.stringify(item.name)}`
    : aboutRule(item.name);
}
