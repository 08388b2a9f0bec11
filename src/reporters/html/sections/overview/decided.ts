import type { Finding } from '#scan/index.ts';
import { groupBy } from '../../../tally.ts';
import { counted, decisionWords } from '../../../wording.ts';
import { type Markup, markup } from '../../markup.ts';
import type { PageModel } from '../../model.ts';
import { nothing } from '../parts.ts';

const shownAtOnce = 5;

/** What does not count because somebody said so: never hidden, and with who, why and until when. */
export function decided({ decided: found }: PageModel): Markup {
  if (found.length === 0) return nothing;
  const items = [...groupBy(found, ({ id, decision }) => JSON.stringify([id, decision])).values()].map(item);
  const rest = items.slice(shownAtOnce);
  return markup`<div class="card"><h3>Decided, so that they do not count: ${counted(found.length, 'finding')}</h3>
<ul class="plain decisions">${items.slice(0, shownAtOnce)}</ul>
${rest.length > 0 && markup`<details><summary>${counted(rest.length, 'more decision')}</summary><ul class="plain decisions">${rest}</ul></details>`}</div>`;
}

function item([first, ...others]: readonly Finding[]): Markup {
  if (!first?.decision) return nothing;
  const title = first.kind === 'vulnerability' || first.kind === 'licence' ? first.id : first.title;
  const { statedIn } = first.decision;
  return markup`<li><strong>${title}</strong>${others.length > 0 && ` (${counted(others.length + 1, 'place')})`}: ${decisionWords(first.decision)} <span class="muted">(${statedIn})</span></li>`;
}
