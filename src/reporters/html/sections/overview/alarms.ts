import type { FileLocation } from '#model/index.ts';
import { countSeverities, severityWords } from '../../../tally.ts';
import { counted, secretSourceWords } from '../../../wording.ts';
import { type Markup, markup } from '../../markup.ts';
import type { FileFinding, PageModel } from '../../model.ts';
import { nothing, severityBadge } from '../parts.ts';

const shownAtOnce = 3;

/** What cannot wait for an upgrade. It comes first and is told by words and a sign, not by its colour alone. */
export function alarms({ malware, secrets, misconfigurations }: PageModel): Markup {
  return markup`${alarm('malware', 'Malware and suspicious content', malware, ({ location }) => locationWords(location))}${alarm(
    'secrets',
    'Secrets',
    secrets,
    ({ location, source, name }) =>
      location
        ? locationWords(location)
        : `in the ${secretSourceWords[source]}${name === undefined ? '' : `, ${name}`}`,
  )}${alarm('misconfigurations', 'Configuration', misconfigurations, ({ location }) => locationWords(location))}`;
}

interface Told {
  readonly title: string;
  readonly severity: Parameters<typeof severityBadge>[0];
}

function alarm<T extends Told>(
  panel: 'malware' | 'secrets' | 'misconfigurations',
  title: string,
  found: readonly FileFinding<T>[],
  whereWords: (one: T) => string,
): Markup {
  const open = found.filter(({ isOpen }) => isOpen);
  if (open.length === 0) return nothing;
  const counts = countSeverities(open.map(({ first }) => first));
  return markup`<div class="card alert${counts.critical + counts.high === 0 && ' mild'}"><h3><svg class="sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M12 3 22.5 21h-21z"/><path d="M12 9.5v5.5M12 17.2v1.3"/></svg><span>${title}: ${severityWords(counts)}</span></h3>
<ul class="plain">${open.slice(0, shownAtOnce).map((one) => item(one, whereWords))}</ul>
<p><a href="#${panel}">${open.length > shownAtOnce ? `Look at all ${counted(open.length, 'finding')}` : 'Look at the details'}</a></p></div>`;
}

function item<T extends Told>({ first, places }: FileFinding<T>, whereWords: (one: T) => string): Markup {
  const more = places.length > 1 ? ` and ${counted(places.length - 1, 'more place')}` : '';
  return markup`<li>${severityBadge(first.severity)} <strong>${first.title}</strong> <span class="muted">${whereWords(first)}${more}</span></li>`;
}

function locationWords({ path, line, isDeleted }: FileLocation): string {
  return `in ${path}${line === undefined ? '' : `, line ${line}`}${isDeleted ? ', deleted by a later layer and still in the image' : ''}`;
}
