import type { ScanReport } from '#scan/index.ts';
import { inChunks } from '../json-text.ts';
import type { Reporter } from '../reporter.ts';
import { type Assets, assets } from './assets.ts';
import { datasetText } from './dataset/index.ts';
import { escapeHtml } from './markup.ts';
import { pageModel } from './model.ts';
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
  render: (report) => inChunks(page(report, assets())),
};

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

function* page(report: ScanReport, { style, script, contentSecurityPolicy }: Assets): Iterable<string> {
  const model = pageModel(report);
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(contentSecurityPolicy).replaceAll('&#39;', "'")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(report.artifact.name)} · Plimsoll report</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Ccircle cx='16' cy='16' r='10' fill='none' stroke='%230a5fa8' stroke-width='3'/%3E%3Cpath d='M1 16h30' stroke='%230a5fa8' stroke-width='3'/%3E%3C/svg%3E">
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
`;
  yield masthead(model).html;
  yield navigation(model).html;
  yield '<main id="main">\n';
  for (const section of sections) yield section(model).html;
  yield '</main>\n<dialog id="details" aria-labelledby="details-title"></dialog>\n';
  yield '<script type="application/json" id="dataset">';
  yield* datasetText(model);
  yield `</script>\n<script type="module">${script}</script>\n</body>\n</html>\n`;
}
