import { defaultSla, type SlaPolicy } from '#findings/index.ts';
import type { Query } from '../index.ts';

export interface VersionedSla {
  /** 0: nobody has changed it yet. */
  readonly version: number;
  readonly policy: SlaPolicy;
}

export async function currentSla(query: Query): Promise<VersionedSla> {
  const row = await query
    .selectFrom('sla_policy')
    .select(['version', 'policy'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? { version: 0, policy: defaultSla };
}
