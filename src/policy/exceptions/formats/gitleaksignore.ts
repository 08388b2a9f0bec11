import { linesOf } from '#foundation/documents/index.ts';
import { kindCriterion } from '../criteria.ts';
import { type Exception, type ExceptionList, invalidException } from '../exception.ts';

const MAX_LINES = 10_000;

/**
 * Reads `.gitleaksignore`: one fingerprint a line, `path:rule:line` or `commit:path:rule:line`. The commit is of the history, which an
 * artifact does not have; path, rule and line decide.
 */
export function parseGitleaksIgnore(text: string, file: string): ExceptionList {
  const exceptions: Exception[] = [];
  const problems = [];
  let number = 0;
  for (const line of linesOf(text)) {
    number += 1;
    const entry = line.trim();
    if (entry === '' || entry.startsWith('#')) continue;
    const place = `${file}:${number}`;
    const [, path, rule, at] = /^(?:[0-9a-f]{40}:)?(.+):([^:]+):(\d{1,9})$/.exec(entry.slice(0, 5000)) ?? [];
    if (number > MAX_LINES) {
      problems.push(invalidException(`${place}: only ${MAX_LINES} lines are read`, file));
      break;
    }
    if (path === undefined || rule === undefined)
      problems.push(invalidException(`${place}: not "path:rule:line"`, file));
    else exceptions.push(exceptionFor(path, rule, Number(at), place));
  }
  return { exceptions, problems };
}

function exceptionFor(path: string, rule: string, line: number, place: string): Exception {
  return {
    name: `${rule} in ${path}:${line}`.slice(0, 200),
    statedIn: place,
    state: 'accepted',
    reason: 'listed without a reason',
    untilFix: false,
    criteria: [
      kindCriterion('secret'),
      ({ ids }) => ids.some((id) => id.toLowerCase() === rule.toLowerCase()),
      ({ locations }) => locations.some((location) => location.path === path && location.line === line),
    ],
    exactIds: [rule.toLowerCase()],
  };
}
