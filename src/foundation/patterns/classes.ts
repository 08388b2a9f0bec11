import { type CharacterRange, PatternFault } from './syntax.ts';

export type CharacterTest = (code: number) => boolean;

const DIGITS: CharacterRange[] = [[48, 57]];
const UPPER: CharacterRange[] = [[65, 90]];
const LOWER: CharacterRange[] = [[97, 122]];
const LETTERS = [...UPPER, ...LOWER];
const WORD: CharacterRange[] = [...DIGITS, ...LETTERS, [95, 95]];
const BLANKS: CharacterRange[] = [
  [9, 10],
  [12, 13],
  [32, 32],
];

/** `\d` and its like. */
export const ESCAPED_CLASSES: ReadonlyMap<string, readonly [ranges: CharacterRange[], isNegated: boolean]> = new Map([
  ['d', [DIGITS, false]],
  ['D', [DIGITS, true]],
  ['w', [WORD, false]],
  ['W', [WORD, true]],
  ['s', [BLANKS, false]],
  ['S', [BLANKS, true]],
]);

/** `[[:alpha:]]` */
const NAMED: ReadonlyMap<string, CharacterRange[]> = new Map<string, CharacterRange[]>([
  ['alnum', [...DIGITS, ...LETTERS]],
  ['alpha', LETTERS],
  ['ascii', [[0, 127]]],
  [
    'blank',
    [
      [9, 9],
      [32, 32],
    ],
  ],
  [
    'cntrl',
    [
      [0, 31],
      [127, 127],
    ],
  ],
  ['digit', DIGITS],
  ['graph', [[33, 126]]],
  ['lower', LOWER],
  ['print', [[32, 126]]],
  [
    'punct',
    [
      [33, 47],
      [58, 64],
      [91, 96],
      [123, 126],
    ],
  ],
  [
    'space',
    [
      [9, 13],
      [32, 32],
    ],
  ],
  ['upper', UPPER],
  ['word', WORD],
  ['xdigit', [...DIGITS, [65, 70], [97, 102]]],
]);

export function namedClass(name: string): CharacterTest {
  const isNegated = name.startsWith('^');
  const ranges = NAMED.get(isNegated ? name.slice(1) : name);
  if (ranges === undefined) throw new PatternFault(`has the class [:${name}:], which does not exist`);
  return testOf(ranges, isNegated);
}

export function testOf(ranges: readonly CharacterRange[], isNegated: boolean): CharacterTest {
  return (code) => ranges.some(([from, to]) => code >= from && code <= to) !== isNegated;
}

/** `\pL`, `\p{Greek}`: categories and scripts of Unicode by the platform's own tables. */
export function unicodeClass(name: string, isNegated: boolean): CharacterTest {
  const inverted = name.startsWith('^') !== isNegated;
  const plain = name.replace(/^\^/, '');
  const test = /^[A-Za-z_]{1,40}$/.test(plain) ? (propertyOf(plain) ?? propertyOf(`Script=${plain}`)) : undefined;
  if (test === undefined) throw new PatternFault(`has the class \\p{${name}}, which does not exist`);
  return (code) => test.test(String.fromCodePoint(code)) !== inverted;
}

function propertyOf(name: string): RegExp | undefined {
  try {
    return new RegExp(`^\\p{${name}}`, 'u');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
