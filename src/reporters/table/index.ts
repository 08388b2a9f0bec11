import type { Reporter } from '../reporter.ts';
import { countSeverities, distinctVulnerabilities, severityWords } from '../tally.ts';
import { counted, isWholeAnswer, nothingFoundWords } from '../wording.ts';
import { decided } from './decided.ts';
import { foremost } from './foremost.ts';
import { header } from './header.ts';
import { problems, unassessed } from './holes.ts';
import { licences } from './licences.ts';
import { malware } from './malware.ts';
import { misconfiguration } from './misconfiguration.ts';
import { nextSteps } from './next-steps.ts';
import { policies } from './policies.ts';
import { remediation } from './remediation.ts';
import { secrets } from './secrets.ts';
import { unfixed } from './unfixed.ts';
import { hanging, type View, viewOf } from './view.ts';

export const table: Reporter = {
  id: 'table',
  title: 'For reading in a terminal, grouped by what fixes it',
  references: ['https://no-color.org/', 'https://www.unicode.org/reports/tr11/'],
  maturity: 'stable',
  mediaType: 'text/plain; charset=utf-8',
  fileExtension: '.txt',
  *render(report, options) {
    const view = viewOf(report, options);
    let first = true;
    for (const section of sections) {
      const lines = section(view);
      if (lines.length > 0) yield `${first ? '' : '\n'}${lines.join('\n')}\n`;
      first = false;
    }
  },
};

/** In the order of reading: what it is, what policies decided, how bad, the way out, what stays, what to look at, what is not known, what to do. */
const sections: readonly ((view: View) => string[])[] = [
  header,
  policies,
  verdict,
  malware,
  secrets,
  misconfiguration,
  remediation,
  unfixed,
  foremost,
  licences,
  decided,
  unassessed,
  problems,
  nextSteps,
];

function verdict(view: View): string[] {
  const { open, report } = view;
  const others = [...view.malware, ...view.secrets, ...view.misconfigurations].length;
  if (open.length === 0)
    return hanging(view, '', nothingFoundWords(report), isWholeAnswer(report) && others === 0 ? 'green' : 'yellow');
  const distinct = distinctVulnerabilities(open);
  const packages = new Set(open.map((one) => one.package)).size;
  const text = `${counted(distinct.length, 'vulnerability', 'vulnerabilities')} in ${counted(packages, 'package')}: ${severityWords(countSeverities(distinct))}`;
  return hanging(view, '', text, 'bold');
}
