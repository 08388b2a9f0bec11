import { stateWords, thousands } from '../../../wording.ts';
import { type Markup, markup } from '../../markup.ts';
import type { PageModel } from '../../model.ts';
import { bar, findingsLink, nothing, severityBadge } from '../parts.ts';

/** What no upgrade removes, by what its publishers say. */
export function remaining({ plan }: PageModel): Markup {
  if (plan.remaining.length === 0) return nothing;
  const rows = plan.remaining.map(
    (one) =>
      markup`<tr><th scope="row">${findingsLink({ state: one.state }, stateWords[one.state])}</th><td>${thousands(one.vulnerabilities)}</td><td>${severityBadge(one.worst)}</td><td class="names">${one.sources
        .slice(0, 5)
        .map(({ name }) => name)
        .join(', ')}${one.sources.length > 5 && ` and ${one.sources.length - 5} more`}</td></tr>`,
  );
  return markup`<div class="card"><h3>What stays after the upgrades</h3><div class="scroll"><table><thead><tr><th scope="col">Publisher says</th><th scope="col">Count</th><th scope="col">Worst</th><th scope="col">In</th></tr></thead><tbody>${rows}</tbody></table></div></div>`;
}

/** Who has to act: whoever makes the base image, or the reader. */
export function parts({ plan }: PageModel): Markup {
  const known = plan.parts.filter(({ part }) => part !== 'unknown');
  if (known.length === 0) return nothing;
  const most = Math.max(...known.map(({ vulnerabilities }) => vulnerabilities));
  const rows = known.map(
    ({ part, vulnerabilities, fixable }) =>
      markup`<tr><th scope="row">${part === 'base' ? 'Base image' : 'Your layers'}</th><td class="picture">${bar(
        [
          { value: fixable, className: 'fill accent' },
          { value: vulnerabilities - fixable, className: 'fill open accent' },
        ],
        most,
      )}</td><td>${thousands(fixable)}</td><td>${thousands(vulnerabilities - fixable)}</td></tr>`,
  );
  return markup`<div class="card"><h3>Base image and yours</h3><table class="severities"><thead><tr><th scope="col">From</th><td></td><th scope="col">With a fix</th><th scope="col">Without</th></tr></thead><tbody>${rows}</tbody></table>
<p class="muted">A newer build of the base image may hold its fixes; your own layers need a rebuild without the layer cache.</p></div>`;
}
