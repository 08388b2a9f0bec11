import type { Node } from 'yaml';
import type { RuleFile } from './file.ts';
import type { MappedText } from './mapped-text.ts';
import type { Priority } from './priority.ts';

/** Where an item stands. */
export interface ItemPlace {
  readonly file: RuleFile;
  readonly offset: number;
}

interface Named extends ItemPlace {
  readonly name: string;
}

export interface EngineVersionItem extends ItemPlace {
  readonly kind: 'engine-version';
  readonly version: readonly [number, number, number];
}

export interface PluginVersionsItem extends ItemPlace {
  readonly kind: 'plugin-versions';
  /** Of each, one of several will do. */
  readonly required: readonly (ItemPlace & { readonly alternatives: readonly PluginVersion[] })[];
}

export interface PluginVersion {
  readonly name: string;
  readonly version: string;
}

export interface ListItem extends Named {
  readonly kind: 'list';
  readonly appends: boolean;
  readonly items: readonly string[];
}

export interface MacroItem extends Named {
  readonly kind: 'macro';
  readonly appends: boolean;
  readonly condition: MappedText;
}

export interface RuleItem extends Named {
  readonly kind: 'rule';
  readonly condition: MappedText;
  readonly output: MappedText;
  readonly description: string;
  readonly priority: Priority;
  readonly source: string;
  readonly enabled: boolean;
  readonly tags: readonly string[];
  readonly exceptions: readonly ExceptionItem[];
  readonly warnEventTypes: boolean;
  readonly skipIfUnknownFilter: boolean;
  readonly capture: boolean;
  readonly captureDurationMs: number;
  /** What a rule of ours says beside: not read by Falco. */
  readonly about: Node | undefined;
}

/** `enabled` alone: the deprecated way to turn a rule on or off. */
export interface ToggleItem extends Named {
  readonly kind: 'toggle';
  readonly enabled: boolean;
}

/** `append: true`, or what `override` says of an earlier rule. */
export interface RuleUpdateItem extends Named {
  readonly kind: 'rule-update';
  /** What it says of its source, or nothing. */
  readonly source: string;
  readonly append: RuleAddition | undefined;
  readonly replace: RuleReplacement | undefined;
}

export interface RuleAddition {
  readonly condition?: MappedText;
  readonly output?: MappedText;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly exceptions?: readonly ExceptionItem[];
}

export type RuleReplacement = RuleAddition & {
  readonly priority?: Priority;
  readonly enabled?: boolean;
  readonly warnEventTypes?: boolean;
  readonly skipIfUnknownFilter?: boolean;
  readonly capture?: boolean;
  readonly captureDurationMs?: number;
};

/** A text, a list of texts, or for values a list of lists. */
export type ExceptionEntry = string | readonly ExceptionEntry[];

export interface ExceptionItem extends Named {
  readonly fields: ExceptionEntry | undefined;
  readonly comps: ExceptionEntry | undefined;
  readonly values: readonly ExceptionEntry[];
}

/** Conditions that come true one after the other: our own item, which Falco passes over with a warning. */
export interface SequenceItem extends Named {
  readonly kind: 'sequence';
  readonly description: string;
  readonly output: MappedText;
  readonly priority: Priority;
  readonly source: string;
  readonly enabled: boolean;
  readonly tags: readonly string[];
  readonly by: readonly string[];
  readonly withinUs: number;
  readonly steps: readonly SequenceStep[];
  readonly about: Node | undefined;
}

export interface SequenceStep extends ItemPlace {
  readonly name: string;
  readonly condition: MappedText;
  /** How often it comes true before the next step counts. */
  readonly count: number;
  /** A field by whose values is counted: each counts once. */
  readonly distinct: string | undefined;
}

export type Item =
  | EngineVersionItem
  | PluginVersionsItem
  | ListItem
  | MacroItem
  | RuleItem
  | ToggleItem
  | RuleUpdateItem
  | SequenceItem;
