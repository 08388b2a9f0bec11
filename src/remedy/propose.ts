import type { Result } from '#foundation/index.ts';
import type { ScanReport } from '#scan/index.ts';
import type { Editor, Proposal } from './editor.ts';
import { npmEditor } from './npm/index.ts';
import type { FixGroup, FixPlan, FixStep } from './plan/index.ts';
import { requirementsEditor } from './requirements/index.ts';

/** What can edit files; the first that handles a group takes it. */
const editors: readonly Editor[] = [npmEditor, requirementsEditor];

export interface ProposalRequest {
  /** The directory that was scanned. */
  readonly root: string;
  /** Ids of vulnerabilities, names of packages or ids of steps; all steps when empty. */
  readonly only: readonly string[];
  readonly allowsOverrides: boolean;
  assess(directory: string): Promise<Result<ScanReport>>;
  readonly signal: AbortSignal;
}

/** Edits for what of a plan can be edited here, and a reason for every wanted step that cannot. Nothing is written in the project. */
export async function proposeEdits(plan: FixPlan, request: ProposalRequest): Promise<Proposal> {
  const proposals: Proposal[] = [];
  for (const group of plan.groups) {
    const steps = group.steps.filter((step) => isWanted(step, request.only));
    if (steps.length === 0) continue;
    const editor = editors.find((one) => one.handles(group));
    proposals.push(editor ? await editor.propose({ ...request, group, steps }) : byHand(group, steps));
  }
  return {
    edits: proposals.flatMap(({ edits }) => edits),
    refusals: proposals.flatMap(({ refusals }) => refusals),
    notes: proposals.flatMap(({ notes }) => notes),
  };
}

function isWanted({ id, name, removes }: FixStep, only: readonly string[]): boolean {
  return only.length === 0 || only.some((one) => one === id || one === name || removes.some((each) => each.id === one));
}

function byHand({ command }: FixGroup, steps: readonly FixStep[]): Proposal {
  const how = (step: FixStep) => step.command ?? command;
  const refusals = steps.map((step) => ({
    step: step.id,
    reason: how(step) === undefined ? 'it is changed by hand' : `it is changed by hand: ${how(step)}`,
  }));
  return { edits: [], refusals, notes: [] };
}
