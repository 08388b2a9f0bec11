/**
 * Finds short options among arguments as getopt(3) does: clusters, values behind an option or in the next argument. Long options are
 * passed over; `--` and the first argument that is no option end it. Of an option that stands twice the last value counts; one without a
 * value has its own name for it.
 */
export function optionsOf(known: string): (words: readonly string[]) => ReadonlyMap<string, string> {
  const takesValue = new Map<string, boolean>();
  for (let at = 0; at < known.length; at++) {
    const option = known[at] ?? '';
    if (option !== ':') takesValue.set(option, known[at + 1] === ':');
  }
  return (words) => {
    const found = new Map<string, string>();
    for (let index = 0; index < words.length; index++) {
      const word = words[index] ?? '';
      if (word === '--' || !word.startsWith('-') || word.length === 1) break;
      if (word.startsWith('--')) continue;
      index += readCluster(word, words[index + 1], takesValue, found);
    }
    return found;
  };
}

/** How many further arguments were used. */
function readCluster(
  word: string,
  next: string | undefined,
  takesValue: ReadonlyMap<string, boolean>,
  found: Map<string, string>,
): number {
  for (let at = 1; at < word.length; at++) {
    const option = word[at] ?? '';
    const takes = takesValue.get(option);
    if (takes === undefined) continue;
    if (!takes) {
      found.set(option, option);
      continue;
    }
    const isInside = at + 1 < word.length;
    const value = isInside ? word.slice(at + 1) : next;
    if (value !== undefined) found.set(option, value);
    return isInside || value === undefined ? 0 : 1;
  }
  return 0;
}
