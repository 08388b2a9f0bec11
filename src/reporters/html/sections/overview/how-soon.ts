import { byUrgency, groupBy } from '../../../tally.ts';
import { capitalised, counted, thousands } from '../../../wording.ts';
import { type Markup, markup } from '../../markup.ts';
import type { PageModel } from '../../model.ts';
import { bar, findingsLink, nothing } from '../parts.ts';

/** How many vulnerabilities are due by when; each counts once, where it is due soonest. */
export function howSoon({ open, windows }: PageModel): Markup {
  const soonest = new Map(
    open.toSorted((a, b) => byUrgency(b, a)).flatMap(({ id, priority }) => (priority ? [[id, priority] as const] : [])),
  );
  if (soonest.size === 0) return nothing;
  const byWindow = groupBy(soonest.values(), ({ window }) => window.id);
  const counts = windows.map(({ id, title }) => ({ id, title, count: byWindow.get(id)?.length ?? 0 }));
  const most = Math.max(...counts.map(({ count }) => count));
  const suspicious = [...soonest.values()].filter(({ forensics }) => forensics).length;
  const rows = counts.map(
    ({ id, title, count }) =>
      markup`<tr><th scope="row">${count === 0 ? capitalised(title) : findingsLink({ soon: id }, capitalised(title))}</th><td class="picture">${bar([{ value: count, className: 'fill accent' }], most)}</td><td>${thousands(count)}</td></tr>`,
  );
  return markup`<div class="card"><h3>How soon</h3><table class="severities"><thead><tr><th scope="col">To be dealt with</th><td></td><th scope="col">Vulnerabilities</th></tr></thead><tbody>${rows}</tbody></table>
${suspicious > 0 && markup`<p><strong>Look for traces of a break-in</strong> as well, because of ${counted(suspicious, 'vulnerability', 'vulnerabilities')}.</p>`}
<p class="muted">By what is known of exploitation, exposure and impact; each finding shows how it came about.</p></div>`;
}
