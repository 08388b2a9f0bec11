import type { Migration } from 'kysely/migration';
import * as estate from './0001-estate.ts';
import * as findings from './0002-findings.ts';
import * as audit from './0010-audit.ts';
import * as jobs from './0011-jobs.ts';
import * as identity from './0020-identity.ts';
import * as ingest from './0030-ingest.ts';
import * as findingLists from './0040-finding-lists.ts';
import * as idempotency from './0041-idempotency.ts';
import * as exceptions from './0042-exceptions.ts';
import * as outbox from './0050-outbox.ts';
import * as notifications from './0051-notifications.ts';
import * as tickets from './0052-tickets.ts';

/** In the order of their names. One that was released is never edited: what follows is a new one. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-estate': estate,
  '0002-findings': findings,
  '0010-audit': audit,
  '0011-jobs': jobs,
  '0020-identity': identity,
  '0030-ingest': ingest,
  '0040-finding-lists': findingLists,
  '0041-idempotency': idempotency,
  '0042-exceptions': exceptions,
  '0050-outbox': outbox,
  '0051-notifications': notifications,
  '0052-tickets': tickets,
};
