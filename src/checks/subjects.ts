/** What checks ask about, by the word in front of a check's id. Each subject's folder declares its shape. */
export interface Subjects {
  readonly placeholder: never;
}
