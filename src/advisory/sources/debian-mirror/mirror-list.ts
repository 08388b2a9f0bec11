import type { MirrorPlace } from './mirror-location.ts';
import type { Transport } from './transport.ts';

const MAX_LIST_BYTES = 1 << 20;
const MAX_MIRRORS = 8;

/** Replaces places that are lists of mirrors (apt-transport-mirror(1)) by what the lists name; an unreadable list is left out. */
export async function expandMirrorLists(places: readonly MirrorPlace[], transport: Transport): Promise<MirrorPlace[]> {
  const expanded: MirrorPlace[] = [];
  for (const place of places) {
    const list = listAddress(place.base);
    if (list === undefined) {
      expanded.push(place);
      continue;
    }
    const document = await transport.read(list, MAX_LIST_BYTES);
    if (!document.ok || document.value === 'unchanged') continue;
    const bases = parseMirrorList(document.value.body.toString());
    expanded.push(...bases.map((base) => ({ ...place, base })));
  }
  return expanded;
}

/** `mirror+file:/etc/apt/mirrors.txt` is the list at `file:/etc/apt/mirrors.txt`; a bare `mirror:` means HTTP. */
function listAddress(base: string): string | undefined {
  if (base.startsWith('mirror+')) return base.slice('mirror+'.length);
  return base.startsWith('mirror:') ? `http:${base.slice('mirror:'.length)}` : undefined;
}

/** One mirror a line, `priority:1` and other remarks behind a tab; lower numbers first, no number last. */
export function parseMirrorList(text: string): string[] {
  const mirrors: { base: string; priority: number }[] = [];
  for (const line of text.split('\n')) {
    const [base = '', ...remarks] = line.trim().split(/\s+/);
    if (!/^(?:https?|file):/.test(base)) continue;
    const priority = Number(/(?:^|\s)priority:(\d{1,9})/.exec(remarks.join(' '))?.[1] ?? Number.POSITIVE_INFINITY);
    mirrors.push({ base: base.replace(/\/+$/, ''), priority });
  }
  // A stable sort keeps the list's order among equals.
  mirrors.sort((a, b) => (a.priority === b.priority ? 0 : a.priority < b.priority ? -1 : 1));
  return mirrors.slice(0, MAX_MIRRORS).map(({ base }) => base);
}
