import { pythonPackageName } from '#inventory/index.ts';
import type { Editor, EditRequest, Proposal, Refusal } from '../editor.ts';
import { type FileEdit, type ProjectFile, readProjectFile } from '../workspace/index.ts';
import { includedFiles, type Raise, raiseRequirements } from './raise.ts';

const MAX_BYTES = 1024 * 1024;
const MAX_FILES = 50;

/** Requirements and constraints files of pip: edited in place. */
export const requirementsEditor: Editor = {
  id: 'requirements',
  handles: ({ place }) => place.kind === 'project' && place.manager === 'pip' && /\.(?:txt|in)$/.test(place.file),
  propose,
};

async function propose({ root, group, steps }: EditRequest): Promise<Proposal> {
  const file = group.place.kind === 'project' ? group.place.file : '';
  const files = await filesFrom(root, file);
  const edits: FileEdit[] = [];
  const raised = new Set<string>();
  const reasons = new Map<string, string>(files.failure === undefined ? [] : [['', files.failure]]);
  for (const one of files.read) {
    const done = raiseRequirements(one.text, steps.map(raiseOf));
    for (const name of done.raised) raised.add(name);
    for (const [name, reason] of done.refused) reasons.set(name, `${one.path}: ${reason}`);
    if (done.text !== one.text) edits.push({ file: one, after: done.text });
  }
  const refusals = steps.flatMap((step): Refusal[] => {
    const name = pythonPackageName(step.name);
    const reason = reasons.get(name);
    if (raised.has(name) && reason === undefined) return [];
    return [{ step: step.id, reason: reason ?? reasons.get('') ?? `${file} has no line that can be edited for it` }];
  });
  return { edits, refusals, notes: [] };
}

function raiseOf({ name, from, to }: Raise): Raise {
  return { name, from, to };
}

/** The file and what it includes, as far as that lies in the project. */
async function filesFrom(root: string, first: string): Promise<{ read: ProjectFile[]; failure?: string }> {
  const paths = new Set([first]);
  const read: ProjectFile[] = [];
  let failure: string | undefined;
  for (const path of paths) {
    const file = await readProjectFile(root, path, MAX_BYTES);
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
