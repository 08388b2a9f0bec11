import { alike, FOLDED, PAIRS, pairOf } from './folding.ts';

/** Hears of an occurrence: position in the list of texts, bytes from the start. */
export type OnHit = (text: number, offset: number) => void;

/**
 * The texts as an automaton of Aho and Corasick in typed arrays: a tree of folded characters in which every node knows the node for
 * the longest shorter ending of what led to it, so that no byte is looked at again however much the texts overlap. The first two
 * characters are one step; from there on the children of a node are a chain of siblings, as most nodes have one. Node 0 stands for
 * everything shorter than two characters.
 */
export interface Automaton {
  /** By pair of bytes, in any case: the node behind them; 0 for none. */
  readonly beginnings: Int32Array;
  /** By node: the last character that leads to it. */
  readonly characters: Uint8Array;
  /** By node: its first child; 0 for none. */
  readonly children: Int32Array;
  /** By node: the next child of its parent; 0 for none. */
  readonly siblings: Int32Array;
  /** By node: the node for its longest ending that is in the tree. */
  readonly endings: Int32Array;
  /** By node: one more than the first text that is exactly this; 0 for none. */
  readonly exact: Int32Array;
  /** By node: the next of its endings at which a text is exact; 0 for none. */
  readonly shorter: Int32Array;
  /** By text: one more than another text that is equal; 0 for none. */
  readonly equals: Int32Array;
  /** By text. */
  readonly lengths: Uint8Array;
}

/** Of texts with at least three characters. */
export function buildAutomaton(texts: readonly string[]): Automaton {
  const nodes = texts.reduce((sum, text) => sum + text.length, 1);
  const automaton: Automaton = {
    beginnings: new Int32Array(PAIRS),
    characters: new Uint8Array(nodes),
    children: new Int32Array(nodes),
    siblings: new Int32Array(nodes),
    endings: new Int32Array(nodes),
    exact: new Int32Array(nodes),
    shorter: new Int32Array(nodes),
    equals: new Int32Array(texts.length),
    lengths: Uint8Array.from(texts, (text) => text.length),
  };
  const roots = growTree(automaton, texts);
  linkEndings(automaton, roots);
  return automaton;
}

/** Returns the nodes behind the first two characters. */
function growTree(automaton: Automaton, texts: readonly string[]): number[] {
  const { beginnings, characters, children, siblings, exact, equals } = automaton;
  const roots: number[] = [];
  let used = 1;
  for (const [index, text] of texts.entries()) {
    let node = beginnings[pairOf(text.charCodeAt(0), text.charCodeAt(1))] ?? 0;
    if (node === 0) {
      node = used++;
      roots.push(node);
      characters[node] = FOLDED[text.charCodeAt(1)] ?? 0;
      for (const first of alike(text.charCodeAt(0)))
        for (const second of alike(text.charCodeAt(1))) beginnings[pairOf(first, second)] = node;
    }
    for (let at = 2; at < text.length; at++) {
      const character = FOLDED[text.charCodeAt(at)] ?? 0;
      let child = childOf(automaton, node, character);
      if (child === 0) {
        child = used++;
        characters[child] = character;
        siblings[child] = children[node] ?? 0;
        children[node] = child;
      }
      node = child;
    }
    equals[index] = exact[node] ?? 0;
    exact[node] = index + 1;
  }
  return roots;
}

/** Shallow nodes first, as a node's ending is found from its parent's. */
function linkEndings(automaton: Automaton, roots: readonly number[]): void {
  const { beginnings, characters, children, siblings, endings, exact, shorter } = automaton;
  const queue = [...roots];
  for (const parent of queue) {
    for (let node = children[parent] ?? 0; node !== 0; node = siblings[node] ?? 0) {
      const character = characters[node] ?? 0;
      const ending =
        step(automaton, endings[parent] ?? 0, character) ||
        (beginnings[pairOf(characters[parent] ?? 0, character)] ?? 0);
      endings[node] = ending;
      shorter[node] = exact[ending] === 0 ? (shorter[ending] ?? 0) : ending;
      queue.push(node);
    }
  }
}

/**
 * Reports the texts that begin at `start` and those that overlap with them. Returns where it stopped: no text that begins before
 * that is left to report.
 */
export function matchesFrom(automaton: Automaton, bytes: Uint8Array, start: number, onHit: OnHit): number {
  const { beginnings, exact, shorter, equals, lengths } = automaton;
  let node = beginnings[pairOf(bytes[start] ?? 0, bytes[start + 1] ?? 0)] ?? 0;
  if (node === 0) return start + 1;
  for (let at = start + 2; at < bytes.length; at++) {
    node = step(automaton, node, FOLDED[bytes[at] ?? 0] ?? 0);
    if (node === 0) return at - 1;
    let found = exact[node] === 0 ? (shorter[node] ?? 0) : node;
    for (; found !== 0; found = shorter[found] ?? 0) {
      for (let text = exact[found] ?? 0; text !== 0; text = equals[text - 1] ?? 0)
        onHit(text - 1, at + 1 - (lengths[text - 1] ?? 0));
    }
  }
  return bytes.length;
}

/** The node for the longest ending that goes on with this character; 0 for none. */
function step(automaton: Automaton, from: number, character: number): number {
  for (let node = from; node !== 0; node = automaton.endings[node] ?? 0) {
    const child = childOf(automaton, node, character);
    if (child !== 0) return child;
  }
  return 0;
}

function childOf({ children, siblings, characters }: Automaton, node: number, character: number): number {
  let child = children[node] ?? 0;
  while (child !== 0 && characters[child] !== character) child = siblings[child] ?? 0;
  return child;
}
