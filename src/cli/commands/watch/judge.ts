import {
  type Alert,
  DetectionEngine,
  describeFault,
  globMatcher,
  ownRules,
  priorities,
  type RuleSelection,
  type RuleSet,
  type RuleText,
  readRuleSet,
} from '#detection/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import type { DocumentEvent, RuntimeEvent } from '#runtime/index.ts';
import { hostContext } from './host-context.ts';
import { readRuleFiles } from './rule-files.ts';
import type { WatchFlags } from './run.ts';

const MAX_WARNINGS = 20;

/** The rules of a watch, ready to be asked. */
export class Judge {
  readonly warnings: readonly string[];
  readonly ruleCount: number;
  readonly #set: RuleSet;
  readonly #selection: RuleSelection;
  #engine: DetectionEngine | undefined;

  private constructor(set: RuleSet, selection: RuleSelection, warnings: readonly string[]) {
    this.#set = set;
    this.#selection = selection;
    this.warnings = warnings;
    const { syscall, audit } = set.compiled;
    const rules = [...syscall.rules, ...audit.rules].filter(({ rule }) => rule.enabled).length;
    this.ruleCount = rules + syscall.sequences.length + audit.sequences.length;
  }

  /** Loads the rules that come with the program and those that were named. Without any rule there is nothing to watch for. */
  static async open({ rules, ownRules: withOwn, disable, replay }: WatchFlags): Promise<Result<Judge>> {
    const own: readonly RuleText[] = withOwn ? await ownRules() : [];
    const named = await readRuleFiles(rules ?? []);
    if (!named.ok) return named;
    const set = readRuleSet([...own, ...named.value], replay === undefined ? await hostContext() : undefined);
    const errors = set.faults.filter(({ level }) => level === 'error').map(describeFault);
    const shown = errors.slice(0, MAX_WARNINGS);
    if (errors.length > shown.length) shown.push(`… and ${errors.length - shown.length} faults more`);
    const judge = new Judge(set, selectionOf(disable ?? []), shown);
    return judge.ruleCount === 0 ? err(['no rule could be loaded', ...shown].join('\n')) : ok(judge);
  }

  start(listener: {
    alert(alert: Alert, event: RuntimeEvent | undefined): void;
    ruleDisabled(name: string, why: string): void;
  }): void {
    this.#engine = new DetectionEngine(this.#set.compiled, { ...listener, selection: this.#selection });
  }

  event(event: RuntimeEvent): void {
    this.#engine?.event(event);
  }

  document(event: DocumentEvent): void {
    this.#engine?.document(event);
  }
}

function selectionOf(words: readonly string[]): RuleSelection {
  return {
    changes: words.map((word) =>
      word.startsWith('tag=')
        ? { enables: false, tag: word.slice('tag='.length) }
        : { enables: false, name: globMatcher(word) },
    ),
  };
}

/** Whether one level is as grave as another, or graver. Levels that nobody knows are. */
export function isAtLeast(priority: string, than: string): boolean {
  const rank = (word: string) =>
    priorities.findIndex((known) => known.toLowerCase().startsWith(word.toLowerCase().slice(0, 4)));
  return rank(priority) <= rank(than);
}
