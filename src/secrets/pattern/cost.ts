import type { PatternNode } from './syntax.ts';

/**
 * What a node costs a matcher that tries one possibility after the other, at the worst. `ways`: in how many ways it can match from one
 * place, each of which is tried when what follows fails. `steps`: characters that are looked at for all of them.
 */
export interface Cost {
  readonly ways: number;
  readonly steps: number;
}

/** The most steps that one attempt to match can take: an upper bound, far above what happens. */
export function costOf(node: PatternNode): Cost {
  return cost(node, undefined);
}

/** The longest match, characters. */
export function longestMatch(node: PatternNode): number {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'sequence':
      return node.parts.reduce((sum, part) => sum + longestMatch(part), 0);
    case 'choice':
      return Math.max(...node.options.map(longestMatch));
    case 'repeat':
      return node.most * longestMatch(node.of);
    default:
      return 0;
  }
}

/** `next`: what may come behind the node; undefined at the end of the pattern, where nothing can fail any more. */
function cost(node: PatternNode, next: Beginning | undefined): Cost {
  switch (node.kind) {
    case 'set':
      return { ways: 1, steps: 1 };
    case 'place':
      return { ways: 1, steps: 1 };
    case 'look':
      return { ways: 1, steps: cost(node.of, undefined).steps };
    case 'choice': {
      const options = node.options.map((option) => cost(option, next));
      const isExclusive = areExclusive(node.options.map(beginningOf));
      const ways = options.map((option) => option.ways);
      return {
        ways: isExclusive ? Math.max(...ways) : ways.reduce((sum, count) => sum + count, 0),
        steps: options.reduce((sum, option) => sum + option.steps, 0),
      };
    }
    case 'sequence':
      return sequenceCost(node.parts, next);
    case 'repeat':
      return repeatCost(node, next);
  }
}

function sequenceCost(parts: readonly PatternNode[], next: Beginning | undefined): Cost {
  let [ways, steps] = [1, 0];
  for (const [index, part] of parts.entries()) {
    const found = cost(part, beginningOfAll(parts.slice(index + 1), next));
    steps += ways * found.steps;
    ways *= found.ways;
  }
  return { ways, steps };
}

/** Giving back a repetition is no new way when what must follow cannot begin like it. */
function repeatCost(node: PatternNode & { kind: 'repeat' }, next: Beginning | undefined): Cost {
  const once = cost(node.of, EVERYTHING);
  const all = once.ways ** node.most;
  const lengths = node.most - node.least + 1;
  const isSettled = next === undefined || (!next.mayBeNothing && areExclusive([beginningOf(node.of), next]));
  const ways = all * (isSettled ? 1 : lengths);
  return { ways, steps: all * once.steps * node.most + (isSettled ? lengths : 0) };
}

/** With which characters something can begin, and whether it can also be nothing. */
interface Beginning {
  readonly has: Uint8Array;
  readonly mayBeNothing: boolean;
}

const EVERYTHING: Beginning = { has: new Uint8Array(256).fill(1), mayBeNothing: true };
const NOTHING: Beginning = { has: new Uint8Array(256), mayBeNothing: true };

function beginningOfAll(parts: readonly PatternNode[], next: Beginning | undefined): Beginning | undefined {
  const own = parts.reduce((sum, part) => (sum.mayBeNothing ? either(sum, beginningOf(part), false) : sum), NOTHING);
  if (!own.mayBeNothing) return own;
  // Only places and look-arounds are left: they can fail, whatever follows.
  if (next === undefined) return parts.length === 0 ? undefined : EVERYTHING;
  return either(own, next, false);
}

function beginningOf(node: PatternNode): Beginning {
  switch (node.kind) {
    case 'set':
      return { has: node.has, mayBeNothing: false };
    case 'choice':
      return node.options.map(beginningOf).reduce((sum, option) => either(sum, option, true));
    case 'sequence':
      return node.parts.reduce(
        (sum, part) => (sum.mayBeNothing ? either(sum, beginningOf(part), false) : sum),
        NOTHING,
      );
    case 'repeat': {
      const once = beginningOf(node.of);
      return { has: once.has, mayBeNothing: once.mayBeNothing || node.least === 0 };
    }
    default:
      return NOTHING;
  }
}

/** One of the two (`isChoice`), or the second where the first is nothing. */
function either(first: Beginning, second: Beginning, isChoice: boolean): Beginning {
  const has = first.has.map((bit, code) => bit | (second.has[code] ?? 0));
  const mayBeNothing = isChoice ? first.mayBeNothing || second.mayBeNothing : first.mayBeNothing && second.mayBeNothing;
  return { has, mayBeNothing };
}

function areExclusive(beginnings: readonly Beginning[]): boolean {
  const seen = new Uint8Array(256);
  for (const { has, mayBeNothing } of beginnings) {
    if (mayBeNothing && beginnings.length > 1 && beginnings[beginnings.length - 1]?.has !== has) return false;
    for (let code = 0; code < 256; code++) {
      if (has[code] === 1 && seen[code] === 1) return false;
      seen[code] = (seen[code] ?? 0) | (has[code] ?? 0);
    }
  }
  return true;
}
