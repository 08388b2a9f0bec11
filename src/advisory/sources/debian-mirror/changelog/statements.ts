/** A vulnerability that a changelog entry says it fixes. */
export interface NamedFix {
  /** `CVE-2024-3094` */
  readonly id: string;
  /** What the entry says about it, without the ids. */
  readonly summary?: string;
  /** Bugs that the same point closes: `#1068024`, `LP: #2173488`. */
  readonly bugs?: readonly string[];
}

/** What can be learnt from one entry's text. */
export interface EntryStatements {
  readonly fixes: readonly NamedFix[];
  /** Notices that the entry names: `DSA-5649-1`, `USN-6700-1`. */
  readonly notices: readonly string[];
  /** The first point of the entry that says more than who uploaded it. */
  readonly headline: string;
}

const CVE = /\b(?:CVE|CAN)-(\d{4})-(\d{4,7})\b/gi;
const MAX_SUMMARY = 200;
const MAX_BUGS = 5;
/** `[ Name ]` opens the part of one maintainer; `[CVE-2024-12243]` is no name. */
const AUTHOR = /^\[ [^\]\d]{1,80} \]$/;
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
  // Not "revert the commit that brought CVE-… in", which fixes it.
  /\brevert(?:s|ed|ing)?\s+(?:\S+\s+){0,4}?(?:(?:fix|patch)(?:es)?\b|CVE-)/i,
  /\b(?:no|without)\s+(?:\w+\s+)?fix\b/i,
  /\b(?:back(?:ed)?\s+out|disabl(?:e|ed|ing)\s+(?:the\s+)?(?:fix|patch(?:es)?)\s+for)\b/i,
];

/** Reads the text of one entry. */
export function readStatements(lines: readonly string[]): EntryStatements {
  const fixes = new Map<string, NamedFix>();
  const notices = new Set<string>();
  const items = bulletItems(lines);
  for (const item of items) {
    for (const notice of item.text.matchAll(/\b(?:DSA|DLA|ELA|USN)-\d{1,5}-\d{1,2}\b/g)) notices.add(notice[0]);
    for (const fix of fixesIn(item)) if (!fixes.has(fix.id)) fixes.set(fix.id, fix);
  }
  const headline = items.find(({ text }) => !ROUTINE.test(text)) ?? items[0];
  return { fixes: [...fixes.values()], notices: [...notices], headline: summarise([headline?.text ?? '']) };
}

function* fixesIn({ text, heading }: BulletItem): Generator<NamedFix> {
  if (text.search(CVE) < 0) return;
  const bugs = closedBugs(text).slice(0, MAX_BUGS);
  for (const sentence of sentences(text)) {
    if (DENIALS.some((denial) => denial.test(sentence))) continue;
    const summary = summarise([sentence, text, heading]);
    for (const match of sentence.matchAll(CVE)) {
      const id = `CVE-${match[1]}-${match[2]}`;
      yield { id, ...(summary !== '' && { summary }), ...(bugs.length > 0 && { bugs }) };
    }
  }
}

interface BulletItem {
  /** The point on one line, without its bullet. */
  readonly text: string;
  /** The first-level point that it stands below; empty for first-level points. */
  readonly heading: string;
}

/** The entry's points. The first level is marked by `*`, deeper ones by other signs. */
function bulletItems(lines: readonly string[]): BulletItem[] {
  const items: { text: string; heading: string }[] = [];
  let heading: { text: string } = { text: '' };
  for (const raw of lines) {
    const line = raw.trim();
    if (line === '' || AUTHOR.test(line)) continue;
    const bullet = /^[*+•-]+\s+/.exec(line)?.[0];
    const last = items.at(-1);
    if (bullet === undefined && last !== undefined) {
      last.text = joinWrapped(last.text, line);
      continue;
    }
    const isHeading = bullet === undefined || bullet.startsWith('*');
    const item = { text: line.slice(bullet?.length ?? 0), heading: isHeading ? '' : heading.text };
    if (isHeading) heading = item;
    items.push(item);
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

/** The first of the texts that says something when ids, bug numbers and patch names are taken out. */
function summarise(texts: readonly string[]): string {
  // Ubuntu's form: the heading says what it is about, the points below name files.
  const heading = texts.find((text) => SECURITY_HEADING.test(text));
  for (const candidate of heading === undefined ? texts : [heading.replace(SECURITY_HEADING, '')]) {
    const text = withoutIds(candidate);
    if (text !== '') return text.length > MAX_SUMMARY ? `${text.slice(0, MAX_SUMMARY - 1)}…` : text;
  }
  return '';
}

const SECURITY_HEADING = /^SECURITY (?:UPDATE|FIX):\s*/i;

function withoutIds(text: string): string {
  const bare = text
    .replace(/[^\s(]*\.(?:patch|diff)\b:?/g, '')
    .replace(/\((?:closes|lp|see|cf)?:?[\s#\d,;/&]*\)/gi, '')
    .replace(/\(?\b(?:closes|lp):\s*(?:bug)?#?\s?\d+(?:,\s*(?:bug)?#?\s?\d+)*\)?\.?/gi, '')
    .replace(
      /[([{]?\b(?:CVE|CAN)-\d{4}-\d{4,7}\b(?:(?:\s*(?:,|and|\/|&|;)\s*)+(?:CVE|CAN)-\d{4}-\d{4,7}\b)*[)\]}]?/gi,
      '',
    )
    .replace(/\(\s*\)/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[:,;.](?: |$))/g, '')
    .replace(/^[\s:,.;/–-]+|[\s:,.;/–-]+$/g, '');
  return /[a-z]{3}/i.test(bare) ? bare : '';
}
