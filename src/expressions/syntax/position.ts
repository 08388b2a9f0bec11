/** What is wrong with an expression, and where. */
export interface ExpressionFault {
  readonly message: string;
  /** Of a field that the type of its object does not have: it cannot be there, whatever the values are. */
  readonly isMissingField?: true;
  /** From 1; columns in UTF-16 code units, as editors count. */
  readonly line: number;
  readonly column: number;
  /** The line with a caret beneath, for terminals. */
  readonly excerpt: string;
}

const MAX_EXCERPT = 160;

export function faultAt(source: string, at: number, message: string): ExpressionFault {
  const before = source.slice(0, at);
  const start = before.lastIndexOf('\n') + 1;
  const end = source.indexOf('\n', start);
  const column = at - start;
  const from = Math.max(0, column - MAX_EXCERPT / 2);
  const shown = source.slice(start, end === -1 ? undefined : end).slice(from, from + MAX_EXCERPT);
  return {
    message,
    line: before.split('\n').length,
    column: column + 1,
    excerpt: `${shown.replaceAll('\t', ' ')}\n${' '.repeat(column - from)}^`,
  };
}
