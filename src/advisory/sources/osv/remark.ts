/** What a record held that the normal form has no place for, or that breaks the schema. */
export type Remark =
  | 'withdrawn'
  | 'not-a-vulnerability'
  | 'other-ecosystem'
  | 'git-range'
  | 'no-package'
  | 'no-range'
  | 'flawed-range'
  | 'unknown-ecosystem';
