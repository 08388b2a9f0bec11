import type { MisconfigurationFinding } from '#checks/index.ts';
import type { Severity } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import type { EditMeans, Proposal } from '../editor.ts';
import {
  type ConfigurationFile,
  type ConfigurationStep,
  isMisconfiguration,
  isUndecided,
} from '../plan/configuration.ts';
import type { FixPlan } from '../plan/index.ts';
import { keyOf, mendText } from './mend.ts';
import { pinImages } from './pin.ts';
import { type CheckedText, recheck } from './recheck.ts';

const MAX_BYTES = 1024 * 1024;

/** Which steps are wanted; all of them when both are empty. */
export interface Selection {
  /** `misconfiguration`, ids of checks or of steps, paths of files. */
  readonly only: readonly string[];
  readonly severities: readonly Severity[];
}

/** Edits of Dockerfiles, Compose files and manifests for what of a plan is wanted. */
export async function proposeConfigurationEdits(
  plan: FixPlan,
  report: Pick<ScanReport, 'findings' | 'createdAt'>,
  selection: Selection,
  means: EditMeans,
): Promise<Proposal> {
  const refusals: Refused[] = [];
  const findings = Map.groupBy(report.findings.filter(isMisconfiguration), ({ location }) => location.path);
  for (const file of plan.configuration?.files ?? []) {
    const wanted = file.steps.filter((step) => isSelected(step, file.path, selection));
    const left = wanted.filter(({ mayBreak }) => mayBreak !== undefined && !means.allowsBreaking);
    refusals.push(...left.map((step) => refused(step, `it may break ${step.mayBreak}: --breaking takes it`)));
    const steps = wanted.filter((step) => !left.includes(step));
    if (steps.length === 0) continue;
    const known = findings.get(file.path) ?? [];
    refusals.push(...(await mendFile({ file, steps, findings: known, today: report.createdAt }, means)));
  }
  return { notes: [], refusals: together(refusals) };
}

function isSelected(
  { id, check, severity }: ConfigurationStep,
  path: string,
  { only, severities }: Selection,
): boolean {
  if (severities.length > 0 && !severities.includes(severity)) return false;
  return only.length === 0 || [id, check, path, 'misconfiguration'].some((word) => only.includes(word));
}

interface Task {
  readonly file: ConfigurationFile;
  readonly steps: readonly ConfigurationStep[];
  /** All of the file that the scan found. */
  readonly findings: readonly MisconfigurationFinding[];
  readonly today: string;
}

async function mendFile({ file, steps, findings, today }: Task, means: EditMeans): Promise<Refused[]> {
  const all = (reason: string) => steps.map((step) => refused(step, reason));
  if (file.path.includes('!/')) return all('it lies in an archive');
  const read = await means.files.read(file.path, MAX_BYTES);
  if (!read.ok) return all(read.error);
  const as = { path: file.path, subject: file.subject, today };
  const changed = changedSince(recheck(means.files.asRead(read.value), as), steps, findings);
  if (changed) return all(`${file.path} has changed since it was scanned: run it again`);
  const decided = new Set(findings.filter((one) => !isUndecided(one)).map(keyOf));
  const byCheck = Map.groupBy(steps, ({ check }) => check);
  const isWanted = (finding: MisconfigurationFinding) =>
    !decided.has(keyOf(finding)) &&
    byCheck.get(finding.id)?.some(({ mayBreak }) => mayBreak === finding.fixMayBreak) === true;
  const mended = mendText(as, recheck(read.value.text, as), isWanted);
  const pinned = await pinImages(as, mended.checked, isWanted, means.registry);
  means.files.change(read.value, pinned.checked.text);
  const reasons = new Map([...mended.left, ...pinned.left]);
  return steps.flatMap((step) => {
    const reason = reasons.get(step.check);
    return reason === undefined ? [] : [refused(step, reason)];
  });
}

/** The edits are made in the text as it is now; what the scan found must be there, or they are not what somebody asked for. */
function changedSince(
  { findings: now }: CheckedText,
  steps: readonly ConfigurationStep[],
  then: readonly MisconfigurationFinding[],
): boolean {
  const checks = new Set(steps.map(({ check }) => check));
  const placed = (one: MisconfigurationFinding) => `${keyOf(one)}\0${one.position.line}`;
  const there = new Set(now.map(placed));
  return then.some((one) => checks.has(one.id) && !there.has(placed(one)));
}

interface Refused {
  readonly check: string;
  readonly id: string;
  readonly reason: string;
}

const refused = ({ check, id }: ConfigurationStep, reason: string): Refused => ({ check, id, reason });

/** One line for a check that is left for the same reason in many files. */
function together(refusals: readonly Refused[]): Proposal['refusals'] {
  const groups = Map.groupBy(refusals, ({ check, reason }) => `${check}\0${reason}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const step = group.length === 1 ? first.id : `${first.check} in ${group.length} files`;
    return [{ step, reason: first.reason }];
  });
}
