import type { PriorityReceipt } from '#vulnerability/index.ts';
import { compareWindows, groupBy } from '../../../tally.ts';
import { capitalised, counted, thousands } from '../../../wording.ts';
import { type Markup, markup } from '../../markup.ts';
import type { PageModel } from '../../model.ts';
import { bar, findingsLink, nothing } from '../parts.ts';

/** How many vulnerabilities are due by when; each counts once, where it is due soonest. */
export function howSoon({ open, windows }: PageModel): Markup {
  const soonest = soonestReceipts(open);
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

function soonestReceipts(open: PageModel['open']): ReadonlyMap<string, PriorityReceipt> {
  const soonest = new Map<string, PriorityReceipt>();
  for (const { id, priority } of open) {
    const known = soonest.get(id);
    if (priority && (!known || compareWindows(priority.window, known.window) < 0)) soonest.set(id, priority);
  }
  return soonest;
}
