import { counted, type Markup, markup } from '#reporters/presentation.ts';
import type { ControlAssessment, FrameworkAssessment, MissingEvidence, Requirement } from '../../report.ts';
import { attestationWords, stateWords } from '../wording.ts';
import { controlEvidence } from './control.ts';
import { anchorOf } from './overview.ts';

/** The requirements of one framework under the headings of the publication, each of which opens to its evidence. */
export function* frameworkSection(
  { id, title, version, requirements }: FrameworkAssessment,
  controls: ReadonlyMap<string, ControlAssessment>,
): Iterable<string> {
  yield markup`<section id="${id}" class="panel" aria-labelledby="${id}-title"><h2 id="${id}-title">${title} <span class="muted small">${version}</span></h2>
<div class="card requirements">
`.html;
  let section: string | undefined;
  for (const requirement of requirements) {
    if (requirement.section !== section) yield markup`<h3>${requirement.section}</h3>\n`.html;
    section = requirement.section;
    yield requirementDetails(id, requirement, controls).html;
  }
  yield markup`<p class="none-shown" hidden>No requirement here is like that.</p>\n</div></section>\n`.html;
}

function requirementDetails(
  framework: string,
  requirement: Requirement,
  controls: ReadonlyMap<string, ControlAssessment>,
): Markup {
  const { clause, title, state, text, reason, missing, attestation } = requirement;
  const rows = requirement.controls.flatMap((row) => {
    const control = controls.get(row.id);
    return control ? [controlEvidence(control, row)] : [];
  });
  return markup`<details class="requirement" id="${anchorOf(framework, clause)}" data-state="${state}"><summary><span class="state"><span class="badge ${state}">${stateWords[state]}</span></span><span class="clause">${clause}</span><span class="name">${title}</span><span class="numbers">${numbers(requirement)}</span></summary>
<div class="evidence"><p>${text}</p>
<p class="reason">${reason}.</p>
${attestation && markup`<p class="notice">${attestationWords(attestation)}: ${attestation.statement} <span class="muted">(${attestation.statedIn})</span></p>`}
${rows}
${missing.length > 0 && markup`<div><h4>What is not known, and how to learn it</h4>${gapList(missing)}</div>`}
</div></details>
`;
}

function numbers({ counts, statement, state }: Requirement): Markup {
  const words = [
    ...(counts.accepted > 0 ? [`${counts.accepted} accepted`] : []),
    ...(counts.passed > 0 ? [`${counts.passed} passed`] : []),
    ...(statement === 'expired' ? ['statement expired'] : []),
    ...(state === 'manual' && statement === 'given' ? ['met by a statement'] : []),
  ];
  return markup`${counts.failing > 0 && markup`<span class="failing">${counts.failing} failing</span>${words.length > 0 && ', '}`}${words.join(', ')}`;
}

const shownGaps = 12;

function gapList(missing: readonly MissingEvidence[]): Markup {
  const items = missing.map(({ why, how }) => markup`<li>${why}<span class="how">${how}</span></li>`);
  const rest = items.slice(shownGaps);
  return markup`<ul class="gaps">${items.slice(0, shownGaps)}</ul>${
    rest.length > 0 &&
    markup`<details><summary>${counted(rest.length, 'more gap')}</summary><ul class="gaps">${rest}</ul></details>`
  }`;
}
