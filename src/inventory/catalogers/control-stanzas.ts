import { linesOf } from '#foundation/documents/index.ts';

/** Wanted fields of one stanza by lower-case name. */
export type Stanza = ReadonlyMap<string, string>;

export interface StanzaOptions {
  /** Lower-case names of the fields to keep, first line only. */
  readonly wanted: ReadonlySet<string>;
  /** Starts a new stanza where it is met a second time: a lost blank line must not swallow the next package. */
  readonly identity: string;
  /** Called for a line that is no field, and for a lost blank line. */
  onUnreadable(): void;
}

const MAX_FIELD = 4096;
const MAX_FIELD_NAME = 64;

/**
 * Stanzas of `Name: value` lines as the control files of dpkg, opkg and R have them (deb-control(5)): separated by blank lines,
 * a field continued on lines that begin with a space or tab. Kept is the first line of the wanted fields.
 */
export function* controlStanzas(text: string, { wanted, identity, onUnreadable }: StanzaOptions): Generator<Stanza> {
  let stanza = new Map<string, string>();
  let empty = true;
  for (const line of linesOf(text)) {
    const first = line.charCodeAt(0);
    if (line === '') {
      if (!empty) yield stanza;
      stanza = new Map();
      empty = true;
    } else if (first !== 32 && first !== 9) {
      empty = false;
      const colon = line.indexOf(':');
      const name = line.slice(0, Math.max(0, Math.min(colon, MAX_FIELD_NAME))).toLowerCase();
      const lost = name === identity && stanza.has(identity);
      if (name === '' || lost) onUnreadable();
      if (lost) {
        yield stanza;
        stanza = new Map();
      }
      if (wanted.has(name) && !stanza.has(name)) stanza.set(name, line.slice(colon + 1, colon + 1 + MAX_FIELD).trim());
    }
  }
  if (!empty) yield stanza;
}
