import type { Upgrade } from '#vulnerability/index.ts';
import { countSeverities, distinctVulnerabilities } from '../../../tally.ts';
import { capitalised, counted, upgradeNoun } from '../../../wording.ts';
import { type Markup, markup } from '../../markup.ts';
import type { PageModel } from '../../model.ts';
import { findingsLink, nothing, severityCounts } from '../parts.ts';

/** The way out, with the commands that go it. */
export function upgrades({ plan, report }: PageModel): Markup {
  if (plan.upgrades.length === 0) return nothing;
  return markup`<div class="card"><h3>What to upgrade</h3>
${upgradeTable(plan.upgrades.slice(0, shownUpgrades))}
${plan.upgrades.length > shownUpgrades && markup`<details><summary>${counted(plan.upgrades.length - shownUpgrades, 'more upgrade')}</summary>${upgradeTable(plan.upgrades.slice(shownUpgrades))}</details>`}
${!report.distribution?.distroless && plan.commands.map(({ command }) => markup`<div class="command"><pre><code>${command}</code></pre><button type="button" class="copy" hidden>Copy</button></div>`)}
</div>`;
}

const shownUpgrades = 20;

function upgradeTable(list: readonly Upgrade[]): Markup {
  const placed = list.some(({ part }) => part !== 'unknown');
  return markup`<div class="scroll"><table class="plan"><thead><tr><th scope="col">${capitalised(upgradeNoun(list))}</th><th scope="col">Installed</th><th scope="col">Fixed in</th><th scope="col">Vulnerabilities</th>${placed && markup`<th scope="col">From</th>`}</tr></thead>
<tbody>${list.map((one) => upgradeRow(one, placed))}</tbody></table></div>`;
}

const partWords: Readonly<Record<Upgrade['part'], string>> = {
  base: 'base image',
  own: 'your layers',
  mixed: 'both',
  unknown: '',
};

function upgradeRow(one: Upgrade, placed: boolean): Markup {
  return markup`<tr><th scope="row">${findingsLink({ source: one.name }, one.name)}${one.exploited > 0 && markup` <span class="badge exploited">exploited</span>`}</th>
<td class="version">${one.from}</td><td class="version fixed">${one.to}</td><td>${severityCounts(countSeverities(distinctVulnerabilities(one.findings)))}</td>${placed && markup`<td>${partWords[one.part]}</td>`}</tr>`;
}
