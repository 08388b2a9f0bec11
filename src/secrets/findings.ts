import { compareTexts } from '#foundation/index.ts';
import { type Decision, type LayerOrigin, severityRank } from '#model/index.ts';
import type { FoundSecret, SecretFinding, SecretFragment } from './finding.ts';
import { publishedPlaceOf } from './places/index.ts';
import { builtInRules } from './rules/index.ts';
import type { SecretRule } from './rules/rule.ts';
import { type AllowanceTest, compileAllowances } from './settings/allowance.ts';
import { noSettings, type SecretSettings } from './settings/settings.ts';

/** What `secretReader` made of a file, and where the file is. */
export interface SecretReading {
  /** No leading slash. */
  readonly path: string;
  readonly fragment: SecretFragment;
  readonly layer?: LayerOrigin;
  /** A later layer deleted or replaced the file. */
  readonly isDeleted: boolean;
}

export interface SecretFindings {
  /** Worst first, then by path and line. */
  readonly findings: readonly SecretFinding[];
  /** What is not among them and why, so that nothing is passed over in silence. */
  readonly left: readonly LeftOut[];
}

/** `by`: id of a published place, `disabled` or `allowed-value`. */
export interface LeftOut {
  readonly by: string;
  readonly count: number;
}

/**
 * The secrets of all layers, also of files that later layers deleted: whoever has the image has them still. A secret that several
 * layers have in the same file counts once, as it is in the newest.
 */
export function secretFindings(
  readings: readonly SecretReading[],
  settings: SecretSettings = noSettings,
): SecretFindings {
  const rules = new Map([...builtInRules(), ...(settings.rules ?? [])].map((rule) => [rule.id, rule]));
  const disabled = new Set(settings.disabled ?? []);
  const decide = compileAllowances(settings);
  const left = new Map<string, number>();
  const leave = (by: string, count = 1) => left.set(by, (left.get(by) ?? 0) + count);
  const found = new Map<string, SecretFinding>();
  for (const reading of readings) {
    if (reading.fragment.allowedByValue !== undefined) leave('allowed-value', reading.fragment.allowedByValue);
    for (const secret of reading.fragment.secrets) {
      const rule = rules.get(secret.rule);
      const reason = rule === undefined ? 'disabled' : reasonToLeave(rule, secret, reading.path, disabled);
      if (rule === undefined || reason !== undefined) leave(reason ?? 'disabled');
      else keepNewest(found, fileFinding(rule, secret, reading, decide));
    }
  }
  return {
    findings: [...found.values()].sort(compareFindings),
    left: [...left].map(([by, count]) => ({ by, count })).sort((a, b) => (a.by < b.by ? -1 : 1)),
  };
}

function reasonToLeave(
  rule: SecretRule,
  { confidence }: FoundSecret,
  path: string,
  disabled: ReadonlySet<string>,
): string | undefined {
  if (disabled.has(rule.id)) return 'disabled';
  return publishedPlaceOf(path, confidence)?.id;
}

function fileFinding(
  rule: SecretRule,
  secret: FoundSecret,
  reading: SecretReading,
  decide: AllowanceTest,
): SecretFinding {
  const { path, layer, isDeleted } = reading;
  const location = { path, line: secret.line, ...(layer && { layer }), ...(isDeleted && { isDeleted }) };
  return { ...describeFinding(rule, secret, 'file', decide(secret.rule, secret.fingerprint, path)), location };
}

/** What findings of all sources have. */
export function describeFinding(
  rule: SecretRule,
  { confidence, name, fingerprint, preview }: FoundSecret,
  source: SecretFinding['source'],
  decision: Decision | undefined,
): SecretFinding {
  return {
    kind: 'secret',
    id: rule.id,
    severity: rule.severity,
    title: rule.title,
    confidence,
    source,
    ...(name !== undefined && { name }),
    fingerprint,
    preview,
    references: rule.references,
    ...(decision && { decision }),
  };
}

/** Readings come from the lowest layer up. A file that is there all the same stands for the deleted ones. */
function keepNewest(found: Map<string, SecretFinding>, finding: SecretFinding): void {
  const key = JSON.stringify([finding.id, finding.location?.path, finding.fingerprint]);
  const known = found.get(key);
  if (known === undefined || known.location?.isDeleted === true || finding.location?.isDeleted !== true)
    found.set(key, finding);
}

function compareFindings(left: SecretFinding, right: SecretFinding): number {
  return (
    severityRank(left.severity) - severityRank(right.severity) ||
    compareTexts(left.location?.path ?? '', right.location?.path ?? '') ||
    (left.location?.line ?? 0) - (right.location?.line ?? 0) ||
    compareTexts(left.id, right.id)
  );
}
