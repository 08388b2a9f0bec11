import type { Severity } from '#model/index.ts';

/**
 * What one kind of secret looks like. Rules are data (content/rules/secrets, and the user's own): each brings its good and bad
 * examples, which are its tests and its documentation. An id never changes its meaning.
 */
export interface SecretRule {
  /** Kebab-case; part of exceptions and baselines. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** How likely a match is a secret, before its structure was checked. */
  readonly confidence: Exclude<Confidence, 'verified'>;
  /**
   * How `pattern` is to be understood:
   * - `token`: what the secret itself looks like, with no letter, digit, `_` or `-` beside it;
   * - `assignment`: what the whole value looks like that is given to a name in which an anchor occurs: `ADOBE_KEY="…"`, `<key>…</key>`;
   * - `text`: what the secret looks like with all that is around it; the group `secret` is the secret, or else everything.
   */
  readonly form: RuleForm;
  /** Texts of which one is at the beginning of the match, or inside of the name of an assignment; 3 characters at least. */
  readonly anchors: readonly string[];
  /** A regular expression that takes linear time (see `costOf`). Case matters. */
  readonly pattern: string;
  /** Of an assignment: a regular expression for its name, in any case; by default that it speaks of a key, a token or the like. */
  readonly name?: string;
  /** Globs of the only files where the rule makes sense. */
  readonly files?: readonly string[];
  /** One of these stands within 2 KiB of the secret, in any case. */
  readonly near?: readonly string[];
  /** How many characters before an anchor a match may begin. */
  readonly reach?: number;
  /** The longest match, characters. */
  readonly span?: number;
  /** Of a user's rule, found out when it is read: an attempt takes so many steps at the most. */
  readonly steps?: number;
  /** The secret has at least so many bits of entropy in a character. */
  readonly entropy?: number;
  /** `random`: no words, as programs make secrets. `chosen`: a password as people choose them, no placeholder and no expression. */
  readonly value?: 'random' | 'chosen';
  /** Looks into the structure of the secret. */
  readonly check?: string;
  /** People choose such secrets: a hash of one could be undone by trying. */
  readonly isGuessable?: boolean;
  /** Rests on the name and the look of the value alone. */
  readonly isGeneric?: boolean;
  readonly references: readonly string[];
  /** Texts in which it finds a secret, with templates for what must not be written down: `dop_v1_{hex:64}`. */
  readonly finds: readonly string[];
  readonly ignores: readonly string[];
  /** Path at which the examples are tried, where `files` asks for one. */
  readonly examplePath?: string;
}

export type RuleForm = 'token' | 'assignment' | 'text';

/** `verified`: a checksum in the secret itself is right, so that it cannot be a coincidence or a placeholder. */
export type Confidence = 'verified' | 'high' | 'medium' | 'low';

export const confidences: readonly Confidence[] = ['verified', 'high', 'medium', 'low'];
