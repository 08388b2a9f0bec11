import type { Severity } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { type Annotation, annotationsOf } from '../annotation.ts';
import { type DecisionNote, openDecisionNotes } from '../decision-notes.ts';
import { holesOf } from '../holes.ts';
import { fingerprint, UniqueIds } from '../identity.ts';
import { jsonText, lazily, Rows } from '../json-text.ts';
import type { Reporter } from '../reporter.ts';
import { shortText } from '../sarif/limits.ts';

export const gitlab: Reporter = {
  id: 'gitlab',
  title: 'GitLab Code Quality: findings beside the lines of a merge request',
  references: ['https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format'],
  maturity: 'stable',
  mediaType: 'application/json',
  fileExtension: '.codequality.json',
  render: (report) => jsonText(new Rows(issues(report))),
};

const severities: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  unknown: 'major',
  low: 'minor',
  info: 'info',
};

function* issues(report: ScanReport): Iterable<unknown> {
  // Two issues with one fingerprint are one to GitLab.
  const fingerprints = new UniqueIds();
  yield* lazily(openDecisionNotes(report), (note) => noteIssue(note, fingerprints));
  yield* lazily(annotationsOf(report), (one) => issueOf(one, fingerprints));
  for (const { id, effect, text } of holesOf(report)) {
    const print = fingerprint('hole', id, text);
    yield {
      description: shortText(text),
      check_name: id,
      fingerprint: fingerprints.idFor(`${print} ${id}`, print),
      severity: effect === 'note' ? 'info' : 'major',
      // It is about no line; the format has no issue without one.
      location: { path: shortText(report.artifact.name), lines: { begin: 1 } },
    };
  }
}

/** What is denied stops a deployment, however severe. */
function noteIssue(
  { outcome, policy, message, file, path, line, identity }: DecisionNote,
  fingerprints: UniqueIds,
): unknown {
  const print = fingerprint(...identity);
  return {
    description: shortText(message),
    check_name: shortText(`policy/${policy}`),
    fingerprint: fingerprints.idFor(`${print} ${line} ${message}`, print),
    severity: outcome === 'denied' ? 'blocker' : 'major',
    location: { path: shortText(file ?? path) || '.', lines: { begin: line } },
  };
}

function issueOf({ finding, rule, message, file, path, line, identity }: Annotation, fingerprints: UniqueIds): unknown {
  const print = fingerprint(...identity);
  const place = file ?? path;
  return {
    description: shortText(message),
    check_name: shortText(rule.id),
    fingerprint: fingerprints.idFor(`${print} ${place}:${line} ${message}`, print),
    severity: severities[finding.severity],
    location: { path: shortText(place === '' ? '.' : place), lines: { begin: line } },
  };
}
