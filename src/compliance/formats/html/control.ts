import { type Markup, markup, severityBadge } from '#reporters/presentation.ts';
import type {
  ComplianceReport,
  ControlAssessment,
  Fact,
  PartAnswer,
  PartAssessment,
  RequirementControl,
} from '../../report.ts';
import { acceptedWords, attestationWords, placeWords, stateWords } from '../wording.ts';

export function controlsOf({ controls }: ComplianceReport): ReadonlyMap<string, ControlAssessment> {
  return new Map(controls.map((control) => [control.id, control]));
}

const relationWords: Readonly<Record<RequirementControl['relation'], string>> = {
  exact: 'asks for the same',
  superset: 'is a part of what the clause asks for',
  subset: 'asks for more than the clause',
  intersects: 'shares a part with the clause',
};

const answerWords: Readonly<Record<PartAnswer, string>> = {
  holds: 'so',
  'holds-in-part': 'so, as far as it was looked at',
  violated: 'not so',
  accepted: 'not so, and accepted',
  'not-arisen': 'did not arise',
  stated: 'so, by a statement',
  unstated: 'nobody has stated it',
  unknown: 'not looked at',
};

/** One control, as evidence for a clause. */
export function controlEvidence(control: ControlAssessment, row: RequirementControl): Markup {
  const { id, title, state, parts, remedy, attestation } = control;
  return markup`<div class="control ${state}"><h4><span>${title}</span> <span class="badge ${state}">${stateWords[state]}</span></h4>
<p class="id">${id}, which ${relationWords[row.relation]} (${row.source})</p>
${parts.map(partEvidence)}
${attestation && markup`<p class="notice">${attestationWords(attestation)}: ${attestation.statement} <span class="muted">(${attestation.statedIn})</span></p>`}
${state === 'fail' && markup`<p><strong>To do:</strong> ${remedy}</p>`}
</div>
`;
}

const shownFacts = 8;

function partEvidence({ by, what, answer, failing, accepted, counts }: PartAssessment): Markup {
  return markup`<div class="part"><p><span class="asked">${askedWords(by, what)}</span> <strong>${answerWords[answer]}</strong>${counts.passed > 0 && markup` <span class="muted">(${counts.passed} passed)</span>`}</p>
${factList(failing, counts.failing, (fact) => placeWords(fact))}${factList(accepted, counts.accepted, (fact) => `${placeWords(fact)}; ${acceptedWords(fact)}`)}</div>`;
}

/** Ids of checks as they are typed; a sentence or a question as it stands. */
function askedWords(by: PartAssessment['by'], what: string): Markup {
  if (by !== 'checks') return markup`${/[.?]$/.test(what) ? what : `${what}:`}`;
  return markup`${what.split(', ').map((id, index) => markup`${index > 0 && ', '}<code>${id}</code>`)}:`;
}

function factList(facts: readonly Fact[], count: number, where: (fact: Fact) => string): Markup | undefined {
  if (count === 0) return undefined;
  const item = (fact: Fact) =>
    markup`<li>${severityBadge(fact.severity)}<strong>${fact.id}</strong> ${fact.message}<span class="where">${where(fact)}</span></li>`;
  const rest = count - shownFacts;
  return markup`<ul class="facts-found">${facts.slice(0, shownFacts).map(item)}${rest > 0 && markup`<li class="muted">and ${rest} more, which the scan report lists</li>`}</ul>`;
}
