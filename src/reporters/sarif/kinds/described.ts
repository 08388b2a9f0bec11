import type { TextEdit } from '#checks/index.ts';
import type { LayerOrigin, Severity } from '#model/index.ts';

/** A finding of any kind as SARIF wants it: what a rule and a result are made of. */
export interface Described {
  readonly rule: DescribedRule;
  readonly message: string;
  readonly path: string;
  /** From 1; 1 where the finding is of the file as a whole. */
  readonly line: number;
  /** Where it begins and ends more precisely, where that is known. */
  readonly region?: { readonly startColumn: number; readonly endLine?: number; readonly endColumn?: number };
  /** What would mend it without a person's decision. */
  readonly fix?: { readonly description: string; readonly edits: readonly TextEdit[] };
  readonly severity: Severity;
  readonly logical: readonly { readonly name: string; readonly fullyQualifiedName: string; readonly kind: string }[];
  /** What stays the same in the next build: without versions, layers and tags. */
  readonly identity: readonly string[];
  readonly properties: Readonly<Record<string, string | undefined>>;
}

export interface DescribedRule {
  readonly id: string;
  /** PascalCase, for lists. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly references: readonly string[];
  readonly helpUri: string | undefined;
  readonly tags: readonly string[];
  readonly precision: 'very-high' | 'high' | 'medium' | 'low';
}

export function layerLocation(layer: LayerOrigin | undefined): Described['logical'] {
  if (!layer) return [];
  return [{ name: `layer ${layer.index} (${layer.part})`, fullyQualifiedName: layer.diffId, kind: 'layer' }];
}
