import { type ManifestObject, objectAt, textAt } from '#manifests/index.ts';
import { isSeverity, type Severity } from '#model/index.ts';

/** What a policy says of itself, in annotations: it travels with the policy into a cluster. */
export interface PolicyDescription {
  /** `metadata.name`. */
  readonly name: string;
  readonly title: string;
  readonly why: string;
  readonly remediation: string;
  /** Controls of NIST SP 800-53. */
  readonly controls: readonly string[];
  readonly severity: Severity;
  /** What must have been looked for, for its silence to mean anything: `secret`. */
  readonly scanners: readonly string[];
}

/** Policies without annotations of ours have their name for a title. */
export function describePolicy({ json }: ManifestObject): PolicyDescription {
  const metadata = objectAt(json, 'metadata');
  const annotations = objectAt(metadata, 'annotations');
  const told = (name: string): string => textAt(annotations, `plimsoll.dev/${name}`)?.trim() ?? '';
  const name = textAt(metadata, 'name') ?? '';
  const severity = told('severity');
  return {
    name,
    title: told('title') || name,
    why: told('why'),
    remediation: told('remediation'),
    controls: words(told('controls')),
    severity: isSeverity(severity) ? severity : 'unknown',
    scanners: words(told('scanners')),
  };
}

function words(list: string): string[] {
  return list.split(',').flatMap((word) => word.trim() || []);
}
