import { type Dockerfile, parseDockerfile } from '#checks/index.ts';
import { type EditMeans, type Editor, type ImageRegistry, type Proposal, refuseAll } from '../editor.ts';
import type { FixGroup, FixStep } from '../plan/index.ts';
import { foundationOf, type Replacement, withReference } from './from.ts';
import { installLines } from './install-lines.ts';
import { newerTag } from './newer-tag.ts';
import { raisedPins } from './pins.ts';

const MAX_BYTES = 1024 * 1024;

/** What an image is built from: the tag of its base image, and versions that its install lines pin. */
export const dockerfileEditor: Editor = {
  id: 'dockerfile',
  handles: ({ place }, { dockerfile }) =>
    dockerfile !== undefined && (place.kind === 'base-image' || place.kind === 'own-layers' || place.kind === 'system'),
  propose,
};

async function propose(group: FixGroup, steps: readonly FixStep[], means: EditMeans): Promise<Proposal> {
  const file = await means.files.read(means.dockerfile ?? '', MAX_BYTES);
  if (!file.ok) return refuseAll(steps, file.error);
  const change = (replacements: readonly Replacement[]) =>
    means.files.change(file.value, replaced(file.value.text, replacements));
  const dockerfile = parseDockerfile(file.value.text, '');
  if (group.place.kind !== 'base-image') return pinned(dockerfile, steps, change);
  const base = await newerBase(dockerfile, means.registry);
  if (base.replacements.length > 0) change(base.replacements);
  const refusals = base.reason === undefined ? [] : refusalsFor(steps, base.reason, group.command);
  return { refusals, notes: [] };
}

function refusalsFor(steps: readonly FixStep[], reason: string, command: string | undefined): Proposal['refusals'] {
  const instead = command === undefined ? '' : `. Until then a RUN line can do it: ${command}`;
  return refuseAll(steps, reason + instead).refusals;
}

function replaced(text: string, replacements: readonly Replacement[]): string {
  const inOrder = [...replacements].sort((a, b) => b.start - a.start);
  return inOrder.reduce((made, { start, end, text: by }) => made.slice(0, start) + by + made.slice(end), text);
}

interface NewerBase {
  readonly replacements: readonly Replacement[];
  /** Why nothing is replaced. */
  readonly reason?: string;
}

async function newerBase(file: Dockerfile, registry: ImageRegistry): Promise<NewerBase> {
  const nothing = (reason: string): NewerBase => ({ replacements: [], reason });
  const stage = foundationOf(file);
  if (!stage) return nothing('it is built on no other image');
  const { word, repository: name, tag, digest } = stage.base;
  const { raw, value: reference } = word;
  if (word.unknown.length > 0) return nothing(`${raw} depends on arguments that have no plain default`);
  if (tag === undefined) return nothing(`${reference} names no tag: choose a build of it that is newer`);
  const tags = await registry.tags(name);
  if (!tags.ok) return nothing(`the registry does not tell the tags of ${name}: ${tags.error}`);
  const newer = newerTag(tag, tags.value);
  const chosen = newer ?? tag;
  let target = `${name}:${chosen}`;
  if (digest !== undefined) {
    const now = await registry.digest(target);
    if (!now.ok) return nothing(`the registry does not tell what ${target} is now: ${now.error}`);
    target += `@${now.value}`;
  }
  if (target === reference)
    return nothing(`${reference} is the newest of its line or moves by itself: build again with --pull --no-cache`);
  const replacement = withReference(file, stage, target);
  if (!replacement) return nothing(`${raw} is put together from arguments; make it ${target}`);
  return { replacements: [replacement] };
}

function pinned(file: Dockerfile, steps: readonly FixStep[], change: (made: readonly Replacement[]) => void): Proposal {
  const { lines, isPartial } = installLines(file);
  const raised = raisedPins(lines, steps);
  if (raised.replacements.length > 0) change(raised.replacements);
  const rest = steps.filter(({ id }) => !raised.done.has(id));
  const unread = isPartial ? ' (some RUN lines are written in a way that is not read here)' : '';
  const reason = `no install line pins it${unread}: build again with --no-cache, which takes the fixed version`;
  const notes =
    raised.done.size > 0
      ? [
          'Archives of distributions may have replaced a version that is pinned here by a later one: if it is gone, pin that.',
        ]
      : [];
  return { ...refuseAll(rest, reason), notes };
}
