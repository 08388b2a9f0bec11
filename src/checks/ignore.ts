import type { Decision } from '#model/index.ts';
import type { Check } from './check.ts';

/** A comment in a document that takes its author's responsibility for something below it. */
export interface InlineIgnore {
  /** Ids of checks, or what other tools call them; `*` is all of them. Compared without regard to case. */
  readonly ids: readonly string[];
  /** Lines it holds for, from 1, both included. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Line of the comment. */
  readonly line: number;
  /** In the author's words; empty when none are given. */
  readonly reason: string;
  /** ISO date until which it holds, that day included. */
  readonly expires?: string;
}

/** What the document's own comments say about a check's hit in a line. An ignored hit stays in the report as accepted. */
export function decisionOf(
  ignores: readonly InlineIgnore[],
  check: Check,
  line: number,
  path: string,
): Decision | undefined {
  if (ignores.length === 0) return undefined;
  const names = new Set([check.id, ...(check.aliases ?? [])].map((name) => name.toLowerCase()));
  const ignore = ignores.find(
    ({ ids, firstLine, lastLine }) =>
      firstLine <= line && line <= lastLine && ids.some((id) => id === '*' || names.has(id.toLowerCase())),
  );
  if (!ignore) return undefined;
  return {
    source: 'exception',
    state: 'accepted',
    reason: ignore.reason === '' ? 'ignored by a comment in the file, without a reason' : ignore.reason,
    ...(ignore.expires !== undefined && { expires: ignore.expires }),
    statedIn: `${path}:${ignore.line}`,
  };
}

/** What an ignoring comment says; the lines that it holds for are the document's to tell. */
export interface IgnoreComment {
  readonly ids: readonly string[];
  readonly reason: string;
  readonly expires?: string;
  /** It holds for the whole document. */
  readonly isForFile: boolean;
}

const idList = '[\\w.-]{1,80}(?:,[ \\t]{0,9}[\\w.-]{1,80}){0,49}';
const ownComment = new RegExp(`plimsoll:ignore(-file)?[ \\t]{1,9}(${idList})(?:[ \\t]{1,9}(\\S.{0,999}))?$`);
const hadolintComment = new RegExp(
  `hadolint[ \\t]{1,9}(global[ \\t]{1,9})?ignore=(${idList})(?:[ \\t]{0,9}[#;]?[ \\t]{0,9}(\\S.{0,999}))?$`,
);
const trivyComment = /trivy:ignore:([\w-]{1,80})(?:[ \t]{1,9}(\S.{0,999}))?$/;

/**
 * Reads a comment, without the `#`: `plimsoll:ignore ID[, ID] [until DATE] reason`, `plimsoll:ignore-file …`, and what hadolint and
 * Trivy understand. Undefined where it ignores nothing.
 */
export function parseIgnoreComment(comment: string): IgnoreComment | undefined {
  const text = comment.trim();
  const listed = ownComment.exec(text) ?? hadolintComment.exec(text);
  if (listed) return ignoreOf(listed[2] ?? '', listed[3] ?? '', listed[1] !== undefined);
  const trivy = trivyComment.exec(text);
  return trivy ? ignoreOf(trivyId(trivy[1] ?? ''), trivy[2] ?? '', false) : undefined;
}

function ignoreOf(list: string, words: string, isForFile: boolean): IgnoreComment {
  const until = /^(?:until|exp:?)[ \t]{0,9}(\d{4}-\d{2}-\d{2})[ \t]{0,9}/.exec(words);
  const ids = list.split(',').map((id) => id.trim());
  const reason = words.slice(until?.[0].length ?? 0);
  return { ids, reason, isForFile, ...(until?.[1] && { expires: until[1] }) };
}

/** Trivy has had three forms of the same id: `DS002`, `AVD-DS-0002`, `DS-0002`. */
function trivyId(id: string): string {
  const found = /^(?:AVD-)?(DS|KSV|KUBE)-?(\d{3,5})$/i.exec(id);
  return found ? `${found[1]?.toUpperCase()}-${(found[2] ?? '').padStart(4, '0')}` : id;
}
