import type { ChangelogEntry } from './parse.ts';
import { type EntryStatements, type NamedFix, readStatements } from './statements.ts';

/** The part of a changelog that is kept: no texts but short summaries. Newest first, one source name only. */
export interface History {
  readonly entries: readonly HistoryEntry[];
  /** Where it was read: for messages. */
  readonly evidence: 'source' | 'binary';
}

export interface HistoryEntry extends EntryStatements {
  readonly version: string;
  readonly distributions: readonly string[];
  readonly date?: string;
}

/** Long-lived sources name thousands; the summaries of the newest are enough. */
const SUMMARIES_KEPT = 1500;

/**
 * Condenses a changelog. Entries under another source name are left out: their versions belong to another line
 * (golang 2:1.4 would count as newer than golang-1.19 1.19.8).
 */
export function condense(entries: readonly ChangelogEntry[], source: string, evidence: History['evidence']): History {
  let summaries = 0;
  const condensed: HistoryEntry[] = [];
  for (const entry of entries) {
    if (entry.source !== source || isBinaryOnly(entry.version)) continue;
    const { fixes, notices, headline } = readStatements(entry.lines);
    summaries += fixes.length;
    condensed.push({
      version: entry.version,
      distributions: entry.distributions,
      fixes: summaries > SUMMARIES_KEPT ? fixes.map(({ id }) => ({ id })) : fixes,
      notices,
      headline,
      ...(entry.date !== undefined && { date: entry.date }),
    });
  }
  return { entries: condensed, evidence };
}

/** A rebuild of the binaries (`1.2-3+b1`) has an entry in their changelogs but is no source version. */
function isBinaryOnly(version: string): boolean {
  return /\+b\d+$/.test(version);
}

/** Reads back what was cached; undefined when it has another shape, which means asking the mirror again. */
export function parseHistory(value: unknown): History | undefined {
  if (typeof value !== 'object' || value === null || !('entries' in value) || !Array.isArray(value.entries))
    return undefined;
  const evidence = 'evidence' in value && value.evidence === 'binary' ? 'binary' : 'source';
  const entries = value.entries.map(parseEntry).filter((entry) => entry !== undefined);
  return entries.length === value.entries.length ? { entries, evidence } : undefined;
}

function parseEntry(value: unknown): HistoryEntry | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const record = new Map(Object.entries(value));
  const version = record.get('version');
  const headline = record.get('headline');
  const date = record.get('date');
  const fixes = record.get('fixes');
  if (typeof version !== 'string' || typeof headline !== 'string' || !Array.isArray(fixes)) return undefined;
  return {
    version,
    headline,
    distributions: texts(record.get('distributions')),
    notices: texts(record.get('notices')),
    fixes: fixes.map(parseFix).filter((fix) => fix !== undefined),
    ...(typeof date === 'string' && { date }),
  };
}

function parseFix(value: unknown): NamedFix | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') return undefined;
  const bugs = 'bugs' in value ? texts(value.bugs) : [];
  return {
    id: value.id,
    ...('summary' in value && typeof value.summary === 'string' && { summary: value.summary }),
    ...(bugs.length > 0 && { bugs }),
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
