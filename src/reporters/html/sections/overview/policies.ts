import type { PolicyDecision } from '#policy/verdict/index.ts';
import { decisionGroups, verdictWords } from '../../../verdict-words.ts';
import { type Markup, markup } from '../../markup.ts';
import type { PageModel } from '../../model.ts';
import { nothing } from '../parts.ts';

const SHOWN_GROUPS = 200;
const SHOWN_PLACES = 20;
const WORDS: Readonly<Record<PolicyDecision['outcome'], string>> = {
  denied: 'Denied',
  warned: 'Warning',
  ignored: 'Error let pass',
  audited: 'Noted',
  excepted: 'Excepted',
};

/** What policies decided, and why: the gate's own answer, before all else. */
export function policies({ report: { verdict } }: PageModel): Markup {
  if (verdict === undefined) return nothing;
  const groups = decisionGroups(verdict.decisions);
  const rest = groups.length - SHOWN_GROUPS;
  return markup`<div class="card"><h3>Policies</h3>
<p class="policy lead${verdict.outcome === 'allowed' && ' good'}">${verdictWords(verdict)}</p>
${verdict.notDecided.length > 0 && markup`<ul>${verdict.notDecided.map((reason) => markup`<li>${reason}</li>`)}</ul>`}
${groups.slice(0, SHOWN_GROUPS).map(group)}
${rest > 0 && markup`<p class="muted">and ${rest} more in the JSON report</p>`}</div>`;
}

function group(decisions: readonly PolicyDecision[]): Markup {
  const [first] = decisions;
  if (first === undefined) return nothing;
  const { outcome, title, policy, message, isError, remediation, exception } = first;
  const rest = decisions.length - SHOWN_PLACES;
  return markup`<details><summary><strong>${WORDS[outcome]}</strong>: ${title} <span class="muted">${policy}</span></summary>
<p>${isError && 'No answer, which counts as no: '}${message}</p>
${exception && markup`<p>Excepted${exception.expires !== undefined && ` until ${exception.expires}`}: ${exception.reason} <span class="muted">${exception.statedIn}</span></p>`}
<ul>${decisions.slice(0, SHOWN_PLACES).map(place)}${rest > 0 && markup`<li class="muted">and ${rest} more</li>`}</ul>
${remediation !== undefined && markup`<p>${remediation}</p>`}</details>`;
}

function place({ object, place: where, because, wouldPass }: PolicyDecision): Markup {
  const name = object.endsWith(` ${where}`) ? object : `${object}, ${where}`;
  return markup`<li>${name}${because.map((one) => markup`<br><span class="muted">because</span> ${one}`)}${
    wouldPass !== undefined && markup`<br><span class="muted">would pass if</span> ${wouldPass}`
  }</li>`;
}
