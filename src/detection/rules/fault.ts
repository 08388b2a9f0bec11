/** What is wrong or doubtful in a file of rules. An item with an error is not used. */
export interface RuleFault {
  readonly level: 'error' | 'warning';
  /** Kebab-case, stable: `unknown-field`. */
  readonly code: RuleFaultCode;
  readonly message: string;
  /** `rule "Terminal shell"`, or nothing when it is about the file. */
  readonly item: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line it stands in and a caret below the place. */
  readonly excerpt: string;
}

export type RuleFaultCode =
  | 'file-unreadable'
  | 'yaml-invalid'
  | 'item-invalid'
  | 'item-unknown'
  | 'key-unknown'
  | 'name-invalid'
  | 'deprecated'
  | 'engine-version'
  | 'plugin-version'
  | 'source-unknown'
  | 'override-invalid'
  | 'exception-invalid'
  | 'condition-invalid'
  | 'macro-unknown'
  | 'macro-loop'
  | 'field-unknown'
  | 'event-type-unknown'
  | 'event-type-not-sensed'
  | 'type-mismatch'
  | 'output-invalid'
  | 'value-suspicious'
  | 'value-na'
  | 'too-many-event-types'
  | 'never-true'
  | 'unused-list'
  | 'unused-macro'
  | 'rule-failing';

/** `rules.yaml:12:5: error: rule "x": message`, and the line with a caret below. */
export function describeFault({ level, message, item, file, line, column, excerpt }: RuleFault): string {
  const about = item === '' ? '' : `${item}: `;
  const shown = excerpt === '' ? '' : `\n    ${excerpt.replaceAll('\n', '\n    ')}`;
  return `${file}:${line}:${column}: ${level}: ${about}${message}${shown}`;
}
