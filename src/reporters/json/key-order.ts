import { compareTexts } from '#foundation/index.ts';

/** What a reader looks for first. Members that are not named here follow by name, so that nothing is lost when the report grows. */
const first = [
  'kind',
  'id',
  'type',
  'name',
  'version',
  'architecture',
  'source',
  'purl',
  'code',
  'reason',
  'effect',
  'message',
  'severity',
  'state',
  'title',
  'category',
  'fixedVersion',
  'summary',
  'preview',
  'location',
  'decision',
  'window',
];
const ranks = new Map(first.map((name, rank) => [name, rank]));

/**
 * A copy whose members stand in one order wherever the report came from: two reports can be compared as text.
 * `change` may replace a member's value; undefined leaves it out.
 */
export function inKeyOrder(node: unknown, change: (key: string, value: unknown) => unknown): unknown {
  if (Array.isArray(node)) return node.map((item) => inKeyOrder(item, change));
  if (typeof node !== 'object' || node === null) return node;
  const ordered = Object.entries(node).sort(([a], [b]) => rank(a) - rank(b) || compareTexts(a, b));
  return Object.fromEntries(
    ordered.flatMap(([key, value]) => {
      const changed = change(key, value);
      return changed === undefined ? [] : [[key, inKeyOrder(changed, change)]];
    }),
  );
}

function rank(name: string): number {
  return ranks.get(name) ?? first.length;
}
