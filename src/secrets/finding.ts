import type { FileLocation, FindingBase } from '#model/index.ts';
import type { Confidence } from './rules/rule.ts';

/** A secret in an image or tree. Never carries the secret. */
export interface SecretFinding extends FindingBase {
  readonly kind: 'secret';
  /** Id of the rule. */
  readonly id: string;
  readonly title: string;
  readonly confidence: Confidence;
  readonly source: SecretSource;
  /** Of a file. */
  readonly location?: FileLocation;
  /** The variable, label or key that it stands at, or the number of the build step (`step 7`), as far as it is known. */
  readonly name?: string;
  /** Stands for the value, or for the place where people choose such values; see `fingerprintOf`. 32 hexadecimal digits. */
  readonly fingerprint: string;
  /** Enough to recognise it, too little to use it: `ghp_… (40 characters)`. */
  readonly preview: string;
  readonly references: readonly string[];
}

/** `history`: a build step, which keeps the arguments of the build. `command`: entrypoint, command or health check. */
export type SecretSource = 'file' | 'env' | 'label' | 'history' | 'command';

/** What is kept of a secret in a file: plain data for the cache of layers. */
export type FoundSecret = {
  readonly rule: string;
  /** From 1. */
  readonly line: number;
  readonly confidence: Confidence;
  readonly name?: string;
  readonly fingerprint: string;
  readonly preview: string;
};

export type SecretFragment = {
  readonly secrets: readonly FoundSecret[];
  /** How many more the user's settings take for none by their value. */
  readonly allowedByValue?: number;
};
