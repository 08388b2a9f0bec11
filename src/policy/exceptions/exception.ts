import type { Problem } from '#foundation/index.ts';
import type { Pattern } from '#foundation/patterns/index.ts';
import type { DecisionState } from '#model/index.ts';
import type { Subject } from '../subject.ts';

/** What an exception can say of a finding. All of them close it. */
export const exceptionStates = [
  'accepted',
  'false-positive',
  'not-affected',
  'deferred',
] as const satisfies readonly DecisionState[];
export type ExceptionState = (typeof exceptionStates)[number];

/** Somebody's written word that a finding need not stop an artifact; the same whatever file it was written in. */
export interface Exception {
  /** How messages call it: `CVE-2024-1234 of openssl`. */
  readonly name: string;
  /** `.plimsoll/exceptions.yaml:12` */
  readonly statedIn: string;
  readonly state: ExceptionState;
  readonly reason: string;
  /** OpenVEX label. */
  readonly justification?: string;
  readonly author?: string;
  readonly approvedBy?: string;
  /** ISO date. */
  readonly created?: string;
  /** ISO date from which on it no longer holds. */
  readonly expires?: string;
  /** It no longer holds as soon as a version without the vulnerability is known. */
  readonly untilFix: boolean;
  /** Names of artifacts that it is for; every one when absent. */
  readonly image?: Pattern;
  /** The one kind that it is for, where it names one. What policies decide (`policy`) is for those exceptions only that name it. */
  readonly kind?: string;
  /** What it is for: a finding for which all of them hold. */
  readonly criteria: readonly Criterion[];
  /** Ids in lower case, when it is for these only: what makes it quick to find. */
  readonly exactIds?: readonly string[];
}

export type Criterion = (subject: Subject) => boolean;

/** What a file of exceptions gives: those that can be read, and a problem for each that cannot. */
export interface ExceptionList {
  readonly exceptions: readonly Exception[];
  readonly problems: readonly Problem[];
}

/** An entry that is not applied. What it was meant to close stays open, which is why an answer is not incomplete for it. */
export function invalidException(message: string, file: string): Problem {
  return { code: 'exception-invalid', message, effect: 'degraded', subject: file };
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A date of the calendar: `2026-02-30` is none. */
export function isDate(text: string): boolean {
  const time = ISO_DATE.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
