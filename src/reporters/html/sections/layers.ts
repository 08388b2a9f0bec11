import { severities } from '#model/index.ts';
import type { ScannedLayer } from '#scan/index.ts';
import { countSeverities, distinctVulnerabilities } from '../../tally.ts';
import { bytesWords, counted } from '../../wording.ts';
import { type Markup, markup } from '../markup.ts';
import type { PageModel } from '../model.ts';
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
  readonly vulnerabilities: ReturnType<typeof distinctVulnerabilities>;
}

function layersWithContents({ report, open }: PageModel): LayerContents[] {
  const findings = Map.groupBy(open, (one) => one.package.origin.layer?.index);
  const packages = Map.groupBy(report.packages, (one) => one.origin.layer?.index);
  return report.artifact.layers.map((layer) => ({
    layer,
    packages: packages.get(layer.index)?.length ?? 0,
    vulnerabilities: distinctVulnerabilities(findings.get(layer.index) ?? []),
  }));
}

function waterline(layer: ScannedLayer, above: ScannedLayer | undefined): Markup | false {
  if (layer.part !== 'base' || above?.part === 'base') return false;
  return markup`<li class="waterline" role="presentation"><svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="16" cy="16" r="10"/><path d="M1 16h30"/></svg><span>base image below this line</span></li>`;
}

const partWords = { base: 'base image', own: 'yours', unknown: 'origin unknown' } as const;

function layerItem({ layer, packages, vulnerabilities }: LayerContents, most: number): Markup {
  const counts = countSeverities(vulnerabilities);
  const size = layer.size === undefined ? '' : bytesWords(layer.size);
  return markup`<li class="layer ${layer.part}" value="${layer.index}"><div class="what"><p class="meta"><strong>Layer ${layer.index}</strong> · ${partWords[layer.part]}${size !== '' && ` · ${size}`} · ${counted(packages, 'package')}</p>
<pre><code>${layer.instruction ?? 'The history does not say how it was made.'}</code></pre>
<p class="digest">${layer.diffId}</p></div>
<div class="brought">${bar(
    severities.map((severity) => ({ value: counts[severity], className: `fill ${severity}` })),
    most,
  )}<p>${vulnerabilities.length === 0 ? markup`<span class="muted">no finding</span>` : findingsLink({ layer: String(layer.index) }, severityCounts(counts))}</p></div></li>\n`;
}
