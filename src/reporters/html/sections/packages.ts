import { licenceCategories } from '#licences/index.ts';
import type { InstalledPackage } from '#model/index.ts';
import { countSeverities } from '../../tally.ts';
import { counted, licenceCategoryWords, thousands } from '../../wording.ts';
import { type Markup, markup } from '../markup.ts';
import type { PageModel } from '../model.ts';
import { chip, chips, section, severityCounts } from './parts.ts';

const writtenRows = 200;

export function packagesSection(model: PageModel): Markup {
  const { packages } = model.report;
  if (packages.length === 0) {
    return section('packages', 'Packages', [markup`<p class="card">No package record was found in it.</p>`]);
  }
  const shown = packages.slice(0, writtenRows);
  return section('packages', 'Packages', [
    markup`<form class="filters" id="packages-filters" hidden role="search" aria-label="Filter packages"><label class="search"><span class="hidden">Search packages</span><input type="search" id="packages-query" placeholder="Search name, source, licence …" autocomplete="off" spellcheck="false"></label>
${chips('Licence', categoryChips(model))}</form>
<p class="summary" id="packages-summary" role="status">${shown.length < packages.length ? `The first ${writtenRows} of ${thousands(packages.length)} packages; a browser with script shows all.` : counted(packages.length, 'package')}</p>
<div class="card listing"><table class="packages" id="packages-table"><caption class="hidden">Packages</caption>
<thead><tr><th scope="col" data-sort="name" class="package">Package</th><th scope="col" data-sort="source" class="source">Source</th><th scope="col" data-sort="licence" class="licence">Licence</th><th scope="col" data-sort="layer" class="layer">Layer</th><th scope="col" data-sort="findings" class="found">Vulnerabilities</th></tr></thead>
<tbody>${shown.map((one) => row(one, model))}</tbody></table></div>
<p class="more" hidden><button type="button" id="packages-more">Show more</button></p>`,
  ]);
}

/** The heaviest first; none where all are of one category. */
function categoryChips({ report, categoryOf }: PageModel): Markup[] {
  const met = new Set(report.packages.map(categoryOf));
  if (met.size < 2) return [];
  return licenceCategories
    .toReversed()
    .filter((category) => met.has(category))
    .map((category) => chip('category', category, licenceCategoryWords[category]));
}

function row(one: InstalledPackage, { findingsOf, categoryOf }: PageModel): Markup {
  return markup`<tr><td class="package"><strong>${one.name}</strong><span class="version">${one.version}</span></td>
<td class="source">${one.source?.name}</td><td class="licence">${one.licences.join(', ')}<span class="category">${licenceCategoryWords[categoryOf(one)]}</span></td><td class="layer">${one.origin.layer?.index}</td><td class="found">${severityCounts(countSeverities(findingsOf(one)))}</td></tr>`;
}
