import type { ChecksSummary } from '#checks/index.ts';
import type { Problem } from '#foundation/index.ts';
import type { Decision, Severity } from '#model/index.ts';
import type { SavedReport } from '#scan/index.ts';
import type { ControlFamily, Mapping, OutsideSource } from '#standards/index.ts';

/** What `plimsoll report compliance` says. Its JSON form is documented in docs/reference/compliance-report.md. */
export interface ComplianceReport {
  readonly schema: 'plimsoll.compliance.v1';
  readonly tool: { readonly name: 'plimsoll'; readonly version: string };
  /** ISO 8601. */
  readonly createdAt: string;
  /** The scan reports that all of it rests on. */
  readonly evidence: readonly EvidenceSource[];
  readonly frameworks: readonly FrameworkAssessment[];
  /** Every control that one of the frameworks names, by id. */
  readonly controls: readonly ControlAssessment[];
  /** Every statement that was given, those too that say nothing any more. */
  readonly attestations: readonly GivenAttestation[];
  readonly problems: readonly Problem[];
}

export interface EvidenceSource {
  readonly artifact: SavedReport['artifact'];
  /** ISO 8601. */
  readonly createdAt: string;
  readonly scanners: SavedReport['scanners'];
  readonly assessment: SavedReport['assessment'];
}

/**
 * - `pass`: everything that it asks for was looked at and is so.
 * - `fail`: something is not so.
 * - `partial`: what was looked at is so, and something was not looked at, or was accepted though it is not so.
 * - `not-assessed`: nothing was looked at that could tell.
 * - `manual`: rests on the word of a person alone, given or still to be given (`statement`).
 * - `not-applicable`: its question did not arise, or a statement says so.
 */
export type RequirementState = 'pass' | 'fail' | 'partial' | 'not-assessed' | 'manual' | 'not-applicable';

export const requirementStates = [
  'fail',
  'partial',
  'not-assessed',
  'manual',
  'pass',
  'not-applicable',
] as const satisfies readonly RequirementState[];

/** Of what only a person can say. `expired`: it was said, and the day is past until which it held. */
export type StatementState = 'given' | 'missing' | 'expired';

export interface FrameworkAssessment {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly version: string;
  readonly references: readonly string[];
  readonly summary: FrameworkSummary;
  /** In the order of the publication. */
  readonly requirements: readonly Requirement[];
}

/** Numbers of requirements. All states together are `requirements`: what was not assessed is never left out of the sum. */
export interface FrameworkSummary {
  readonly requirements: number;
  readonly pass: number;
  readonly fail: number;
  readonly partial: number;
  readonly notAssessed: number;
  readonly manual: number;
  readonly notApplicable: number;
  /** Of those that are `manual`: a statement says that they are met, and holds. */
  readonly manualMet: number;
  /** Of all: a statement that was given for it or its controls no longer holds. */
  readonly expired: number;
  /** Findings that somebody accepted, each counted once however many requirements it is about. */
  readonly acceptedFindings: number;
}

export interface Requirement {
  /** Number in the publication. */
  readonly clause: string;
  readonly title: string;
  readonly text: string;
  readonly section: string;
  readonly state: RequirementState;
  /** Why, in a sentence. */
  readonly reason: string;
  readonly controls: readonly RequirementControl[];
  readonly counts: EvidenceCounts;
  /** What has to be looked at before more can be said, each once. */
  readonly missing: readonly MissingEvidence[];
  readonly statement?: StatementState;
  /** Given for the clause itself. */
  readonly attestation?: AppliedAttestation;
}

export interface RequirementControl {
  readonly id: string;
  readonly relation: Mapping['relation'];
  /** Who says that the control is about the clause. */
  readonly source: string;
  readonly state: RequirementState;
}

export interface EvidenceCounts {
  /** Open findings that stand against it. */
  readonly failing: number;
  /** Findings that would stand against it and that somebody accepted. */
  readonly accepted: number;
  /** Answers of checks that found nothing wrong, one for each check and document. */
  readonly passed: number;
}

export interface ControlAssessment {
  readonly id: string;
  readonly title: string;
  readonly family: ControlFamily;
  readonly anchors: readonly string[];
  readonly remedy: string;
  readonly state: RequirementState;
  readonly parts: readonly PartAssessment[];
  readonly counts: EvidenceCounts;
  readonly statement?: StatementState;
  readonly attestation?: AppliedAttestation;
}

/**
 * What one part of a control's evidence says.
 *
 * - `holds`: looked at, and so.
 * - `holds-in-part`: so as far as it was looked at.
 * - `violated`: not so.
 * - `accepted`: not so, and somebody accepted that.
 * - `not-arisen`: looked at, and there is nothing that the question is about.
 * - `stated`: a person says so, and the statement holds.
 * - `unstated`: only a person can say, and nobody does.
 * - `unknown`: nothing was looked at that could tell.
 */
export type PartAnswer =
  | 'holds'
  | 'holds-in-part'
  | 'violated'
  | 'accepted'
  | 'not-arisen'
  | 'stated'
  | 'unstated'
  | 'unknown';

export interface PartAssessment {
  readonly by: 'checks' | 'findings' | 'outside' | 'statement';
  /** What was asked, in words. */
  readonly what: string;
  readonly answer: PartAnswer;
  /** The first of what stands against it, the worst first; `counts.failing` has all. */
  readonly failing: readonly Fact[];
  /** What would, had nobody accepted it. */
  readonly accepted: readonly Fact[];
  readonly counts: EvidenceCounts;
  /** What each check said, over all reports: those that were asked. */
  readonly checks?: ChecksSummary['byCheck'];
  readonly missing: readonly MissingEvidence[];
}

/** Something that was not looked at. */
export interface MissingEvidence {
  /** `No Kubernetes manifest was among what was scanned`. */
  readonly why: string;
  /** What brings it: a command, or what to write. */
  readonly how: string;
  readonly source?: OutsideSource | 'scan' | 'statement';
}

/** A finding, as evidence. */
export interface Fact {
  /** The same for the same finding in every report and clause. */
  readonly key: string;
  readonly kind: string;
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  /** `deploy/web.yaml:12, Deployment web`; empty where it is in no file. */
  readonly place: string;
  /** Name of the artifact that it is in. */
  readonly artifact: string;
  readonly decision?: Pick<Decision, 'state' | 'reason' | 'author' | 'expires' | 'statedIn'>;
}

/** A person's word on a control or a clause. */
export interface Attestation {
  readonly subject: AttestationSubject;
  readonly state: 'met' | 'not-met' | 'not-applicable';
  readonly statement: string;
  readonly by: string;
  /** ISO date. */
  readonly date: string;
  /** ISO date from which on it no longer holds. */
  readonly expires: string;
  /** Web addresses, numbers of tickets: where it can be looked up. */
  readonly evidence: readonly string[];
  /** `.plimsoll/attestations.yaml:12` */
  readonly statedIn: string;
}

export type AttestationSubject = { readonly control: string } | { readonly framework: string; readonly clause: string };

export interface AppliedAttestation extends Attestation {
  readonly isExpired: boolean;
}

export interface GivenAttestation extends AppliedAttestation {
  /** Whether it is about something that this report speaks of. */
  readonly isUsed: boolean;
}
