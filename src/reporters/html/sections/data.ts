import type { Problem } from '#foundation/index.ts';
import { ageWords, bytesWords, capitalised, counted, dateWords, thousands, unassessedWords } from '../../wording.ts';
import { type Markup, markup } from '../markup.ts';
import type { PageModel } from '../model.ts';
import { section } from './parts.ts';

/** What the answer rests on, and where it ends. */
export function dataSection(model: PageModel): Markup {
  return section('data', 'Data and limits', [unassessed(model), problems(model), sources(model), provenance(model)]);
}

function unassessed({ report }: PageModel): Markup {
  if (report.unassessed.length === 0)
    return markup`<div class="card"><h3>What could not be assessed</h3><p>Nothing: every package could be compared.</p></div>`;
  return markup`<div class="card"><h3>What could not be assessed</h3><ul class="gaps">${report.unassessed.map(
    (one) =>
      markup`<li><strong>${capitalised(unassessedWords(one))}.</strong> ${one.message}${one.examples.length > 0 && markup` <span class="muted">For example ${one.examples.join(', ')}.</span>`}</li>`,
  )}</ul></div>`;
}

const effectWords: Readonly<Record<Problem['effect'], string>> = {
  incomplete: 'Something may be missing',
  degraded: 'Less precise',
  note: 'Worth knowing',
};
const effectOrder = ['incomplete', 'degraded', 'note'] as const;

function problems({ report }: PageModel): Markup {
  if (report.problems.length === 0) return markup`<div class="card"><h3>Problems</h3><p>None met.</p></div>`;
  const sorted = report.problems.toSorted((a, b) => effectOrder.indexOf(a.effect) - effectOrder.indexOf(b.effect));
  return markup`<div class="card"><h3>Problems</h3><ul class="gaps">${sorted.map(
    (one) =>
      markup`<li class="${one.effect}"><strong>${effectWords[one.effect]}.</strong> ${one.message}${one.subject !== undefined && markup` <code>${one.subject}</code>`}${(one.count ?? 1) > 1 && ` ${thousands(one.count ?? 1)} times.`} <span class="muted">${one.code}</span></li>`,
  )}</ul></div>`;
}

function sources({ report }: PageModel): Markup {
  if (report.sources.length === 0)
    return markup`<div class="card"><h3>Advisory data</h3><p>None: nothing could be said about vulnerabilities.</p></div>`;
  const rows = report.sources.map(
    (one) =>
      markup`<tr><th scope="row">${one.title}<span class="muted small">${one.attribution}, ${one.license}</span></th><td><span class="date">${dateWords(one.asOf)}</span> <span class="muted">${ageWords(one.asOf, report.createdAt)}</span></td><td class="date">${dateWords(one.fetchedAt)}</td><td>${thousands(one.advisories)}</td><td>${one.limits.join('; ')}</td></tr>`,
  );
  return markup`<div class="card"><h3>Advisory data</h3><div class="scroll"><table><thead><tr><th scope="col">Source</th><th scope="col">As of</th><th scope="col">Fetched</th><th scope="col">Advisories</th><th scope="col">Limits</th></tr></thead><tbody>${rows}</tbody></table></div></div>`;
}

const scannerWords = {
  vulnerability: 'vulnerabilities',
  secret: 'secrets',
  malware: 'malware',
  misconfiguration: 'configuration',
  licence: 'licences to decide about',
} as const;

function provenance({ report }: PageModel): Markup {
  const { artifact, statistics, distribution } = report;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Name', artifact.name],
    ['Opened as', artifact.scheme],
    ['Manifest', artifact.manifestDigest],
    ['Index', artifact.indexDigest],
    ['Configuration', artifact.configDigest],
    ['Described by', artifact.document && `${artifact.document.path} (${artifact.document.format})`],
    ['Looked for', ['packages', ...report.scanners.map((scanner) => scannerWords[scanner])].join(', ')],
    ['Tags', artifact.tags.length === 0 ? undefined : artifact.tags.join(', ')],
    ['Distribution from', distribution && `/${distribution.evidence}`],
    [
      'Read',
      `${counted(statistics.entries, 'entry', 'entries')}, ${bytesWords(statistics.bytes)} in ${(statistics.durationMs / 1000).toFixed(2)} s; ${counted(statistics.cachedLayers, 'layer')} from the cache`,
    ],
    ['Made by', `Plimsoll ${report.tool.version}, ${report.createdAt}`],
  ];
  return markup`<div class="card"><h3>What was read</h3><dl class="pairs">${facts.map(([term, value]) => value !== undefined && markup`<div><dt>${term}</dt><dd>${value}</dd></div>`).filter((one) => one !== false)}</dl></div>`;
}
