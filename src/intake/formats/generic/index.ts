import type { SubmittedFinding } from '#findings/index.ts';
import { asList, asMembers, memberOf, textsOf } from '#foundation/documents/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { isSeverity } from '#model/index.ts';
import { parseAsset } from '../../asset.ts';
import { maxFindings } from '../../bounds.ts';
import type { IntakeFormat } from '../../format.ts';
import {
  importArtifact,
  importedPlace,
  importedVulnerability,
  needsAsset,
  numberOf,
  textAt,
  timeOf,
  toolOf,
} from '../../imported.ts';
import { storable } from '../../text.ts';

/** For whatever has no format of its own: docs/reference/imports.md. */
export const genericFormat: IntakeFormat = {
  id: 'findings',
  name: 'plimsoll.findings.v1',
  recognises: (json) => textAt(json, 'schema') === 'plimsoll.findings.v1',
  read({ json }, context) {
    const name = textAt(json, 'tool', 'name');
    if (!name?.trim()) return err('tool.name is missing: every finding names its tool');
    const named = textAt(json, 'asset');
    const parsed = named === undefined ? undefined : parseAsset(named);
    if (parsed && !parsed.ok) return parsed;
    const asset = context.asset ?? parsed?.value;
    if (asset === undefined) return err(needsAsset);
    const list = asList(memberOf(json, 'findings'));
    if (list === undefined || list.length > maxFindings) return err(`findings is no list of at most ${maxFindings}`);
    const findings: SubmittedFinding[] = [];
    for (const [index, one] of list.entries()) {
      const finding = findingOf(one, name);
      if (!finding.ok) return err(`findings[${index}] ${finding.error}`);
      findings.push(finding.value);
    }
    const tool = toolOf(name, textAt(json, 'tool', 'version'), 'generic');
    return ok({
      tool,
      createdAt: timeOf(textAt(json, 'createdAt'), context.receivedAt),
      asset,
      artifact: importArtifact(tool.name, context.digest ?? textAt(json, 'digest')?.slice(0, 200), {
        format: 'findings',
      }),
      scanners: textsOf(memberOf(json, 'kinds'))
        .slice(0, 50)
        .map((kind) => storable(kind, 40)),
      isComplete: memberOf(json, 'complete') === true,
      findings,
    });
  },
};

function findingOf(one: unknown, tool: string): Result<SubmittedFinding> {
  const [kind, id, severity, title] = ['kind', 'id', 'severity', 'title'].map((member) => textAt(one, member));
  if (kind === undefined || id === undefined) return err('has no kind or no id');
  if (severity === undefined || !isSeverity(severity)) return err('has no severity that is known');
  const owner = memberOf(one, 'package');
  const details = { tool, ...asMembers(memberOf(one, 'details')) };
  const path = textAt(one, 'path') ?? '';
  if (kind !== 'vulnerability')
    return ok(
      importedPlace({
        kind,
        rule: id,
        severity,
        title: title ?? id,
        path,
        line: numberOf(memberOf(one, 'line')),
        details,
      }),
    );
  const [type, name, version] = ['type', 'name', 'version'].map((member) => textAt(owner, member));
  if (type === undefined || name === undefined || version === undefined)
    return err('is a vulnerability without package.type, package.name and package.version');
  const purl = textAt(owner, 'purl');
  const aliases = textsOf(memberOf(one, 'aliases'));
  return ok(
    importedVulnerability({
      id,
      aliases,
      package: { type, name, version, ...(purl !== undefined && { purl }) },
      severity,
      title,
      path,
      isExploited: memberOf(one, 'exploited') === true,
      details,
    }),
  );
}
