import { artifactWords, counted, dateWords, endOfLifeWords, systemWords, thousands } from '../../wording.ts';
import { type Markup, markup } from '../markup.ts';
import type { PageModel } from '../model.ts';

/** What was scanned, when, and what a reader must not miss. */
export function masthead({ report }: PageModel): Markup {
  const { artifact, distribution } = report;
  const system = systemWords(report);
  const digest = artifact.manifestDigest ?? artifact.configDigest;
  const facts = [
    artifactWords(artifact),
    ...(system === undefined ? [] : [distribution ? system : `distribution ${system}`]),
    ...(digest === undefined ? [] : [digest.slice(0, 19)]),
    `scanned ${dateWords(report.createdAt)} ${report.createdAt.slice(11, 16)} UTC`,
  ];
  return markup`<header class="masthead"><div class="wide">
<p class="brand"><svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="16" cy="16" r="10"/><path d="M1 16h30"/></svg> Plimsoll <span>scan report</span></p>
<h1>${breakable(artifact.name)}</h1>
<ul class="facts">${facts.map((fact) => markup`<li>${fact}</li>`)}</ul>
</div></header>
${warnings(report)}`;
}

function warnings(report: PageModel['report']): Markup {
  const support = endOfLifeWords(report);
  const unassessed = report.unassessed.reduce((sum, one) => sum + one.packages, 0);
  const gaps = report.problems.filter((one) => one.effect === 'incomplete').length + report.unassessed.length;
  return markup`<div class="wide notices">
${support && markup`<p class="notice${support.ended && ' strong'}">${report.distribution?.name}: ${support.text}.</p>`}
${report.assessment === 'incomplete' && markup`<p class="notice strong">This answer is incomplete: ${counted(gaps, 'gap')} ${gaps === 1 ? 'is' : 'are'} named under <a href="#data">Data and limits</a>. Absence of a finding proves nothing there.</p>`}
${report.assessment === 'complete' && report.unassessed.length > 0 && markup`<p class="notice">${counted(unassessed, 'package')} could not be assessed: see <a href="#data">Data and limits</a>.</p>`}
</div>`;
}

export function navigation({ report, open, malware, secrets, misconfigurations }: PageModel): Markup {
  const { layers } = report.artifact;
  const entries: readonly Entry[] = [
    ['overview', 'Overview'],
    ...fileTab('malware', 'Malware', malware),
    ...fileTab('secrets', 'Secrets', secrets),
    ...fileTab('misconfigurations', 'Configuration', misconfigurations),
    ['findings', 'Vulnerabilities', open.length],
    ['packages', 'Packages', report.packages.length],
    ...(layers.length === 0 ? [] : [['layers', 'Layers', layers.length] as const]),
    ['data', 'Data and limits'],
  ];
  return markup`<nav class="tabs" aria-label="Parts of the report"><div class="wide">
${entries.map(([id, title, count]) => markup`<a href="#${id}" data-panel="${id}">${title}${count !== undefined && markup` <span class="count">${thousands(count)}</span>`}</a>\n`)}</div></nav>\n`;
}

type Entry = readonly [id: string, title: string, count?: number];

/** Only where something was found. */
function fileTab(id: string, title: string, found: readonly { readonly isOpen: boolean }[]): readonly Entry[] {
  return found.length === 0 ? [] : [[id, title, found.filter(({ isOpen }) => isOpen).length]];
}

/** A name that may go over to the next line after a slash. */
function breakable(name: string): Markup {
  const parts = name.split('/');
  return markup`${parts.map((part, index) => (index === 0 ? markup`${part}` : markup`/<wbr>${part}`))}`;
}
