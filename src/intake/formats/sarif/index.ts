import type { StandingDecision, SubmittedFinding } from '#findings/index.ts';
import { asList, asText, memberOf } from '#foundation/documents/index.ts';
import { err, ok } from '#foundation/index.ts';
import type { Severity } from '#model/index.ts';
import { maxFindings } from '../../bounds.ts';
import type { IntakeFormat } from '../../format.ts';
import {
  importArtifact,
  importedPlace,
  needsAsset,
  numberOf,
  severityOf,
  textAt,
  timeOf,
  toolOf,
} from '../../imported.ts';
import { storable } from '../../text.ts';

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const sarifFormat: IntakeFormat = {
  id: 'sarif',
  name: 'SARIF 2.1.0',
  recognises: (json) =>
    asList(memberOf(json, 'runs')) !== undefined && textAt(json, 'version')?.startsWith('2.1') === true,
  read({ json }, { asset, digest, receivedAt }) {
    const runs = asList(memberOf(json, 'runs')) ?? [];
    const [first] = runs;
    if (first === undefined) return err('it has no run');
    const names = new Set(runs.map((run) => textAt(run, 'tool', 'driver', 'name')));
    if (names.size > 1) return err('it has runs of several tools: upload each by itself');
    if (asset === undefined) return err(needsAsset);
    const tool = toolOf(textAt(first, 'tool', 'driver', 'name'), textAt(first, 'tool', 'driver', 'version'), 'sarif');
    const findings = runs.flatMap((run) => findingsOf(run, tool.name));
    if (findings.length > maxFindings) return err(`it has more than ${maxFindings} results`);
    const invocations = runs.flatMap((run) => asList(memberOf(run, 'invocations')) ?? []);
    return ok({
      tool,
      createdAt: timeOf(textAt(invocations[0], 'endTimeUtc'), receivedAt),
      asset,
      artifact: importArtifact(tool.name, digest, { format: 'SARIF' }),
      scanners: ['analysis'],
      isComplete: invocations.every((one) => memberOf(one, 'executionSuccessful') !== false),
      findings,
    });
  },
};

function findingsOf(run: unknown, tool: string): SubmittedFinding[] {
  const rules = asList(memberOf(memberOf(memberOf(run, 'tool'), 'driver'), 'rules')) ?? [];
  const byId = new Map(rules.map((rule) => [textAt(rule, 'id'), rule]));
  return (
    (asList(memberOf(run, 'results')) ?? [])
      // What a tool says to have passed, or not to apply, is nothing wrong.
      .filter((result) => ['fail', 'review', 'open'].includes(textAt(result, 'kind') ?? 'fail'))
      .map((result) => {
        const id =
          textAt(result, 'ruleId') ?? textAt(result, 'rule', 'id') ?? textAt(ruleAt(rules, result), 'id') ?? 'result';
        const rule = byId.get(id);
        const place = memberOf((asList(memberOf(result, 'locations')) ?? [])[0], 'physicalLocation');
        const message = textAt(result, 'message', 'text');
        const decision = suppressionOf(result);
        return importedPlace({
          kind: 'analysis',
          rule: `${tool}:${id}`,
          severity: severityBy(rule, result),
          title: textAt(rule, 'shortDescription', 'text') ?? message ?? id,
          path: textAt(place, 'artifactLocation', 'uri') ?? '',
          line: numberOf(memberOf(memberOf(place, 'region'), 'startLine')),
          ...(decision && { decision }),
          details: { tool, ruleId: id, message, help: textAt(rule, 'helpUri') },
        });
      })
  );
}

function ruleAt(rules: readonly unknown[], result: unknown): unknown {
  const index = numberOf(memberOf(result, 'ruleIndex'));
  return index === undefined ? undefined : rules[index];
}

/** GitHub's `security-severity` is a score of CVSS. */
function severityBy(rule: unknown, result: unknown): Severity {
  const score = Number(textAt(rule, 'properties', 'security-severity') ?? Number.NaN);
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  if (score > 0) return 'low';
  return severityOf(textAt(result, 'level') ?? textAt(rule, 'defaultConfiguration', 'level') ?? 'warning');
}

function suppressionOf(result: unknown): StandingDecision | undefined {
  const suppressions = asList(memberOf(result, 'suppressions')) ?? [];
  const accepted = suppressions.find((one) => (asText(memberOf(one, 'status')) ?? 'accepted') === 'accepted');
  if (accepted === undefined) return undefined;
  const reason = textAt(accepted, 'justification')?.trim() || 'Suppressed where the tool looked.';
  return { state: 'accepted', source: 'report', reason: storable(reason, 2000), statedIn: 'SARIF suppression' };
}
