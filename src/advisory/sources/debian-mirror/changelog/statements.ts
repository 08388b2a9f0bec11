/** A vulnerability that a changelog entry says it fixes. */
export interface NamedFix {
  /** `CVE-2024-3094` */
  readonly id: string;
  /** What the entry says about it, without the ids. */
  readonly summary?: string;
}

/** What can be learnt from one entry's text. */
export interface EntryStatements {
  readonly fixes: readonly NamedFix[];
  /** `DSA-5649-1`, `USN-…`, `#1068024`: kept as notes. */
  readonly notes: readonly string[];
  /** The first point of the entry that says more than who uploaded it. */
  readonly headline: string;
}

const CVE = /\b(?:CVE|CAN)-(\d{4})-(\d{4,7})\b/gi;
const MAX_SUMMARY = 200;
const ROUTINE = /^(?:non-maintainer|team|qa|security|lts) (?:team )?upload\b/i;

/**
 * Sentences that name a vulnerability which this version does NOT fix. Taken from what maintainers really write; each
 * alternative is one way of saying so.
 */
const DENIALS = [
  /\b(?:not|isn't|aren't|wasn't|never)\s+(?:\w+\s+){0,2}(?:affected|vulnerable|applicable|exploitable|relevant|fixed|addressed|included)\b/i,
  /\b(?:does|do|did)(?:\s+not|n't)\s+(?:\w+\s+)?(?:affect|apply|fix|address|impact|concern)\b/i,
  /\bunaffected\b|\bunfixed\b/i,
  /\b(?:still|remains?)\s+(?:open|unfixed|vulnerable|unaddressed|affected)\b/i,
  /\brevert(?:s|ed|ing)?\b/i,
  /\b(?:no|without)\s+(?:\w+\s+)?fix\b/i,
  /\b(?:back(?:ed)?\s+out|disabl(?:e|ed|ing)\s+(?:the\s+)?(?:fix|patch(?:es)?)\s+for)\b/i,
];

/** Reads the text of one entry. */
export function readStatements(lines: readonly string[]): EntryStatements {
  const fixes = new Map<string, NamedFix>();
  const notes = new Set<string>();
  const items = bulletItems(lines);
  for (const item of items) {
    for (const note of item.matchAll(/\b(?:DSA|DLA|ELA|USN)-\d{1,5}-\d{1,2}\b/g)) notes.add(note[0]);
    for (const bug of closedBugs(item)) notes.add(bug);
    if (item.search(CVE) < 0) continue;
    for (const sentence of sentences(item)) {
      if (DENIALS.some((denial) => denial.test(sentence))) continue;
      for (const match of sentence.matchAll(CVE)) {
        const id = `CVE-${match[1]}-${match[2]}`;
        const summary = summarise(sentence, item);
        if (!fixes.has(id)) fixes.set(id, { id, ...(summary !== '' && { summary }) });
      }
    }
  }
  return {
    fixes: [...fixes.values()],
    notes: [...notes],
    headline: summarise(items.find((item) => !ROUTINE.test(item)) ?? items[0] ?? '', ''),
  };
}

/** The entry's bullet points, each on one line. */
function bulletItems(lines: readonly string[]): string[] {
  const items: string[] = [];
  for (const raw of lines) {
    const line = raw.trim();
    if (line === '' || /^\[.{1,80}\]$/.test(line)) continue;
    const bullet = /^[*+•-]+\s+/.exec(line);
    const last = items.length - 1;
    if (bullet) items.push(line.slice(bullet[0].length));
    else if (last < 0) items.push(line);
    else items[last] = joinWrapped(items[last] ?? '', line);
  }
  return items;
}

/** Ids and paths are broken at their hyphens and slashes; joining with a space would tear them. */
function joinWrapped(before: string, after: string): string {
  return /[\w)][-/]$/.test(before) && /^[\w]/.test(after) ? before + after : `${before} ${after}`;
}

/** A full stop or semicolon followed by space ends a statement; abbreviations do so too, which only shortens what is shown. */
function sentences(item: string): string[] {
  return item.split(/(?<=[.;!])\s+/);
}

function closedBugs(item: string): string[] {
  const bugs: string[] = [];
  for (const match of item.matchAll(/\b(?:closes|lp):\s*((?:bug)?#?\s?\d+(?:,\s*(?:bug)?#?\s?\d+)*)/gi)) {
    const prefix = /^lp/i.test(match[0]) ? 'LP: #' : '#';
    for (const number of (match[1] ?? '').matchAll(/\d+/g)) bugs.push(prefix + number[0]);
  }
  return bugs;
}

/** What is left of a statement when ids and bug numbers are taken out; the whole item when that is nothing. */
function summarise(sentence: string, item: string): string {
  const own = withoutIds(sentence);
  const text = own === '' && item !== '' ? withoutIds(item) : own;
  return text.length > MAX_SUMMARY ? `${text.slice(0, MAX_SUMMARY - 1)}…` : text;
}

function withoutIds(text: string): string {
  const bare = text
    .replace(/\((?:closes|lp|see|cf)?:?[\s#\d,;/&]*\)/gi, '')
    .replace(/\(?\b(?:closes|lp):\s*(?:bug)?#?\s?\d+(?:,\s*(?:bug)?#?\s?\d+)*\)?\.?/gi, '')
    .replace(
      /[([{]?\b(?:CVE|CAN)-\d{4}-\d{4,7}\b(?:(?:\s*(?:,|and|\/|&|;)\s*)+(?:CVE|CAN)-\d{4}-\d{4,7}\b)*[)\]}]?/gi,
      '',
    )
    .replace(/\(\s*\)/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s:,.;/–-]+|[\s:,;/–-]+$/g, '');
  return /[a-z]{3}/i.test(bare) ? bare : '';
}
