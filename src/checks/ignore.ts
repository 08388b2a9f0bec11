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
