import { type FileLocation, severities } from '#model/index.ts';
import type { ScannedLayer } from '#scan/index.ts';
import { countSeverities, distinctVulnerabilities } from '../../tally.ts';
import { bytesWords, counted, thousands } from '../../wording.ts';
import { type Markup, markup } from '../markup.ts';
import type { FileFinding, PageModel } from '../model.ts';
import { bar, findingsLink, nothing, section, severityCounts } from './parts.ts';

/** Nothing for a tree. The image as a stack, top layer first, with the line between what came with the base image and what was put on it. */
export function layersSection(model: PageModel): Markup {
  const { layers } = model.report.artifact;
  if (layers.length === 0) return nothing;
  const contents = layersWithContents(model);
  const most = Math.max(1, ...contents.map(({ vulnerabilities }) => vulnerabilities.length));
  return section('layers', 'Layers', [
    markup`<p class="muted">The top layer comes first. A package counts for the layer that brought it in.</p>`,
    markup`<ol class="stack" reversed>${contents.toReversed().map((one, index, stack) => markup`${waterline(one.layer, stack[index - 1]?.layer)}${layerItem(one, most)}`)}</ol>`,
  ]);
}

interface LayerContents {
  readonly layer: ScannedLayer;
  readonly packages: number;
  readonly malware: number;
  readonly secrets: number;
  readonly vulnerabilities: ReturnType<typeof distinctVulnerabilities>;
}

function layersWithContents({ report, open, malware, secrets }: PageModel): LayerContents[] {
  const [malwareIn, secretsIn] = [placesByLayer(malware), placesByLayer(secrets)];
  const findings = Map.groupBy(open, (one) => one.package.origin.layer?.index);
  const packages = Map.groupBy(report.packages, (one) => one.origin.layer?.index);
  return report.artifact.layers.map((layer) => ({
    layer,
    packages: packages.get(layer.index)?.length ?? 0,
    malware: malwareIn.get(layer.index)?.length ?? 0,
    secrets: secretsIn.get(layer.index)?.length ?? 0,
    vulnerabilities: distinctVulnerabilities(findings.get(layer.index) ?? []),
  }));
}

function placesByLayer(found: readonly FileFinding<{ readonly location?: FileLocation }>[]) {
  const places = found.flatMap((one) => (one.isOpen ? one.places : []));
  return Map.groupBy(places, ({ location }) => location?.layer?.index);
}

function waterline(layer: ScannedLayer, above: ScannedLayer | undefined): Markup | false {
  if (layer.part !== 'base' || above?.part === 'base') return false;
  return markup`<li class="waterline" role="presentation"><svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="16" cy="16" r="10"/><path d="M1 16h30"/></svg><span>base image below this line</span></li>`;
}

export const partWords = { base: 'base image', own: 'yours', unknown: 'origin unknown' } as const;

function layerItem({ layer, packages, malware, secrets, vulnerabilities }: LayerContents, most: number): Markup {
  const counts = countSeverities(vulnerabilities);
  const size = layer.size === undefined ? '' : bytesWords(layer.size);
  return markup`<li class="layer ${layer.part}" value="${layer.index}"><div class="what"><p class="meta"><strong>Layer ${layer.index}</strong> · ${partWords[layer.part]}${size !== '' && ` · ${size}`} · ${counted(packages, 'package')}</p>
<pre><code>${layer.instruction ?? 'The history does not say how it was made.'}</code></pre>
<p class="digest">${layer.diffId}</p></div>
<div class="brought">${bar(
    severities.map((severity) => ({ value: counts[severity], className: `fill ${severity}` })),
    most,
  )}${files(malware, secrets)}<p>${vulnerabilities.length === 0 ? markup`<span class="muted">no vulnerability</span>` : findingsLink({ layer: String(layer.index) }, severityCounts(counts))}</p></div></li>\n`;
}

function files(malware: number, secrets: number): Markup {
  const links = [
    ...(malware === 0 ? [] : [markup`<a href="#malware">${thousands(malware)} malware</a>`]),
    ...(secrets === 0 ? [] : [markup`<a href="#secrets">${counted(secrets, 'secret')}</a>`]),
  ];
  return links.length === 0 ? nothing : markup`<p class="alarm">${links}</p>`;
}
