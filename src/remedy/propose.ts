import type { Severity } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { proposeConfigurationEdits } from './configuration/index.ts';
import { dockerfileEditor } from './dockerfile/index.ts';
import { type EditMeans, type Editor, type Proposal, refuseAll } from './editor.ts';
import { npmEditor } from './npm/index.ts';
import type { FixGroup, FixPlan, FixStep } from './plan/index.ts';
import { requirementsEditor } from './requirements/index.ts';
import { type FileEdit, ProjectFiles } from './workspace/index.ts';

/** What can edit files; the first that handles a group takes it. */
const editors: readonly Editor[] = [npmEditor, requirementsEditor, dockerfileEditor];

export interface ProposalRequest extends Omit<EditMeans, 'files'> {
  /** What the plan was made from. */
  readonly report: Pick<ScanReport, 'findings' | 'createdAt'>;
  /** Kinds of findings, ids of vulnerabilities and checks, names of packages and files, ids of steps; all steps when empty. */
  readonly only: readonly string[];
  /** Steps whose worst is one of these; all steps when empty. */
  readonly severities: readonly Severity[];
}

export interface ProposedEdits extends Proposal {
  readonly edits: readonly FileEdit[];
}

/** Edits for what of a plan can be edited here, and a reason for every wanted step that cannot. Nothing is written in the project. */
export async function proposeEdits(plan: FixPlan, request: ProposalRequest): Promise<ProposedEdits> {
  const means = { ...request, files: new ProjectFiles(request.root) };
  const proposals: Proposal[] = [];
  for (const group of plan.groups) {
    const wanted = group.steps.filter((step) => isWanted(step, request));
    const editor = editors.find((one) => one.handles(group, means));
    if (!editor) {
      proposals.push(byHand(group, wanted));
      continue;
    }
    const left = means.allowsBreaking ? [] : wanted.filter(breaksWhatAsks);
    const steps = wanted.filter((step) => !left.includes(step) && !isPartOfAnother(step, wanted, means));
    proposals.push({ notes: [], refusals: left.map(({ id, to }) => ({ step: id, reason: breakingWords(to) })) });
    if (steps.length > 0) proposals.push(await editor.propose(group, steps, means));
  }
  proposals.push(await proposeConfigurationEdits(plan, request.report, request, means));
  return {
    edits: means.files.edits(),
    refusals: proposals.flatMap(({ refusals }) => refusals),
    notes: [...new Set(proposals.flatMap(({ notes }) => notes))],
  };
}

function isWanted({ id, name, removes, worst }: FixStep, { only, severities }: ProposalRequest): boolean {
  if (severities.length > 0 && !severities.includes(worst)) return false;
  const words = ['vulnerability', id, name, ...removes.map((one) => one.id)];
  return only.length === 0 || words.some((word) => only.includes(word));
}

/** What others bring is raised as far as they allow, so that cannot break them. */
function breaksWhatAsks({ isBreaking, what }: FixStep): boolean {
  return isBreaking && what !== 'transitive-dependency';
}

function breakingWords(to: string): string {
  return `its interface may have changed in ${to}: --breaking takes it`;
}

/** The smaller of two steps, when the larger is taken. */
function isPartOfAnother(step: FixStep, wanted: readonly FixStep[], { allowsBreaking }: EditMeans): boolean {
  return allowsBreaking && wanted.some(({ id }) => id.startsWith(`${step.id}->`));
}

function byHand({ command }: FixGroup, steps: readonly FixStep[]): Proposal {
  const refusals = steps.flatMap((step) => {
    const how = step.command ?? command;
    return refuseAll([step], how === undefined ? 'it is changed by hand' : `it is changed by hand: ${how}`).refusals;
  });
  return { refusals, notes: [] };
}
