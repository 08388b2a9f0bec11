import { asMembers, parseJson } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import type { ParsedLock } from '../manifest.ts';
import { isInsideOf } from '../places.ts';
import { RecordCollector } from '../records.ts';
import { addPackages } from './packages.ts';
import { addTree } from './tree.ts';

/** Versions 2 and 3 list packages by path (2 repeats them as a tree for old readers), version 1 is that tree. */
export function parsePackageLock(file: InputFile): ParsedLock {
  const records = new RecordCollector(file, 'npm-lock', 'npm lock file');
  if (isInsideOf(file.path, 'node_modules')) return records.result();
  const document = parseJson(file);
  const lock = document.ok ? asMembers(document.value) : undefined;
  if (!document.ok) records.unreadable(document.error);
  else if (lock === undefined) records.unreadable('is not an npm lock file');
  else if (asMembers(lock['packages'])) addPackages(lock['packages'], records);
  else {
    const answers = addTree(lock['dependencies'], records);
    return { ...records.result(), answers };
  }
  return records.result();
}
