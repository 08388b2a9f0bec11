import { globMatcher } from './glob.ts';

/** Whether a text begins with one of many: asked once for each length that any of them has. */
export function prefixMatcher(prefixes: readonly string[]): (text: string) => boolean {
  const [only, ...more] = prefixes;
  if (only !== undefined && more.length === 0) return (text) => text.startsWith(only);
  const root = trie(prefixes);
  return (text) => {
    let node = root;
    if (node.ends) return true;
    for (let at = 0; at < text.length; at++) {
      const next = node.next.get(text.charCodeAt(at));
      if (next === undefined) return false;
      if (next.ends) return true;
      node = next;
    }
    return false;
  };
}

interface TrieNode {
  ends: boolean;
  readonly next: Map<number, TrieNode>;
}

function trie(words: readonly string[]): TrieNode {
  const root: TrieNode = { ends: false, next: new Map() };
  for (const word of words) {
    let node = root;
    for (let at = 0; at < word.length; at++) {
      const code = word.charCodeAt(at);
      const next = node.next.get(code) ?? { ends: false, next: new Map() };
      node.next.set(code, next);
      node = next;
    }
    node.ends = true;
  }
  return root;
}

export function suffixMatcher(suffixes: readonly string[]): (text: string) => boolean {
  const [only, ...more] = suffixes;
  if (only !== undefined && more.length === 0) return (text) => text.endsWith(only);
  const root = trie(suffixes.map(reversed));
  return (text) => {
    let node = root;
    if (node.ends) return true;
    for (let at = text.length - 1; at >= 0; at--) {
      const next = node.next.get(text.charCodeAt(at));
      if (next === undefined) return false;
      if (next.ends) return true;
      node = next;
    }
    return false;
  };
}

/** By code units, as they are compared. */
function reversed(text: string): string {
  let turned = '';
  for (let at = text.length - 1; at >= 0; at--) turned += text.charAt(at);
  return turned;
}

/** `pmatch`: whether a path is one of these or lies below one. `/var/run` is no part of `/var/running`; `*` and `?` are wildcards. */
export function pathMatcher(paths: readonly string[]): (path: string) => boolean {
  const root: PathNode = { ends: false, next: new Map() };
  const wild = paths.filter((path) => /[*?[]/.test(path)).map(wildcardPath);
  for (const path of paths) {
    if (/[*?[]/.test(path)) continue;
    let node = root;
    for (const part of partsOf(path)) {
      const next = node.next.get(part) ?? { ends: false, next: new Map() };
      node.next.set(part, next);
      node = next;
    }
    node.ends = true;
  }
  const isBelow = (path: string): boolean => {
    let node: PathNode | undefined = root;
    for (const part of partsOf(path)) {
      node = node.next.get(part);
      if (node === undefined) return false;
      if (node.ends) return true;
    }
    return node.ends;
  };
  return (path) => isBelow(path) || wild.some((matches) => matches(path));
}

interface PathNode {
  ends: boolean;
  readonly next: Map<string, PathNode>;
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function wildcardPath(pattern: string): (path: string) => boolean {
  const wanted = partsOf(pattern).map(globMatcher);
  return (path) => {
    const parts = partsOf(path);
    return parts.length >= wanted.length && wanted.every((matches, at) => matches(parts[at] ?? ''));
  };
}
