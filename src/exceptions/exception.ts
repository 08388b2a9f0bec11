import { z } from 'zod';
import type { DecidedState } from '#findings/index.ts';
import type { Severity } from '#model/index.ts';

/** Why something is not mended now, and as what its findings then stand. */
export const exceptionReasons = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
  'risk-accepted',
  'deferred-until-fix',
  'false-positive',
  'compensating-control',
] as const;

/** The first five are the justifications of OpenVEX. */
export type ExceptionReason = (typeof exceptionReasons)[number];

export function decidedState(reason: ExceptionReason): DecidedState {
  if (reason === 'false-positive') return 'false-positive';
  return isJustification(reason) ? 'not-affected' : 'accepted';
}

/** Whether OpenVEX has the word. */
export function isJustification(reason: ExceptionReason): boolean {
  return exceptionReasons.indexOf(reason) < 5;
}

export const exceptionStates = ['draft', 'requested', 'approved', 'expired', 'revoked', 'rejected'] as const;

/** As it is kept. `expiring` is `approved` near its end. */
export type ExceptionState = (typeof exceptionStates)[number];

/** `*` within a part of a path, `**` for any number of parts, `?` for one character: as files of exceptions have it. */
const pattern = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^[\]{}\\\p{Cc}]+$/u, 'A pattern has *, ** and ? and no other wildcards.');

export const exceptionScope = z
  .strictObject({
    /** Id of one finding. */
    finding: z.uuid().optional(),
    kind: z.string().min(1).max(100).optional(),
    /** Advisory, check or rule. */
    rule: pattern.optional(),
    /** Name, or package URL without version. */
    package: pattern.optional(),
    assets: z.strictObject({ kind: z.enum(['repository', 'host', 'project', 'workload']), name: pattern }).optional(),
    /** Assets that the team owns. */
    team: z.uuid().optional(),
  })
  .refine(
    ({ finding, rule, package: name }) => finding || [rule, name].some((one) => /[^*?/]/.test(one ?? '')),
    'Say what it is about: a finding, a rule or a package. Without assets or team it holds for all.',
  );

/** What an exception is for: findings for which all members hold. */
export type ExceptionScope = z.infer<typeof exceptionScope>;

/** What the life cycle looks at. */
export interface ExceptionStanding {
  readonly state: ExceptionState;
  /** Account. */
  readonly requester: string;
  /** Accounts, each another person. */
  readonly approvers: readonly string[];
  /** The worst severity that it is for. */
  readonly worst: Severity;
  readonly expiresAt: Date;
}
