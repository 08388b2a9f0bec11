import { dockerfileEditor } from './dockerfile/index.ts';
import { type EditMeans, type Editor, type Proposal, refuseAll } from './editor.ts';
import { npmEditor } from './npm/index.ts';
import type { FixGroup, FixPlan, FixStep } from './plan/index.ts';
import { requirementsEditor } from './requirements/index.ts';
import { type FileEdit, ProjectFiles } from './workspace/index.ts';

/** What can edit files; the first that handles a group takes it. */
const editors: readonly Editor[] = [npmEditor, requirementsEditor, dockerfileEditor];

export interface ProposalRequest extends Omit<EditMeans, 'files'> {
  /** Ids of vulnerabilities, names of packages or ids of steps; all steps when empty. */
  readonly only: readonly string[];
}

export interface ProposedEdits extends Proposal {
  readonly edits: readonly FileEdit[];
}

/** Edits for what of a plan can be edited here, and a reason for every wanted step that cannot. Nothing is written in the project. */
export async function proposeEdits(plan: FixPlan, request: ProposalRequest): Promise<ProposedEdits> {
  const means = { ...request, files: new ProjectFiles(request.root) };
  const proposals: Proposal[] = [];
  for (const group of plan.groups) {
    const steps = group.steps.filter((step) => isWanted(step, request.only));
    if (steps.length === 0) continue;
    const editor = editors.find((one) => one.handles(group, means));
    proposals.push(editor ? await editor.propose(group, steps, means) : byHand(group, steps));
  }
  return {
    edits: means.files.edits(),
    refusals: proposals.flatMap(({ refusals }) => refusals),
    notes: [...new Set(proposals.flatMap(({ notes }) => notes))],
  };
}

function isWanted({ id, name, removes }: FixStep, only: readonly string[]): boolean {
  return only.length === 0 || only.some((one) => one === id || one === name || removes.some((each) => each.id === one));
}

function byHand({ command }: FixGroup, steps: readonly FixStep[]): Proposal {
  const refusals = steps.flatMap((step) => {
    const how = step.command ?? command;
    return refuseAll([step], how === undefined ? 'it is changed by hand' : `it is changed by hand: ${how}`).refusals;
  });
  return { refusals, notes: [] };
}
