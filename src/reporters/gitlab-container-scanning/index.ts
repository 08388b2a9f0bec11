import type { ScanReport } from '#scan/index.ts';
import type { Annotation } from '../annotation.ts';
import { securityReport } from '../gitlab/security.ts';
import type { Reporter } from '../reporter.ts';
import { shortText } from '../sarif/limits.ts';

export const gitlabContainerScanning: Reporter = {
  id: 'gitlab-container-scanning',
  title: 'GitLab Container Scanning 15: vulnerable packages of an image',
  references: [
    'https://docs.gitlab.com/user/application_security/container_scanning/',
    'https://gitlab.com/gitlab-org/security-products/security-report-schemas',
  ],
  maturity: 'stable',
  mediaType: 'application/json',
  fileExtension: '.containerscanning.json',
  render: (report) => securityReport(report, { type: 'container_scanning', locationOf }),
};

function locationOf({ finding }: Annotation, { artifact, distribution }: ScanReport): unknown {
  if (finding.kind !== 'vulnerability') return undefined;
  const { name, version } = finding.package;
  return {
    dependency: { package: { name: shortText(name) }, version: shortText(version) },
    operating_system:
      shortText(distribution ? `${distribution.id} ${distribution.version ?? ''}`.trim() : '') || 'unknown',
    image: shortText(artifact.name) || 'unknown',
  };
}
