import { pythonPackageName } from '#inventory/index.ts';
import type { EditMeans, Editor, Proposal } from '../editor.ts';
import type { FixGroup, FixStep } from '../plan/index.ts';
import type { ProjectFile, ProjectFiles } from '../workspace/index.ts';
import { includedFiles, type Raise, raiseRequirements } from './raise.ts';

const MAX_BYTES = 1024 * 1024;
const MAX_FILES = 50;

/** Requirements and constraints files of pip: edited in place. */
export const requirementsEditor: Editor = {
  id: 'requirements',
  handles: ({ place }) => place.kind === 'project' && place.manager === 'pip' && /\.(?:txt|in)$/.test(place.file),
  propose,
};

async function propose({ place }: FixGroup, steps: readonly FixStep[], { files }: EditMeans): Promise<Proposal> {
  const first = place.kind === 'project' ? place.file : '';
  const { read, failure } = await filesFrom(files, first);
  const raised = new Set<string>();
  const reasons = new Map<string, string>();
  for (const one of read) {
    const done = raiseRequirements(one.text, steps.map(raiseOf));
    for (const name of done.raised) raised.add(name);
    for (const [name, reason] of done.refused) reasons.set(name, `${one.path}: ${reason}`);
    files.change(one, done.text);
  }
  const refusals = steps.flatMap((step) => {
    const name = pythonPackageName(step.name);
    const reason = reasons.get(name);
    if (raised.has(name) && reason === undefined) return [];
    return [{ step: step.id, reason: reason ?? failure ?? `${first} has no line that can be edited for it` }];
  });
  return { refusals, notes: [] };
}

function raiseOf({ name, from, to }: Raise): Raise {
  return { name, from, to };
}

/** The file and what it includes, as far as that lies in the project. */
async function filesFrom(files: ProjectFiles, first: string): Promise<{ read: ProjectFile[]; failure?: string }> {
  const paths = new Set([first]);
  const read: ProjectFile[] = [];
  let failure: string | undefined;
  for (const path of paths) {
    const file = await files.read(path, MAX_BYTES);
    if (!file.ok) failure ??= file.error;
    else read.push(file.value);
    for (const other of file.ok ? includedFiles(file.value.text) : []) {
      const place = placeOf(path, other);
      if (place !== undefined && paths.size < MAX_FILES) paths.add(place);
    }
  }
  return { read, ...(failure !== undefined && { failure }) };
}

/** Undefined for addresses and for what lies outside. */
function placeOf(from: string, relative: string): string | undefined {
  if (relative.includes('://') || relative.startsWith('/')) return undefined;
  const parts = from.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
