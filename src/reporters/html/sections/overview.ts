import { severities } from '#model/index.ts';
import type { Upgrade } from '#vulnerability/index.ts';
import { packageKey } from '../../identity.ts';
import { countSeverities, distinctVulnerabilities, removable, severityWords } from '../../tally.ts';
import {
  ageWords,
  capitalised,
  counted,
  dateWords,
  isWholeAnswer,
  nothingFoundWords,
  stateWords,
  thousands,
  upgradeNoun,
} from '../../wording.ts';
import { type Markup, markup } from '../markup.ts';
import type { PageModel } from '../model.ts';
import { bar, findingsLink, nothing, section, severityBadge, severityCounts } from './parts.ts';

export function overviewSection(model: PageModel): Markup {
  return section('overview', 'Overview', [
    markup`<div class="columns"><div class="card hero">${verdict(model)}</div><div class="card">${model.distinct.length === 0 ? comparedWith(model) : severityPicture(model)}</div></div>`,
    upgrades(model),
    markup`<div class="columns">${remaining(model)}${parts(model)}</div>`,
  ]);
}

function verdict({ distinct, open, plan, report }: PageModel): Markup {
  if (distinct.length === 0) {
    const more = isWholeAnswer(report)
      ? markup`${counted(report.packages.length, 'package')} compared with ${counted(report.sources.length, 'source')} of advisories.`
      : markup`What could not be assessed stands under <a href="#data">Data and limits</a>.`;
    return markup`<p class="lead${isWholeAnswer(report) && ' good'}">${nothingFoundWords(report)}</p><p>${more}</p>`;
  }
  const affected = new Set(open.map((one) => packageKey(one.package))).size;
  const exploited = distinct.filter((one) => one.enrichment.kev).length;
  return markup`<p class="lead">${way(plan.upgrades.length, plan.removed, distinct.length)}</p>
<p>${severityWords(countSeverities(distinct))}; found in ${thousands(affected)} of ${counted(report.packages.length, 'package')}.</p>
${exploited > 0 && markup`<p class="alarm">${findingsLink({ exploited: 'yes' }, `${counted(exploited, 'vulnerability', 'vulnerabilities')} known to be exploited`)}</p>`}`;
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
function comparedWith({ report }: PageModel): Markup {
  if (report.sources.length === 0) return markup`<h3>Compared with</h3><p>Nothing: no advisory data was at hand.</p>`;
  return markup`<h3>Compared with</h3><ul class="plain">${report.sources.map(
    (one) =>
      markup`<li>${one.title} <span class="muted">${dateWords(one.asOf)}, ${ageWords(one.asOf, report.createdAt)}</span></li>`,
  )}</ul>`;
}

/** A table that is its own text twin: the bars repeat its numbers. */
function severityPicture({ distinct, open }: PageModel): Markup {
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

function upgrades({ plan, report }: PageModel): Markup {
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

function remaining({ plan }: PageModel): Markup {
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

function parts({ plan }: PageModel): Markup {
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
