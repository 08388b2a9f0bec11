import { packageKey } from '../../../identity.ts';
import { countSeverities, severityWords } from '../../../tally.ts';
import { ageWords, counted, dateWords, isWholeAnswer, nothingFoundWords, thousands } from '../../../wording.ts';
import { type Markup, markup } from '../../markup.ts';
import type { PageModel } from '../../model.ts';
import { findingsLink } from '../parts.ts';

/** The answer in a sentence, and how far it reaches. */
export function verdict(model: PageModel): Markup {
  return markup`${model.distinct.length === 0 ? nothingFound(model) : found(model)}<p class="muted">${reachWords(model)}</p>`;
}

function nothingFound({ report, malware, secrets, misconfigurations }: PageModel): Markup {
  const isWhole = isWholeAnswer(report);
  const isGood = isWhole && ![...malware, ...secrets, ...misconfigurations].some(({ isOpen }) => isOpen);
  const compared = `${counted(report.packages.length, 'package')} compared with ${counted(report.sources.length, 'source')} of advisories.`;
  return markup`<p class="lead${isGood && ' good'}">${nothingFoundWords(report)}</p>
${isWhole ? markup`<p>${compared}</p>` : markup`<p>How far the answer reaches stands under <a href="#data">Data and limits</a>.</p>`}`;
}

function found({ distinct, open, plan, report }: PageModel): Markup {
  const affected = new Set(open.map((one) => packageKey(one.package))).size;
  const exploited = distinct.filter((one) => one.enrichment.kev).length;
  return markup`<p class="lead">${way(plan.upgrades.length, plan.removed, distinct.length)}</p>
<p>${severityWords(countSeverities(distinct))}; found in ${thousands(affected)} of ${counted(report.packages.length, 'package')}.</p>
${exploited > 0 && markup`<p class="alarm">${findingsLink({ exploited: 'yes' }, `${counted(exploited, 'vulnerability', 'vulnerabilities')} known to be exploited`)}</p>`}`;
}

/** `No secret found; malware was not looked for. 3 findings are decided about and do not count.` */
function reachWords({ report, malware, secrets, misconfigurations, decided }: PageModel): string {
  const words = [
    lookedForWords('secret', 'No secret found', secrets.length, report),
    lookedForWords('malware', 'No malware found', malware.length, report),
    misconfigurationWords(misconfigurations.length, report),
  ].filter((part) => part !== undefined);
  const looked = words.length === 0 ? [] : [`${words.join('. ')}.`];
  const others = decided.length === 0 ? [] : [`${counted(decided.length, 'finding')} decided about: see below.`];
  return [...looked, ...others].join(' ');
}

/** SBOMs and unpacked systems have no configuration to look at: nobody misses it there. */
function misconfigurationWords(count: number, { scanners }: PageModel['report']): string | undefined {
  return scanners.includes('misconfiguration') && count === 0 ? 'Nothing wrong with the configuration' : undefined;
}

function lookedForWords(
  scanner: 'secret' | 'malware',
  none: string,
  count: number,
  { scanners }: PageModel['report'],
): string | undefined {
  if (!scanners.includes(scanner)) return `${scanner === 'secret' ? 'Secrets were' : 'Malware was'} not looked for`;
  return count === 0 ? none : undefined;
}

function way(upgrades: number, removed: number, all: number): Markup {
  const total = counted(all, 'vulnerability', 'vulnerabilities');
  if (upgrades === 0) return markup`<strong>${total}</strong>, none with a fix yet`;
  const which =
    removed === all
      ? markup`all <strong>${total}</strong>`
      : markup`<strong>${thousands(removed)}</strong> of <strong>${total}</strong>`;
  return markup`<strong>${counted(upgrades, 'upgrade')}</strong> ${upgrades === 1 ? 'removes' : 'remove'} ${which}`;
}

/** A clean answer is worth what it was compared with. */
export function comparedWith({ report }: PageModel): Markup {
  if (report.sources.length === 0) return markup`<h3>Compared with</h3><p>Nothing: no advisory data was at hand.</p>`;
  return markup`<h3>Compared with</h3><ul class="plain">${report.sources.map(
    (one) =>
      markup`<li>${one.title} <span class="muted">${dateWords(one.asOf)}, ${ageWords(one.asOf, report.createdAt)}</span></li>`,
  )}</ul>`;
}
