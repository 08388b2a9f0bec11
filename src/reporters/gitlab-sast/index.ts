import type { Annotation } from '../annotation.ts';
import { securityReport } from '../gitlab/security.ts';
import type { Reporter } from '../reporter.ts';
import { shortText } from '../sarif/limits.ts';

export const gitlabSast: Reporter = {
  id: 'gitlab-sast',
  title: 'GitLab SAST 15: misconfiguration, secrets and malware in files',
  references: [
    'https://docs.gitlab.com/user/application_security/sast/',
    'https://gitlab.com/gitlab-org/security-products/security-report-schemas',
  ],
  maturity: 'stable',
  mediaType: 'application/json',
  fileExtension: '.sast.json',
  render: (report) => securityReport(report, { type: 'sast', locationOf }),
};

function locationOf({ finding, file, path, line, region }: Annotation): unknown {
  if (finding.kind === 'vulnerability' || finding.kind === 'licence') return undefined;
  return { file: shortText(file ?? path) || '.', start_line: line, end_line: region?.endLine ?? line };
}
