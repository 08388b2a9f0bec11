import { parseStanzas, type Stanza, words } from './deb822.ts';
import {
  isFollowedMethod,
  parseSignedBy,
  repositoryAddress,
  type SourceEntries,
  type SourceEntry,
} from './source-entry.ts';

/** One paragraph stands for URIs x suites; this many products of one file are followed. */
const MAX_ENTRIES = 1000;

/** Reads the deb822 format of sources.list(5), `*.sources`. */
export function parseDeb822Sources(text: string, file: string): SourceEntries {
  const entries: SourceEntry[] = [];
  let malformed = 0;
  let unsupported = 0;
  for (const stanza of parseStanzas(text)) {
    if (isDisabled(stanza)) continue;
    const uris = words(stanza.get('uris'));
    const suites = words(stanza.get('suites'));
    const types = words(stanza.get('types'));
    if (uris.length === 0 || suites.length === 0 || !types.some((type) => type === 'deb' || type === 'deb-src')) {
      malformed += 1;
      continue;
    }
    unsupported += uris.filter((uri) => !isFollowedMethod(uri)).length;
    for (const uri of uris.filter(isFollowedMethod)) {
      for (const suite of suites) {
        if (entries.length < MAX_ENTRIES) entries.push(toEntry(stanza, uri, suite, file));
      }
    }
  }
  return { entries, malformed, unsupported };
}

function isDisabled(stanza: Stanza): boolean {
  return /^(?:no|false|0|off|disable|without)$/i.test(stanza.get('enabled') ?? 'yes');
}

function toEntry(stanza: Stanza, uri: string, suite: string, file: string): SourceEntry {
  const signedBy = parseSignedBy(stanza.get('signed-by') ?? '');
  return {
    uri: repositoryAddress(uri),
    suite,
    components: words(stanza.get('components')),
    file,
    ...(signedBy && { signedBy }),
  };
}
