import { licenceCategories } from '#licences/index.ts';
import { groupBy } from '../../../tally.ts';
import { capitalised, licenceCategoryWords, thousands } from '../../../wording.ts';
import { type Markup, markup } from '../../markup.ts';
import type { PageModel } from '../../model.ts';
import { bar, nothing, panelLink } from '../parts.ts';

/** What the licences aboard ask for, the heaviest first. */
export function licences({ report, categoryOf }: PageModel): Markup {
  if (report.packages.length === 0) return nothing;
  const byCategory = groupBy(report.packages, categoryOf);
  const counts = licenceCategories
    .toReversed()
    .map((category) => ({ category, count: byCategory.get(category)?.length ?? 0 }))
    .filter(({ count }) => count > 0);
  const most = Math.max(...counts.map(({ count }) => count));
  const rows = counts.map(
    ({ category, count }) =>
      markup`<tr><th scope="row">${panelLink('packages', { category }, capitalised(licenceCategoryWords[category]))}</th><td class="picture">${bar([{ value: count, className: 'fill accent' }], most)}</td><td>${thousands(count)}</td></tr>`,
  );
  return markup`<div class="card"><h3>Licences</h3><table class="severities"><thead><tr><th scope="col">They are</th><td></td><th scope="col">Packages</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
