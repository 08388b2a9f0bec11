/** One version's entry of a debian/changelog (deb-changelog(5)). */
export interface ChangelogEntry {
  readonly source: string;
  readonly version: string;
  /** Suites it was uploaded to: `bookworm-security`, `unstable`. */
  readonly distributions: readonly string[];
  /** The lines between heading and signature. */
  readonly lines: readonly string[];
  /** `2024-03-27`; absent when it cannot be read. */
  readonly date?: string;
}

const HEADING = /^([a-z0-9][a-z0-9+.-]*) \(([^() \t]+)\)([^;]*);/i;
const MAX_ENTRIES = 20_000;
const MAX_LINE = 2000;

/** Reads a changelog, newest entry first. What is no entry (editor settings, old free text) belongs to none. */
export function parseChangelog(text: string): ChangelogEntry[] {
  const entries: ChangelogEntry[] = [];
  let open: { source: string; version: string; distributions: string[]; lines: string[] } | undefined;
  const close = (date: string | undefined): void => {
    if (open) entries.push({ ...open, ...(date !== undefined && { date }) });
    open = undefined;
  };
  for (const raw of text.split('\n')) {
    const line = raw.length > MAX_LINE ? raw.slice(0, MAX_LINE) : raw.trimEnd();
    if (line.startsWith(' -- ')) {
      close(parseDate(line));
    } else if (line.startsWith(' ') || line.startsWith('\t') || line === '') {
      open?.lines.push(line);
    } else {
      const match = HEADING.exec(line);
      if (!match) continue;
      close(undefined);
      if (entries.length >= MAX_ENTRIES) break;
      const [, source = '', version = '', distributions = ''] = match;
      open = { source, version, distributions: distributions.trim().split(/\s+/).filter(Boolean), lines: [] };
    }
  }
  close(undefined);
  return entries;
}

/** ` -- Name <mail>  Wed, 27 Mar 2024 10:00:00 +0000` */
function parseDate(line: string): string | undefined {
  const time = Date.parse(line.slice(line.lastIndexOf('>') + 1).trim());
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, 10);
}
