import type { Evidence, FileState } from './evidence.ts';
import { EvidenceMissing } from './known.ts';

/** What is at a path; `absent` where nothing is. Throws `EvidenceMissing` where nobody could look, or did. */
export function fileAt({ files }: Evidence, path: string): FileState | 'absent' {
  const fact = files.get(path);
  if (fact === undefined) throw new EvidenceMissing(`${path} was not looked at`);
  if (fact.type === 'unread') throw new EvidenceMissing(`${path} could not be looked at: ${fact.reason}`);
  return fact.type === 'absent' ? 'absent' : fact;
}

/** The content of a file that is on the list of those which are read; `absent` where there is no file. */
export function contentAt(evidence: Evidence, path: string): string | 'absent' {
  const file = fileAt(evidence, path);
  if (file === 'absent') return 'absent';
  if (file.content === undefined) throw new EvidenceMissing(`${path} was not read`);
  return file.content;
}

/** The permission bits as a number, to be compared bit by bit: 0622 has a right that 0644 has not, though it is smaller. */
export function modeOf({ mode }: FileState): number {
  return Number.parseInt(mode, 8);
}
