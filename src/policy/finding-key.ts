import { type FindingBase, formatPackageUrl, parsePackageUrl } from '#model/index.ts';
import { subjectOf } from './subject.ts';

/**
 * What stays the same of a finding from scan to scan, while versions, lines and severities change:
 *
 * - a vulnerability: its id and the package without version, qualifiers and subpath: `vulnerability:CVE-2024-1:pkg:npm/lodash`;
 * - a secret: the rule and the fingerprint of its value, wherever it lies: `secret:aws-access-key:5f2b…`;
 * - malware: the rule, the file and its content, since another content is to be looked at anew: `malware:xmrig:usr/bin/x@9f86…`;
 * - a misconfiguration: the check, the file and the object in it: `misconfiguration:compose-privileged:compose.yaml#service/web`;
 * - a licence and all else: the id and the package, or else the file.
 *
 * Documented in docs/reference/exceptions.md; baselines of users depend on it.
 */
export function findingKey(finding: FindingBase): string {
  const { kind, id } = finding;
  const { package: owner, locations, fingerprint, sha256, resource } = subjectOf(finding);
  const content = sha256 === undefined ? '' : `@${sha256}`;
  const part = resource ? `#${resource.kind}/${resource.name}` : '';
  const file = `${locations[0]?.path ?? ''}${content}${part}`;
  const where = fingerprint ?? (owner ? packageKey(owner.purl) : file);
  return `${kind}:${id}:${where}`;
}

function packageKey(purl: string): string {
  const parsed = parsePackageUrl(purl);
  if (!parsed.ok) return purl;
  const { type, namespace, name } = parsed.value;
  return formatPackageUrl({ type, name, qualifiers: {}, ...(namespace !== undefined && { namespace }) });
}
