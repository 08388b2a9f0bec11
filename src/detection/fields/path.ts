import type { RuntimeEvent } from '#runtime/index.ts';
import { isFileType } from './event-categories.ts';
import { type Field, field } from './field.ts';

type E = RuntimeEvent;
const TWO_PATHS: ReadonlySet<string> = new Set([
  'rename',
  'renameat',
  'renameat2',
  'link',
  'linkat',
  'symlink',
  'symlinkat',
  'mount',
]);

const hasTwo = ({ event }: E): boolean => TWO_PATHS.has(event.type);

/** `fs.path.*`: what a call that is about paths names, whichever call it is. */
export const pathFields: readonly Field<E>[] = [
  field('fs.path.name', 'text', 'path that is worked on, absolute; for two of them none', (event) =>
    hasTwo(event) || !isFileType(event.event.type) ? undefined : (event.path ?? event.descriptor?.name),
  ),
  field('fs.path.nameraw', 'text', 'the same as it was given', (event) =>
    hasTwo(event) || !isFileType(event.event.type) ? undefined : (event.event.path ?? event.descriptor?.nameRaw),
  ),
  field('fs.path.source', 'text', 'what is renamed, linked or mounted, absolute', (event) =>
    hasTwo(event) ? sourceOf(event, event.path ?? event.event.path, event.newPath) : undefined,
  ),
  field('fs.path.sourceraw', 'text', 'the same as it was given', (event) =>
    hasTwo(event) ? sourceOf(event, event.event.path, event.event.newPath) : undefined,
  ),
  field('fs.path.target', 'text', 'the new name or place, absolute', (event) =>
    hasTwo(event) ? targetOf(event, event.path ?? event.event.path, event.newPath) : undefined,
  ),
  field('fs.path.targetraw', 'text', 'the same as it was given', (event) =>
    hasTwo(event) ? targetOf(event, event.event.path, event.event.newPath) : undefined,
  ),
];

/** A symbolic link is the source, and what it leads to the target. */
function sourceOf({ event }: E, path: string | undefined, newPath: string | undefined): string | undefined {
  return event.type.startsWith('symlink') ? newPath : path;
}

function targetOf({ event }: E, path: string | undefined, newPath: string | undefined): string | undefined {
  return event.type.startsWith('symlink') ? path : newPath;
}
