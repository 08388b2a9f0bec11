import type { DocumentEvent, RuntimeEvent } from '#runtime/index.ts';
import type { CompiledRules } from '../compile/rules.ts';
import type { Alert } from '../output/alert.ts';
import { type Guard, RuleAsker } from './rule-asker.ts';

/** Which rules are asked: all that are on, but for what is said here. Later words win. */
export interface RuleSelection {
  /** `enable` or `disable`, and a name (a glob), or a tag. */
  readonly changes: readonly {
    readonly enables: boolean;
    readonly name?: (name: string) => boolean;
    readonly tag?: string;
  }[];
}

const ALL_ENABLED: RuleSelection = { changes: [] };

export interface EngineOptions {
  readonly matching?: 'first' | 'all';
  readonly selection?: RuleSelection;
  /** Called while the event is still as it was: it is reused, so that whoever keeps of it copies. */
  readonly alert: (alert: Alert, event: RuntimeEvent | undefined) => void;
  /** A rule that fails or takes long is asked no more: that is a finding, as what it would see is no longer seen. */
  readonly ruleDisabled: (name: string, why: string) => void;
}

export interface EngineStatistics {
  readonly events: number;
  readonly rules: readonly Guard[];
  /** Sequences that forgot because too many were under way. */
  readonly forgotten: number;
}

/** Asks all rules of every event. */
export class DetectionEngine {
  readonly #syscall: RuleAsker<RuntimeEvent>;
  readonly #audit: RuleAsker<DocumentEvent>;
  #events = 0;

  constructor(
    { syscall, audit }: CompiledRules,
    { matching = 'all', selection = ALL_ENABLED, alert, ruleDisabled }: EngineOptions,
  ) {
    const isWanted = (rule: { name: string; enabled: boolean; tags: readonly string[] }): boolean =>
      isSelected(rule, selection);
    this.#syscall = new RuleAsker(syscall, isWanted, {
      matching,
      timeUs: ({ event }) => event.timeUs,
      alert,
      disabled: ruleDisabled,
    });
    this.#audit = new RuleAsker(audit, isWanted, {
      matching,
      timeUs: ({ timeUs }) => timeUs,
      alert: (raised) => alert(raised, undefined),
      disabled: ruleDisabled,
    });
  }

  event(event: RuntimeEvent): void {
    this.#events++;
    this.#syscall.ask(event, event.event.type);
  }

  /** Records of sources that have no rules are passed over. */
  document(event: DocumentEvent): void {
    if (event.source !== 'k8s_audit') return;
    this.#events++;
    this.#audit.ask(event, undefined);
  }

  statistics(): EngineStatistics {
    const sequences = [...this.#syscall.sequences, ...this.#audit.sequences];
    return {
      events: this.#events,
      rules: [...this.#syscall.guards, ...this.#audit.guards],
      forgotten: sequences.reduce((sum, { forgotten }) => sum + forgotten, 0),
    };
  }
}

function isSelected(
  { name, enabled, tags }: { name: string; enabled: boolean; tags: readonly string[] },
  { changes }: RuleSelection,
): boolean {
  let isOn = enabled;
  for (const change of changes) {
    if (change.name?.(name) === true || (change.tag !== undefined && tags.includes(change.tag))) isOn = change.enables;
  }
  return isOn;
}
