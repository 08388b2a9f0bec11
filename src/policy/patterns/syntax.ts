/** What a pattern is made of, however it was written. */
export type PatternNode =
  | { readonly kind: 'characters'; readonly has: (code: number) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  /** `most` is absent where there is no limit. */
  | { readonly kind: 'repeat'; readonly of: PatternNode; readonly least: number; readonly most?: number }
  | { readonly kind: 'place'; readonly where: 'start' | 'end' | 'word-edge' | 'no-word-edge' };

/** Why a pattern is not accepted. Thrown inside of this folder only; its door gives it back as a value. */
export class PatternFault extends Error {}

/** Groups and braces inside of each other; patterns of people have two or three. */
export const MAX_NESTING = 30;

export function literal(character: string): PatternNode {
  const wanted = character.charCodeAt(0);
  return { kind: 'characters', has: (code) => code === wanted };
}

export type CharacterRange = readonly [from: number, to: number];

export function charactersIn(ranges: readonly CharacterRange[], isNegated = false): PatternNode {
  return { kind: 'characters', has: (code) => ranges.some(([from, to]) => code >= from && code <= to) !== isNegated };
}
