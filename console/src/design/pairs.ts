/** What must be told apart: text needs 4.5 to 1 on what lies behind it, marks and edges of controls 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11). */
export interface ColourPair {
  readonly front: string;
  readonly behind: string;
  readonly ratio: 4.5 | 3;
}

const grounds = ['page', 'surface', 'raised', 'sunken', 'hover', 'selected'] as const;
const texts = ['ink', 'muted', 'faint', 'link'] as const;
const severityColours = ['critical', 'high', 'medium', 'low', 'info', 'unknown'] as const;
const states = ['good', 'warn', 'bad'] as const;

const each = (fronts: readonly string[], ratio: 4.5 | 3): ColourPair[] =>
  fronts.flatMap((front) => grounds.map((behind) => ({ front, behind, ratio })));

export const colourPairs: readonly ColourPair[] = [
  ...each([...texts, ...severityColours, ...states], 4.5),
  ...each(['line-strong', 'focus'], 3),
  ...states.flatMap((state): ColourPair[] => [
    { front: state, behind: `${state}-soft`, ratio: 4.5 },
    { front: 'ink', behind: `${state}-soft`, ratio: 4.5 },
  ]),
  { front: 'on-accent', behind: 'accent', ratio: 4.5 },
  { front: 'on-bad', behind: 'bad', ratio: 4.5 },
];
