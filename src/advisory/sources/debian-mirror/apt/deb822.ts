/** A paragraph of a Debian control file: lower-case field names, and values whose continuation lines are joined by newlines. */
export type Stanza = ReadonlyMap<string, string>;

/**
 * Splits a control file (deb822(5)) into its paragraphs. Comment lines are dropped. A line that is neither field nor
 * continuation is skipped: apt refuses the whole file, we keep what can be read.
 */
export function parseStanzas(text: string): Stanza[] {
  const stanzas: Stanza[] = [];
  let fields = new Map<string, string>();
  let field = '';
  const close = (): void => {
    if (fields.size > 0) stanzas.push(fields);
    fields = new Map();
    field = '';
  };
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    if (line.trim() === '') {
      close();
    } else if (line.startsWith(' ') || line.startsWith('\t')) {
      if (field !== '') fields.set(field, `${fields.get(field) ?? ''}\n${line.trim()}`);
    } else {
      const colon = line.indexOf(':');
      field = colon > 0 ? line.slice(0, colon).toLowerCase() : '';
      if (field !== '') fields.set(field, line.slice(colon + 1).trim());
    }
  }
  close();
  return stanzas;
}

/** A field that is a list of words. */
export function words(value: string | undefined): string[] {
  return value === undefined ? [] : value.split(/\s+/).filter((word) => word !== '');
}
