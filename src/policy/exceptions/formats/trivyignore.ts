import { linesOf } from '#foundation/documents/index.ts';
import type { Problem } from '#foundation/index.ts';
import { exactIds, idCriterion } from '../criteria.ts';
import { type Exception, type ExceptionList, invalidException, isDate } from '../exception.ts';

const MAX_LINES = 10_000;

/**
 * Reads `.trivyignore`: one id a line, `exp:YYYY-MM-DD` behind it, comments after `#`. The comment behind the id, or those right
 * above it, are taken for the reason: there is no other place for one.
 * https://trivy.dev/latest/docs/configuration/filtering/#trivyignore
 */
export function parseTrivyIgnore(text: string, file: string): ExceptionList {
  const exceptions: Exception[] = [];
  const problems: Problem[] = [];
  let number = 0;
  let comments: string[] = [];
  for (const line of linesOf(text)) {
    number += 1;
    if (number > MAX_LINES) {
      problems.push(invalidException(`${file}:${number}: only ${MAX_LINES} lines are read`, file));
      break;
    }
    const entry = line.trim();
    if (entry.startsWith('#')) {
      comments.push(entry.replace(/^#+\s*/, ''));
      continue;
    }
    if (entry !== '') {
      const read = entryOf(entry, comments, `${file}:${number}`);
      if (typeof read === 'string') problems.push(invalidException(read, file));
      else exceptions.push(read);
    }
    comments = [];
  }
  return { exceptions, problems };
}

/** An exception, or what is wrong with it. */
function entryOf(entry: string, comments: readonly string[], place: string): Exception | string {
  const hash = entry.search(/\s#/);
  const fields = (hash === -1 ? entry : entry.slice(0, hash)).split(/\s+/);
  const [id = ''] = fields;
  const expires = fields.find((field) => field.startsWith('exp:'))?.slice('exp:'.length);
  if (expires !== undefined && !isDate(expires))
    return `${place}: ${id.slice(0, 80)}: exp: wants a date as in exp:2026-12-31`;
  const criterion = idCriterion([id.replace(/[*?[{\\]/g, '\\$&')]);
  if (!criterion.ok) return `${place}: ${criterion.error}`;
  const said = hash === -1 ? comments.join(' ') : entry.slice(hash + 2).trim();
  const exact = exactIds([id]);
  return {
    name: id.slice(0, 200),
    statedIn: place,
    state: 'accepted',
    reason: said === '' ? 'listed without a reason' : said.slice(0, 1000),
    ...(expires !== undefined && { expires }),
    untilFix: false,
    criteria: [criterion.value],
    ...(exact && { exactIds: exact }),
  };
}
