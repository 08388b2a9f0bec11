import assert from 'node:assert/strict';
import type { AdvisorySource, FeedRecord } from '#advisory/advisory-source.ts';
import { decodeAdvisory, decodeStatements, encodeAdvisory, encodeStatement } from '#advisory/database/record-codec.ts';
import { documentOf } from '#advisory/documents/document.ts';
import type { Advisory } from '#advisory/index.ts';
import { checkProblems, checkWords } from '../rules.ts';

/** How many records of each kind a document gave, and how many were said to be left out. */
interface Tally {
  readonly counts: ReadonlyMap<FeedRecord['kind'], number>;
  readonly said: number;
}

export async function readCounted(source: AdvisorySource, ecosystem: string, content: Buffer): Promise<Tally> {
  const feed = source.feedsFor(ecosystem)[0];
  assert.ok(feed, `${source.id} speaks for ${ecosystem}`);
  const counts = new Map<FeedRecord['kind'], number>();
  let said = 0;
  for await (const batch of source.parse(documentOf('document', content), feed)) {
    for (const record of batch) {
      checkRecord(record, source.id);
      counts.set(record.kind, (counts.get(record.kind) ?? 0) + 1);
      if (record.kind === 'problem' && record.problem.effect !== 'note') said += record.problem.count ?? 1;
    }
  }
  return { counts, said };
}

function checkRecord(record: FeedRecord, source: string): void {
  switch (record.kind) {
    case 'advisory':
      checkAdvisory(record.advisory, source);
      break;
    case 'enrichment':
      assert.match(record.id, /^[A-Za-z0-9][A-Za-z0-9._:+~-]{0,127}$/);
      break;
    case 'as-of':
      assert.ok(!Number.isNaN(Date.parse(record.date)), record.date);
      break;
    case 'problem':
      checkProblems([record.problem]);
      break;
    case 'failure':
      checkWords(record.message);
  }
}

/** The database gives back what was read, field by field. */
function checkAdvisory({ affected, ...head }: Advisory, source: string): void {
  assert.equal(head.source, source);
  assert.match(head.id, /^[A-Za-z0-9][A-Za-z0-9._:+~-]{0,127}$/);
  assert.deepEqual(decodeAdvisory(encodeAdvisory(head), source), { ok: true, value: head });
  for (const reference of head.references) assert.match(reference, /^https?:\/\/\S+$/);
  for (const statement of affected.slice(0, 50)) {
    const { ecosystem, name } = statement;
    assert.ok(name !== '' && !/[\u0000-\u001f]/.test(name + ecosystem), 'a key has no separators in it');
    const decoded = decodeStatements(`[${encodeStatement(0, statement)}]`, ecosystem, name);
    assert.ok(decoded.ok, 'a statement can be read back');
    assert.deepEqual({ ...decoded.value[0]?.affected }, { ...statement });
  }
}

export function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** Documents that are JSON as a whole and what is in them; undefined for anything else. */
export function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
