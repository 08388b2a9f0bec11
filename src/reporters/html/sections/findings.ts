import { severities } from '#model/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import { byUrgency, hasFix } from '../../tally.ts';
import { counted, stateWords, thousands } from '../../wording.ts';
import { type Markup, markup } from '../markup.ts';
import type { PageModel } from '../model.ts';
import { section, severityBadge } from './parts.ts';

/** How many rows stand in the page itself, for readers without script and for print. */
const writtenRows = 200;

export function findingsSection({ report, open }: PageModel): Markup {
  if (report.findings.length === 0) return section('findings', 'Findings', [markup`<p class="card">No finding.</p>`]);
  const shown = open.length > writtenRows ? open.toSorted(byUrgency).slice(0, writtenRows) : open.toSorted(byUrgency);
  return section('findings', 'Findings', [
    filters(),
    markup`<p class="summary" id="findings-summary" role="status">${shown.length < open.length ? `The ${writtenRows} most urgent of ${thousands(open.length)} findings; a browser with script shows all.` : counted(open.length, 'finding')}</p>
<div class="card listing"><table class="findings" id="findings-table"><caption class="hidden">Findings</caption>
<thead><tr>${columns.map(([key, title]) => markup`<th scope="col" data-sort="${key}" class="${key}">${title}</th>`)}</tr></thead>
<tbody>${shown.map(row)}</tbody></table></div>
<p class="more" hidden><button type="button" id="findings-more">Show more</button></p>`,
  ]);
}

const columns: readonly (readonly [key: string, title: string])[] = [
  ['severity', 'Severity'],
  ['id', 'Vulnerability'],
  ['package', 'Package'],
  ['fix', 'Fix'],
  ['signals', 'Exploitation'],
];

function row(one: VulnerabilityFinding): Markup {
  const { kev, epss } = one.enrichment;
  return markup`<tr><td class="severity">${severityBadge(one.severity)}</td>
<td class="id"><strong>${one.id}</strong><span class="what">${one.summary}</span></td>
<td class="package"><strong>${one.package.name}</strong><span class="version">${one.package.version}</span></td>
<td class="fix">${hasFix(one) ? markup`<span class="version fixed">${one.fixedVersion}</span>` : stateWords[one.state]}</td>
<td class="signals">${kev && markup`<span class="badge exploited">exploited</span> `}${epss && `EPSS ${(epss.probability * 100).toFixed(1)} %`}</td></tr>`;
}

/** Only of use with the script, which takes `hidden` away. */
function filters(): Markup {
  return markup`<form class="filters" id="findings-filters" hidden role="search" aria-label="Filter findings">
<label class="search"><span class="hidden">Search findings</span><input type="search" id="findings-query" name="q" placeholder="Search id, package, text …" autocomplete="off" spellcheck="false"><kbd aria-hidden="true">/</kbd></label>
<fieldset class="chips"><legend class="hidden">Severity</legend>${severities.map(
    (severity) =>
      markup`<button type="button" class="chip ${severity}" data-filter="severity" data-value="${severity}" aria-pressed="false">${severity}</button>\n`,
  )}</fieldset>
<fieldset class="chips"><legend class="hidden">Fix</legend><button type="button" class="chip" data-filter="fix" data-value="yes" aria-pressed="false">fix available</button>
<button type="button" class="chip" data-filter="fix" data-value="no" aria-pressed="false">no fix</button>
<button type="button" class="chip" data-filter="exploited" data-value="yes" aria-pressed="false">known to be exploited</button></fieldset>
<span class="applied" id="findings-applied"></span>
<button type="button" class="quiet" id="findings-clear" hidden>Clear filters</button>
</form>`;
}
