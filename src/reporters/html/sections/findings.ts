import { severities } from '#model/index.ts';
import { isVulnerability, type VulnerabilityFinding } from '#vulnerability/index.ts';
import { byUrgency, hasFix } from '../../tally.ts';
import { counted, nothingFoundWords, stateWords, thousands } from '../../wording.ts';
import { type Markup, markup } from '../markup.ts';
import type { PageModel } from '../model.ts';
import { chip, chips, section, severityBadge } from './parts.ts';

/** How many rows stand in the page itself, for readers without script and for print. */
const writtenRows = 200;

export function findingsSection(model: PageModel): Markup {
  const { report, open } = model;
  if (!report.findings.some(isVulnerability))
    return section('findings', 'Vulnerabilities', [markup`<p class="card">${nothingFoundWords(report)}</p>`]);
  const shown = open.toSorted(byUrgency).slice(0, writtenRows);
  const columns = columnsOf(model);
  return section('findings', 'Vulnerabilities', [
    filters(model),
    markup`<p class="summary" id="findings-summary" role="status">${shown.length < open.length ? `The ${writtenRows} most urgent of ${thousands(open.length)} findings; a browser with script shows all.` : counted(open.length, 'finding')}</p>
<div class="card listing"><table class="findings" id="findings-table"><caption class="hidden">Vulnerabilities</caption>
<thead><tr>${columns.map(({ key, title }) => markup`<th scope="col" data-sort="${key}" class="${key}">${title}</th>`)}</tr></thead>
<tbody>${shown.map((one) => markup`<tr>${columns.map(({ key, cell }) => markup`<td class="${key}">${cell(one)}</td>`)}</tr>\n`)}</tbody></table></div>
<p class="more" hidden><button type="button" id="findings-more">Show more</button></p>`,
  ]);
}

interface Column {
  readonly key: string;
  readonly title: string;
  readonly cell: (one: VulnerabilityFinding) => Markup | string | undefined;
}

/** How soon only where somebody asked. The page's script makes the same columns. */
function columnsOf({ windows }: PageModel): readonly Column[] {
  return windows.length > 0 ? columns : columns.filter(({ key }) => key !== 'soon');
}

const columns: readonly Column[] = [
  { key: 'severity', title: 'Severity', cell: ({ severity }) => severityBadge(severity) },
  {
    key: 'id',
    title: 'Vulnerability',
    cell: ({ id, summary }) => markup`<strong>${id}</strong><span class="what">${summary}</span>`,
  },
  {
    key: 'package',
    title: 'Package',
    cell: ({ package: one }) => markup`<strong>${one.name}</strong><span class="version">${one.version}</span>`,
  },
  {
    key: 'fix',
    title: 'Fix',
    cell: (one) =>
      hasFix(one) ? markup`<span class="version fixed">${one.fixedVersion}</span>` : stateWords[one.state],
  },
  { key: 'soon', title: 'How soon', cell: ({ priority }) => priority?.window.title },
  { key: 'signals', title: 'Exploitation', cell: ({ enrichment }) => signals(enrichment) },
];

function signals({ kev, epss }: VulnerabilityFinding['enrichment']): Markup {
  return markup`${kev && markup`<span class="badge exploited">exploited</span> `}${epss && `EPSS ${(epss.probability * 100).toFixed(1)} %`}`;
}

/** Only of use with the script, which takes `hidden` away. */
function filters(model: PageModel): Markup {
  return markup`<form class="filters" id="findings-filters" hidden role="search" aria-label="Filter findings">
<label class="search"><span class="hidden">Search findings</span><input type="search" id="findings-query" name="q" placeholder="Search id, package, text …" autocomplete="off" spellcheck="false"><kbd aria-hidden="true">/</kbd></label>
${chips(
  'Severity',
  severities.map((severity) => chip('severity', severity, severity)),
)}
${chips('How soon', windowChips(model))}
${chips('Fix', [chip('fix', 'yes', 'fix available'), chip('fix', 'no', 'no fix'), chip('exploited', 'yes', 'known to be exploited')])}
${chips('Decided', decidedChips(model))}
<span class="applied" id="findings-applied"></span>
<button type="button" class="quiet" id="findings-clear" hidden>Clear filters</button>
</form>`;
}

function windowChips({ windows, open }: PageModel): Markup[] {
  const met = new Set(open.map(({ priority }) => priority?.window.id));
  return windows.filter(({ id }) => met.has(id)).map(({ id, title }) => chip('soon', id, title));
}

function decidedChips({ decided }: PageModel): Markup[] {
  const count = decided.filter(isVulnerability).length;
  return count === 0 ? [] : [chip('decided', 'yes', `show ${thousands(count)} decided`)];
}
