/** What a pattern is made of, however it was written. */
export type PatternNode =
  | { readonly kind: 'characters'; readonly has: (code: number) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  /** `most` is absent where there is no limit. */
  | {
      readonly kind: 'repeat';
      readonly of: PatternNode;
      readonly least: number;
      readonly most?: number;
      readonly isLazy?: boolean;
    }
  /** A part whose place is asked for; numbered from 1 as its bracket comes. */
  | { readonly kind: 'group'; readonly of: PatternNode; readonly index: number }
  | { readonly kind: 'place'; readonly where: PatternPlace };

export type PatternPlace = 'start' | 'end' | 'line-start' | 'line-end' | 'word-edge' | 'no-word-edge';

/** Why a pattern is not accepted. Thrown inside of this folder only; its door gives it back as a value. */
export class PatternFault extends Error {}

/** Groups and braces inside of each other; patterns of people have two or three. */
export const MAX_NESTING = 30;

export function literal(character: string): PatternNode {
  const wanted = character.codePointAt(0);
  return { kind: 'characters', has: (code) => code === wanted };
}

export type CharacterRange = readonly [from: number, to: number];

export function charactersIn(ranges: readonly CharacterRange[], isNegated = false): PatternNode {
  return { kind: 'characters', has: (code) => ranges.some(([from, to]) => code >= from && code <= to) !== isNegated };
}

/** The same in capitals and small letters. */
export function anyCase(node: PatternNode): PatternNode {
  if (node.kind !== 'characters') return node;
  const { has } = node;
  return { kind: 'characters', has: (code) => casesOf(code).some(has) };
}

function casesOf(code: number): number[] {
  const text = String.fromCodePoint(code);
  const others = [text.toLowerCase(), text.toUpperCase()].map((one) => one.codePointAt(0) ?? code);
  // Two signs are letters by another name: the Kelvin sign and the long s.
  const special = code === 0x6b || code === 0x4b ? [0x212a] : code === 0x73 || code === 0x53 ? [0x17f] : [];
  return [code, ...others, ...special];
}
