import { cyclonedx } from './cyclonedx/index.ts';
import { cyclonedxXml } from './cyclonedx-xml/index.ts';
import { github } from './github/index.ts';
import { gitlab } from './gitlab/index.ts';
import { gitlabContainerScanning } from './gitlab-container-scanning/index.ts';
import { gitlabSast } from './gitlab-sast/index.ts';
import { html } from './html/index.ts';
import { json } from './json/index.ts';
import { junit } from './junit/index.ts';
import { markdown } from './markdown/index.ts';
import { openvex } from './openvex/index.ts';
import type { Reporter } from './reporter.ts';
import { sarif } from './sarif/index.ts';
import { spdx } from './spdx/index.ts';
import { spdxTagValue } from './spdx-tag-value/index.ts';
import { spdx3 } from './spdx3/index.ts';
import { table } from './table/index.ts';

export type { Reporter, ReporterOptions } from './reporter.ts';
export { renderSbomDiff, type SbomDiffFormat, sbomDiffFormats } from './sbom-diff.ts';
export { findingsNamed, renderExplanation } from './table/explanation.ts';
export { xmlText } from './xml-text.ts';

/** Every output format, in the order in which help texts name them. */
export const reporters = [
  table,
  json,
  sarif,
  cyclonedx,
  cyclonedxXml,
  spdx,
  spdxTagValue,
  spdx3,
  openvex,
  html,
  markdown,
  junit,
  github,
  gitlab,
  gitlabContainerScanning,
  gitlabSast,
] as const satisfies readonly Reporter[];

/** For `plimsoll sbom`: the formats that can say what is aboard without a word on what is wrong with it. */
export const sbomReporters: readonly Reporter[] = [cyclonedx, cyclonedxXml, spdx, spdxTagValue, spdx3, json].map(
  asInventory,
);

function asInventory(reporter: Reporter): Reporter {
  return { ...reporter, render: (report, options) => reporter.render(report, { ...options, inventoryOnly: true }) };
}
