import { severities } from '#model/index.ts';
import { countSeverities, removable } from '../../../tally.ts';
import { thousands } from '../../../wording.ts';
import { type Markup, markup } from '../../markup.ts';
import type { PageModel } from '../../model.ts';
import { bar, findingsLink, severityBadge } from '../parts.ts';

/** A table that is its own text twin: the bars repeat its numbers. */
export function severityPicture({ distinct, open }: PageModel): Markup {
  const all = countSeverities(distinct);
  const gone = countSeverities(removable(open));
  const most = Math.max(1, ...Object.values(all));
  const rows = severities
    .filter((severity) => all[severity] > 0 || (severity !== 'info' && severity !== 'unknown'))
    .map((severity) => {
      const picture = bar(
        [
          { value: gone[severity], className: `fill ${severity}` },
          { value: all[severity] - gone[severity], className: `fill open ${severity}` },
        ],
        most,
      );
      return markup`<tr><th scope="row">${findingsLink({ severity }, severityBadge(severity))}</th><td class="picture">${picture}</td><td>${thousands(gone[severity])}</td><td>${thousands(all[severity] - gone[severity])}</td></tr>`;
    });
  return markup`<table class="severities"><caption>Vulnerabilities by severity</caption>
<thead><tr><th scope="col">Severity</th><td></td><th scope="col"><span class="key solid" aria-hidden="true"></span>Removed</th><th scope="col"><span class="key light" aria-hidden="true"></span>Staying</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}
