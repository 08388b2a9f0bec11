import { readdir } from 'node:fs/promises';
import type { AuditRule } from '../evidence.ts';
import { type Known, known, missing } from '../known.ts';
import { isAbsent, readSmallText, reasonOf } from './read-text.ts';

const MAX_FILES = 200;

/**
 * Rules as they are kept in files: what `auditctl` was told by hand is gone with the next start. augenrules writes `rules.d` into
 * `audit.rules` and moves control lines to its ends, so their order among the rules says nothing.
 */
export async function collectAuditRules(root: string): Promise<Known<AuditRule[]>> {
  const names = await rulesFiles(`${root}etc/audit/rules.d`);
  if ('missing' in names) return names;
  const paths = [...names.known.map((name) => `/etc/audit/rules.d/${name}`), '/etc/audit/audit.rules'];
  const rules: AuditRule[] = [];
  for (const path of paths) {
    const text = await readSmallText(`${root}${path.slice(1)}`);
    if ('known' in text) rules.push(...parseAuditRules(text.known, path));
    else if (!text.missing.endsWith('ENOENT')) return text;
  }
  return known(rules);
}

async function rulesFiles(directory: string): Promise<Known<string[]>> {
  try {
    const names = (await readdir(directory)).filter((name) => name.endsWith('.rules')).sort();
    return names.length > MAX_FILES ? missing(`${directory} has more than ${MAX_FILES} files`) : known(names);
  } catch (error) {
    return isAbsent(error) ? known([]) : missing(`${directory} cannot be read: ${reasonOf(error)}`);
  }
}

function parseAuditRules(text: string, file: string): AuditRule[] {
  return text.split('\n').flatMap((line, index) => {
    const rule = line.trim();
    return rule === '' || rule.startsWith('#') ? [] : [{ file, line: index + 1, text: rule }];
  });
}
