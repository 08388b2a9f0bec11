import { type Assets, inChunks, markup, pageEnd, pageStart, pageStyle } from '#reporters/presentation.ts';
import type { ComplianceReport } from '../../report.ts';
import type { ComplianceFormat } from '../format.ts';
import { complianceStyle, script } from './browser-files.ts';
import { controlsOf } from './control.ts';
import { filters, limits, masthead, overview } from './overview.ts';
import { frameworkSection } from './requirement.ts';

export const html: ComplianceFormat = {
  id: 'html',
  title: 'One self-contained page to browse, print and pass on',
  render: (report) => inChunks(page(report)),
};

const assets: Assets = { style: `${pageStyle}\n${complianceStyle}`, script };

function* page(report: ComplianceReport): Iterable<string> {
  const controls = controlsOf(report);
  yield pageStart(`${report.frameworks.map(({ title }) => title).join(', ')} · Plimsoll compliance report`, assets);
  yield masthead(report).html;
  yield '<main id="main">\n';
  yield overview(report).html;
  yield filters(report).html;
  for (const framework of report.frameworks) yield* frameworkSection(framework, controls);
  yield limits(report).html;
  yield markup`</main>\n`.html;
  yield pageEnd(assets);
}
