import type { MisconfigurationFinding } from '#checks/index.ts';
import { webAddress } from '../../web-address.ts';
import { capitalised, checksWords } from '../../wording.ts';
import { type Markup, markup } from '../markup.ts';
import type { FileFinding, PageModel } from '../model.ts';
import { decisionNote, fileFindingCards, linkList, placeList } from './file-findings.ts';
import { nothing, section, severityBadge } from './parts.ts';

/** What is set up in a way that helps an intruder, check by check; nothing where there is none. */
export function misconfigurationsSection({ misconfigurations, report }: PageModel): Markup {
  if (misconfigurations.length === 0) return nothing;
  const reach = report.checks ? [markup`<p class="muted">${capitalised(checksWords(report.checks))}.</p>`] : [];
  return section('misconfigurations', 'Configuration', [
    ...reach,
    ...fileFindingCards(misconfigurations, card, 'Nothing about the configuration is open.'),
  ]);
}

function card({ first, places }: FileFinding<MisconfigurationFinding>): Markup {
  const references = first.references.flatMap((one) => webAddress(one) ?? []);
  return markup`<h3>${severityBadge(first.severity)} <span class="title">${first.title}</span></h3>
${decisionNote(first.decision)}
${placeList(places.map(({ location, message }) => ({ location, name: message })))}
<p>${first.rationale}</p>
<p class="advice"><strong>What to do:</strong> ${first.remediation}</p>
<dl class="pairs"><div><dt>Check</dt><dd>${first.id}</dd></div>
<div><dt>Controls</dt><dd>${first.controls.join(', ')}</dd></div>
${linkList(references)}</dl>`;
}
