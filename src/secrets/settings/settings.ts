import type { SecretRule } from '../rules/rule.ts';

/** What a user has to say about secrets (`.plimsoll/secrets.yaml`). Plain data: it crosses threads, and its JSON is part of cache keys. */
export interface SecretSettings {
  /** Rules of the user's own; one with the id of ours takes its place. */
  readonly rules?: readonly SecretRule[];
  /** Ids of rules that are not reported. */
  readonly disabled?: readonly string[];
  readonly allowed?: readonly SecretAllowance[];
  /** Regular expressions for secrets that are none, found anywhere in them. What they match is not kept at all. */
  readonly allowedValues?: readonly string[];
  /** The file that says so, for the words of decisions. */
  readonly statedIn?: string;
}

/** Secrets that are known and accepted: they stay in the report and no longer count. Everything that is given must hold. */
export interface SecretAllowance {
  readonly reason: string;
  readonly rules?: readonly string[];
  /** Globs. Only secrets in files have paths. */
  readonly paths?: readonly string[];
  readonly fingerprints?: readonly string[];
}

/** One value, so that what is compiled for it is compiled once. */
export const noSettings: SecretSettings = {};
