import { type EditMeans, type Editor, type Proposal, refuseAll } from '../editor.ts';
import type { FixGroup, FixStep } from '../plan/index.ts';
import { Attempt } from './attempt.ts';
import { copyProject } from './copy.ts';
import { Resolution } from './resolution.ts';
import { findNpm } from './tool.ts';

/**
 * Projects locked by npm: package.json is edited in place and npm itself makes the new lock, in a copy. What it made is read and
 * matched again, and only what that shows counts as done.
 */
export const npmEditor: Editor = {
  id: 'npm',
  handles: ({ place }) =>
    place.kind === 'project' &&
    place.manager === 'npm' &&
    /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/.test(place.file),
  propose,
};

async function propose(group: FixGroup, steps: readonly FixStep[], means: EditMeans): Promise<Proposal> {
  if (group.place.kind !== 'project') return refuseAll(steps, 'it is no project');
  const npm = await findNpm(process.env, means.root);
  if (!npm) return refuseAll(steps, `npm is not on PATH; where it is, run: ${group.command ?? ''}`);
  const copied = await copyProject(means.files, group.place.directory, group.place.file);
  if (!copied.ok) return refuseAll(steps, copied.error);
  const copy = copied.value;
  try {
    const resolution = new Resolution(copy, npm, means.signal);
    const attempt = new Attempt({ group, steps, means, copyRoot: copy.root }, resolution);
    await attempt.raiseAskedFor();
    await attempt.updateWithinRanges();
    await attempt.raiseWhatBrings();
    await attempt.override();
    if (attempt.failure !== undefined) return refuseAll(steps, `the new lock cannot be assessed: ${attempt.failure}`);
    resolution.propose(means.files);
    return attempt.proposal(copy.droppedSettings);
  } finally {
    await copy.remove();
  }
}
