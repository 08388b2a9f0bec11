import { counted, dateWords } from '#reporters/presentation.ts';
import type { AppliedAttestation, EvidenceSource, Fact, FrameworkSummary, RequirementState } from '../report.ts';

export const stateWords: Readonly<Record<RequirementState, string>> = {
  pass: 'pass',
  fail: 'fail',
  partial: 'partial',
  'not-assessed': 'not assessed',
  manual: 'manual',
  'not-applicable': 'not applicable',
};

/** `24 requirements: 3 pass, 7 fail, 5 partial, 7 not assessed, 2 manual (1 met by a statement), 0 not applicable`. */
export function summaryWords(summary: FrameworkSummary): string {
  const { pass, fail, partial, notAssessed, manual, manualMet, notApplicable, requirements } = summary;
  const met = manual === 0 ? '' : ` (${manualMet} met by a statement)`;
  return `${counted(requirements, 'requirement')}: ${pass} pass, ${fail} fail, ${partial} partial, ${notAssessed} not assessed, ${manual} manual${met}, ${notApplicable} not applicable`;
}

/** `5 of 23 applicable requirements are met (22 %)`: the denominator is all of them, known or not. */
export function scoreWords({ requirements, notApplicable, pass, manualMet }: FrameworkSummary): string {
  const applicable = requirements - notApplicable;
  const met = pass + manualMet;
  const share = applicable === 0 ? '' : ` (${Math.floor((met / applicable) * 100)} %)`;
  return `${met} of ${counted(applicable, 'applicable requirement')} ${met === 1 ? 'is' : 'are'} met${share}`;
}

/** Requirements about which something is still to be learnt. */
export function openCount({ partial, notAssessed, manual, manualMet }: FrameworkSummary): number {
  return partial + notAssessed + manual - manualMet;
}

/** `shop (directory, 2026-11-24)`. */
export function sourceWords({ artifact, createdAt, assessment }: EvidenceSource): string {
  const kind = artifact.document ? 'by its SBOM' : artifact.kind === 'image' ? 'image' : artifact.scheme;
  return `${artifact.name} (${kind}, ${dateWords(createdAt)}${assessment === 'incomplete' ? ', incomplete' : ''})`;
}

/** `accepted until 2027-01-01 by the shop's team: behind a gateway (exceptions.yaml:2)`. */
export function acceptedWords({ decision }: Pick<Fact, 'decision'>): string {
  if (decision === undefined) return 'accepted';
  const until = decision.expires === undefined ? '' : ` until ${dateWords(decision.expires)}`;
  const by = decision.author === undefined ? '' : ` by ${decision.author}`;
  return `${decision.state}${until}${by}: ${decision.reason} (${decision.statedIn})`;
}

/** `met, as the platform team stated on 2026-06-01, until 2027-06-01`; `expired on 2026-06-01: …`. */
export function attestationWords({ state, by, date, expires, isExpired }: AppliedAttestation): string {
  const said = `${state.replaceAll('-', ' ')}, as ${by} stated on ${date}`;
  return isExpired ? `expired on ${expires}: ${said}` : `${said}, until ${expires}`;
}

/** `deploy/web.yaml:12, Deployment web in shop`; the artifact alone where it is in no file. */
export function placeWords({ place, artifact }: Pick<Fact, 'place' | 'artifact'>): string {
  return place === '' ? `in ${artifact}` : `${place} in ${artifact}`;
}
