import type { ScanReport } from '#scan/index.ts';
import { inChunks } from '../json-text.ts';
import type { Reporter } from '../reporter.ts';
import { pageStyle, reportStyle, script } from './browser-files.ts';
import { datasetText } from './dataset/index.ts';
import { pageModel } from './model.ts';
import { type Assets, pageEnd, pageStart } from './page.ts';
import { dataSection } from './sections/data.ts';
import { findingsSection } from './sections/findings.ts';
import { layersSection } from './sections/layers.ts';
import { malwareSection } from './sections/malware.ts';
import { masthead, navigation } from './sections/masthead.ts';
import { misconfigurationsSection } from './sections/misconfigurations.ts';
import { overviewSection } from './sections/overview/index.ts';
import { packagesSection } from './sections/packages.ts';
import { secretsSection } from './sections/secrets.ts';

export const html: Reporter = {
  id: 'html',
  title: 'One self-contained page to browse, print and pass on',
  references: [
    'https://html.spec.whatwg.org/multipage/',
    'https://www.w3.org/TR/CSP3/',
    'https://www.w3.org/TR/WCAG22/',
  ],
  maturity: 'stable',
  mediaType: 'text/html; charset=utf-8',
  fileExtension: '.html',
  render: (report) => inChunks(page(report, assets)),
};

const assets: Assets = { style: `${pageStyle}\n${reportStyle}`, script };

const sections = [
  overviewSection,
  malwareSection,
  secretsSection,
  misconfigurationsSection,
  findingsSection,
  packagesSection,
  layersSection,
  dataSection,
];

function* page(report: ScanReport, assets: Assets): Iterable<string> {
  const model = pageModel(report);
  yield pageStart(`${report.artifact.name} · Plimsoll report`, assets);
  yield masthead(model).html;
  yield navigation(model).html;
  yield '<main id="main">\n';
  for (const section of sections) yield section(model).html;
  yield '</main>\n<dialog id="details" aria-labelledby="details-title"></dialog>\n';
  yield '<script type="application/json" id="dataset">';
  yield* datasetText(model);
  yield '</script>\n';
  yield pageEnd(assets);
}
