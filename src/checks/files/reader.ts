import type { InputFile, Reader, Reading } from '#artifact/index.ts';
import { beginsAsDockerfile, checkedFiles, type FileKind, fileKindOf, mayBeChecked, projectOf } from './file-kind.ts';

/** The text of a file that there may be something to ask about; whether there is, is known when it is read with its neighbours. */
export type CheckFragment = { readonly kind: FileKind; readonly text: string };

/** Whose readings `checkFiles` takes. */
export const checkReaderId = 'checks';

const JSON_HEAD_BYTES = 64 * 1024;

/**
 * Finds Dockerfiles, Compose files and manifests by their names and what is in them. They are handed on as texts, since manifests are judged
 * together: whether a network policy is there for a workload is told by another file.
 */
export const checkReader: Reader<CheckFragment> = { id: checkReaderId, revision: 3, files: checkedFiles, read };

function read(file: InputFile): Reading<CheckFragment> {
  const kind = fileKindOf(file.path);
  if (kind === undefined || (kind === 'json' && !looksLikeManifest(file))) return { problems: [] };
  const text = file.text();
  if (kind === 'named-otherwise')
    return { ...(beginsAsDockerfile(text) && { fragment: { kind: 'dockerfile', text } }), problems: [] };
  return kind === 'dockerfile' || mayBeChecked(text) || projectOf(file.path)
    ? { fragment: { kind, text }, problems: [] }
    : { problems: [] };
}

/** A manifest says what it is at its beginning, if not in its first line. */
function looksLikeManifest(file: InputFile): boolean {
  const head = Buffer.from(file.slice(0, Math.min(file.size, JSON_HEAD_BYTES)));
  return head.includes('"apiVersion"') && head.includes('"kind"');
}
