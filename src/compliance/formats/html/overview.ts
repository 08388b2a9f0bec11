import { bar, chip, chips, counted, dateWords, type Markup, markup } from '#reporters/presentation.ts';
import {
  type ComplianceReport,
  type FrameworkAssessment,
  type FrameworkSummary,
  type RequirementState,
  requirementStates,
} from '../../report.ts';
import { attestationWords, openCount, scoreWords, sourceWords, stateWords } from '../wording.ts';

/** What was judged, when, and what a reader must not miss. */
export function masthead({ evidence, frameworks, createdAt, attestations }: ComplianceReport): Markup {
  const open = frameworks.reduce((sum, { summary }) => sum + openCount(summary), 0);
  const all = frameworks.reduce((sum, { summary }) => sum + summary.requirements, 0);
  const expired = attestations.filter(({ isExpired }) => isExpired).length;
  const names = evidence.map(({ artifact }) => artifact.name);
  return markup`<header class="masthead"><div class="wide">
<p class="brand"><svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="16" cy="16" r="10"/><path d="M1 16h30"/></svg> Plimsoll <span>compliance report</span></p>
<h1>${names.length > 0 ? names.join(' and ') : 'Nothing was scanned'}</h1>
<ul class="facts">${evidence.map((source) => markup`<li>${sourceWords(source)}</li>`)}<li>judged ${dateWords(createdAt)} ${createdAt.slice(11, 16)} UTC</li></ul>
</div></header>
<div class="wide notices">
${evidence.length === 0 && markup`<p class="notice strong">No scan report was given: nothing was looked at.</p>`}
${open > 0 && markup`<p class="notice strong">${counted(open, 'requirement')} of ${all} ${open === 1 ? 'is' : 'are'} not known, or known in part: each names what has to be looked at. What is not known counts as not met.</p>`}
${expired > 0 && markup`<p class="notice strong">${counted(expired, 'statement')} no longer ${expired === 1 ? 'holds' : 'hold'}: see <a href="#limits">Statements and limits</a>.</p>`}
</div>
`;
}

/** Each framework with its numbers, and a tile for each requirement that leads to it. */
export function overview({ frameworks }: ComplianceReport): Markup {
  return markup`<section class="overview" aria-label="Overview">${frameworks.map(card)}</section>\n`;
}

function card({ id, title, version, publisher, summary, requirements }: FrameworkAssessment): Markup {
  const tiles = requirements.map(
    ({ clause, title: name, state }) =>
      markup`<li><a class="tile ${state}" href="#${anchorOf(id, clause)}" title="${name}: ${stateWords[state]}">${clause}<span class="hidden"> ${name}: ${stateWords[state]}</span></a></li>`,
  );
  return markup`<article class="card framework-card">
<h2>${title} <span class="muted small">${version}, ${publisher}</span></h2>
<p class="lead">${scoreWords(summary)}.</p>
${bar(
  requirementStates.map((state) => ({ value: countOf(summary, state), className: `fill ${state}` })),
  summary.requirements,
)}
<ul class="legend">${requirementStates.map((state) => markup`<li><span class="badge ${state}">${countOf(summary, state)} ${stateWords[state]}</span></li> `)}${summary.manualMet > 0 && markup`<li class="muted">${summary.manualMet} of the manual met by a statement</li>`}${summary.acceptedFindings > 0 && markup`<li class="muted">${counted(summary.acceptedFindings, 'finding')} accepted, which is no pass</li>`}${summary.expired > 0 && markup`<li class="muted">${counted(summary.expired, 'statement')} expired</li>`}</ul>
<ul class="tiles" aria-label="Requirements of ${title}">${tiles}</ul>
</article>
`;
}

function countOf(summary: FrameworkSummary, state: RequirementState): number {
  return state === 'not-assessed'
    ? summary.notAssessed
    : state === 'not-applicable'
      ? summary.notApplicable
      : summary[state];
}

/** What a link to a requirement names. */
export function anchorOf(framework: string, clause: string): string {
  return `${framework}:${clause}`;
}

/** Shown by the page's script, which they need. */
export function filters({ frameworks }: ComplianceReport): Markup {
  const total = (state: RequirementState) => frameworks.reduce((sum, { summary }) => sum + countOf(summary, state), 0);
  const buttons = requirementStates
    .filter((state) => total(state) > 0)
    .map((state) => chip('state', state, `${stateWords[state]} ${total(state)}`));
  return markup`<div class="card filters" hidden>
<div class="search"><label class="hidden" for="query">Search requirements, controls and findings</label><input id="query" type="search" placeholder="Search requirements, controls, findings" autocomplete="off"><kbd aria-hidden="true">/</kbd></div>
${chips('Show only these states', buttons)}
<p class="summary" id="shown" role="status"></p>
</div>
`;
}

/** Statements that were given, and what else a reader has to know. */
export function limits({ attestations, problems, tool }: ComplianceReport): Markup {
  return markup`<section id="limits" class="panel" aria-labelledby="limits-title"><h2 id="limits-title">Statements and limits</h2>
<div class="card"><ul class="gaps">
${attestations.map(
  (one) =>
    markup`<li class="${one.isExpired ? 'incomplete' : 'note'}"><strong>${'control' in one.subject ? one.subject.control : `${one.subject.framework} ${one.subject.clause}`}</strong>: ${attestationWords(one)}. ${one.statement} <span class="muted">(${one.statedIn}${one.evidence.length > 0 && `; ${one.evidence.join(', ')}`})</span></li>\n`,
)}${problems.map(({ message }) => markup`<li>${message}</li>\n`)}
<li class="note">A requirement passes when all that it asks for was looked at and is so. The clauses of standards are shown by their numbers, in words of our own where the publication’s are not free. The crosswalk is a help for an assessor and no certificate.</li>
<li class="note">Made by ${tool.name} ${tool.version}.</li>
</ul></div></section>
`;
}
