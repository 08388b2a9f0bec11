import { z } from 'zod';
import { isUnlimited } from '#identity/index.ts';
import { type AuditEntry, listAudit, verifyAudit } from '#storage/index.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { nothing, type Route, route } from '../../route.ts';
import { known, needUnlimited } from '../accounts/rights.ts';

const entry = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  /** Null for Plimsoll itself. */
  actor: z.uuid().nullable(),
  actorName: z.string(),
  action: z.string(),
  subject: z.string(),
  details: z.looseObject({}),
  /** SHA-256 in hex over the entry and the hash of the one before. */
  hash: z.string(),
});

const show = ({ at, details, hash, ...rest }: AuditEntry) => ({
  ...rest,
  at: at.toISOString(),
  details: { ...details },
  hash: hash.toString('hex'),
});

const list = route({
  id: 'listAuditEntries',
  method: 'GET',
  path: '/api/v1/audit',
  summary: 'Who changed what, the newest first; who may read it only in a part sees what they did themselves',
  permission: 'audit:read',
  ...nothing,
  search: z.object({
    ...pageSearch,
    actor: z.uuid().optional(),
    /** Beginning of the action: `account.` */
    action: z.string().max(200).optional(),
    subject: z.string().max(1024).optional(),
  }),
  answer: pageOf(entry),
  async handle({ search: { limit, cursor, actor, action, subject }, principal }, { query }) {
    const reader = known(principal);
    if (!isUnlimited(reader, 'audit:read') && actor !== undefined && actor !== reader.account) return { items: [] };
    const rows = await listAudit(query, {
      before: readCursor(cursor, z.int()),
      limit: limit + 1,
      actor: isUnlimited(reader, 'audit:read') ? actor : reader.account,
      action,
      subject,
    });
    return pageFrom(rows, limit, ({ seq }) => seq, show);
  },
});

const verification = route({
  id: 'verifyAudit',
  method: 'GET',
  path: '/api/v1/audit/verification',
  summary: 'Goes through the whole chain of hashes',
  permission: 'audit:read',
  ...nothing,
  answer: z.object({
    /** How many are as they were written, from the first. */
    entries: z.int(),
    /** The first that is not. */
    brokenAt: z.int().optional(),
  }),
  async handle({ principal }, { query }) {
    needUnlimited(known(principal), 'audit:read');
    return verifyAudit(query);
  },
});

export const auditRoutes: readonly Route[] = [list, verification];
