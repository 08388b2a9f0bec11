import type { Severity } from '#model/index.ts';
import type { Advisory, AffectedRange, AffectedStatus } from '../../advisory.ts';
import type { Feed, FeedRecord } from '../../advisory-source.ts';
import { type AdvisoryDocument, readWhole } from '../../documents/document.ts';
import { failure, RecordTally } from '../../documents/feed-records.ts';
import { asId, asName, asObject, asText, type JsonObject } from '../../documents/json-values.ts';

const MAX_BYTES = 256 * 1024 * 1024;
const BATCH = 1000;

/**
 * Reads `[{ cve_id, pkg, cve_score, aff_ver, res_ver }]`: `aff_ver` says in words which versions have it (`all versions before
 * 8.1-2.ph5 are vulnerable`), `res_ver` is the first that is free of it, `NA` where the package never had it.
 */
export async function* parsePhoton(document: AdvisoryDocument, feed: Feed): AsyncGenerator<readonly FeedRecord[]> {
  let rows: unknown;
  try {
    rows = JSON.parse((await readWhole(document, MAX_BYTES)).toString('utf8'));
  } catch (cause) {
    yield [failure(document, cause)];
    return;
  }
  if (!Array.isArray(rows) || rows.length === 0) {
    yield [failure(document, 'is no list of vulnerabilities')];
    return;
  }
  const tally = new RecordTally();
  const ecosystem = feed.ecosystems[0] ?? '';
  for (let at = 0; at < rows.length; at += BATCH) {
    yield rows.slice(at, at + BATCH).flatMap((row: unknown): FeedRecord[] => {
      const advisory = parseRow(asObject(row) ?? {}, ecosystem, tally);
      return advisory === undefined ? [] : [{ kind: 'advisory', advisory }];
    });
  }
  yield tally.records();
}

function parseRow(row: JsonObject, ecosystem: string, tally: RecordTally): Advisory | undefined {
  const id = asId(row['cve_id']);
  const name = asName(row['pkg']);
  const standing = standingOf(row);
  if (id === undefined || name === undefined || standing === undefined) {
    tally.add('row-unreadable', 'incomplete', 'rows could not be read and were left out', asText(row['cve_id']));
    return undefined;
  }
  const severity = severityOf(row['cve_score']);
  return {
    id,
    source: 'photon-cve',
    aliases: [],
    bundles: [],
    ...(severity === undefined ? {} : { severity }),
    scores: [],
    references: [],
    affected: [{ ecosystem, name, subject: 'source', scheme: 'rpm', ...standing, versions: [] }],
  };
}

/** A CVSS score without its vector: https://www.first.org/cvss/v3-1/specification-document#5-Qualitative-Severity-Rating-Scale */
function severityOf(score: unknown): Severity | undefined {
  if (typeof score !== 'number' || !(score > 0 && score <= 10)) return undefined;
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  return score >= 4 ? 'medium' : 'low';
}

interface Standing {
  readonly status: AffectedStatus;
  readonly ranges: readonly AffectedRange[];
}

function standingOf(row: JsonObject): Standing | undefined {
  const fixed = asName(row['res_ver']);
  const affected = asText(row['aff_ver']) ?? '';
  if (fixed === 'NA') return { status: 'not-affected', ranges: [] };
  if (fixed !== undefined) return { status: 'fixed', ranges: [{ fixed }] };
  return /vulnerable/i.test(affected) ? { status: 'affected', ranges: [{}] } : undefined;
}
