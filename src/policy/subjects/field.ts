/** A member of an object that policies are about: its type in expressions and what it says. */
export interface Field {
  /** A type of the language: `string`, `int`, `list(string)`; with `fields`, what they are in. */
  readonly type: string;
  readonly meaning: string;
  /** Left out where there is nothing to say; ask with `has()` or `.?name`. Others are always there. */
  readonly isOptional: boolean;
  /** Of an object, or of each item of a list. */
  readonly fields?: Fields;
}

export type Fields = Readonly<Record<string, Field>>;

/** A kind of object of the group `plimsoll.dev`. One description is the documentation and what expressions are checked against. */
export interface PolicySubject {
  readonly kind: 'Image' | 'Finding' | 'Sbom' | 'Attestation';
  /** As rules name it: `images`. */
  readonly resource: string;
  readonly meaning: string;
  readonly spec: Fields;
  /** An expression as a policy would have it. */
  readonly example: string;
}

export function field(type: string, meaning: string): Field {
  return { type, meaning, isOptional: false };
}

export function object(meaning: string, fields: Fields): Field {
  return { type: 'object', meaning, isOptional: false, fields };
}

export function listOf(meaning: string, fields: Fields): Field {
  return { type: 'list', meaning, isOptional: false, fields };
}

export function optional(one: Field): Field {
  return { ...one, isOptional: true };
}
