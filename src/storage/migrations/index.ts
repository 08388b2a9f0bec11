import type { Migration } from 'kysely/migration';
import { up as estate } from './0001-estate.ts';
import { up as findings } from './0002-findings.ts';
import { up as audit } from './0010-audit.ts';
import { up as jobs } from './0011-jobs.ts';
import { up as identity } from './0020-identity.ts';
import { up as ingest } from './0030-ingest.ts';
import { up as findingLists } from './0040-finding-lists.ts';
import { up as idempotency } from './0041-idempotency.ts';
import { up as exceptions } from './0042-exceptions.ts';
import { up as outbox } from './0050-outbox.ts';
import { up as notifications } from './0051-notifications.ts';
import { up as tickets } from './0052-tickets.ts';
import { up as live } from './0060-live.ts';
import { up as signIn } from './0061-sign-in.ts';
import { up as packageSets } from './0070-package-sets.ts';
import { up as runtimeEstate } from './0071-estate.ts';
import { up as registries } from './0080-registries.ts';
import { up as program } from './0100-program.ts';
import { up as compliance } from './0101-compliance.ts';
import { up as lessons } from './0102-lessons.ts';

/** In the order of their names. One that was released is never edited: what follows is a new one. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-estate': { up: estate },
  '0002-findings': { up: findings },
  '0010-audit': { up: audit },
  '0011-jobs': { up: jobs },
  '0020-identity': { up: identity },
  '0030-ingest': { up: ingest },
  '0040-finding-lists': { up: findingLists },
  '0041-idempotency': { up: idempotency },
  '0042-exceptions': { up: exceptions },
  '0050-outbox': { up: outbox },
  '0051-notifications': { up: notifications },
  '0052-tickets': { up: tickets },
  '0060-live': { up: live },
  '0061-sign-in': { up: signIn },
  '0070-package-sets': { up: packageSets },
  '0071-estate': { up: runtimeEstate },
  '0080-registries': { up: registries },
  '0100-program': { up: program },
  '0101-compliance': { up: compliance },
  '0102-lessons': { up: lessons },
};
