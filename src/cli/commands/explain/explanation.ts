import type { Severity } from '#model/index.ts';
import type { Mapping } from '#standards/index.ts';

/** What is told of one thing of the catalogues, in words for people who do not know it. */
export interface Explanation {
  readonly kind: ExplanationKind;
  readonly id: string;
  readonly title: string;
  readonly severity?: Severity;
  /** What others call it. */
  readonly aliases?: readonly string[];
  /** What it asks for, or what it is. */
  readonly text?: string;
  readonly why?: string;
  /** How attackers use it, or its absence. */
  readonly attack?: string;
  readonly remedy?: string;
  /** Whole small documents, the first of each kind. */
  readonly examples?: { readonly bad?: string; readonly good?: string };
  /** By what it is judged, in words. */
  readonly evidence?: readonly string[];
  readonly checks?: readonly NamedThing[];
  readonly controls?: readonly (NamedThing & Partial<Pick<Mapping, 'relation' | 'source'>>)[];
  readonly clauses?: readonly RelatedClause[];
  readonly policies?: readonly NamedThing[];
  readonly references: readonly string[];
}

export type ExplanationKind =
  | 'check'
  | 'control'
  | 'clause'
  | 'framework'
  | 'policy'
  | 'pack of policies'
  | 'rule for secrets'
  | 'rule for malware';

export interface NamedThing {
  readonly id: string;
  readonly title: string;
}

export interface RelatedClause extends NamedThing {
  readonly framework: string;
  readonly relation?: Mapping['relation'];
}

/** Something that can be explained, and the words by which it is asked for. */
export interface Explainable {
  readonly id: string;
  /** The id, and what others call it. */
  readonly names: readonly string[];
  explain(): Explanation | Promise<Explanation>;
}
