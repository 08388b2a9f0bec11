import { z } from 'zod';
import { type Query, rankedFindings, setRanks } from '#storage/index.ts';
import { prioritise } from '#vulnerability/index.ts';

const score = z.object({ type: z.enum(['CVSS_V2', 'CVSS_V3', 'CVSS_V4', 'publisher']), value: z.string() });

/** What of a finding's details its rank hangs on, as `plimsoll scan` tells it. */
const told = z.object({
  enrichment: z.object({
    epss: z.object({ probability: z.number(), percentile: z.number(), date: z.string() }).exactOptional(),
    kev: z
      .object({ dateAdded: z.string(), dueDate: z.string().exactOptional(), ransomware: z.boolean().default(false) })
      .exactOptional(),
    ssvc: z
      .object({
        exploitation: z.enum(['none', 'poc', 'active']).exactOptional(),
        automatable: z.boolean().exactOptional(),
        technicalImpact: z.enum(['partial', 'total']).exactOptional(),
        date: z.string().exactOptional(),
      })
      .exactOptional(),
    cvss: z.array(score).exactOptional(),
  }),
  scores: z.array(score),
  severitySource: z.string().exactOptional(),
  priority: z.object({
    facts: z.array(z.object({ id: z.string(), value: z.string(), date: z.string().exactOptional() })),
  }),
});

/** Ranks the open vulnerabilities of an asset by what is known of its exposure now; the receipt says so. In a transaction. */
export async function rankAsset(query: Query, asset: string): Promise<void> {
  const { exposure, by, findings } = await rankedFindings(query, asset);
  const context = exposure === 'unknown' ? {} : { exposure, source: by ?? 'the server' };
  const ranks = findings.flatMap(({ id, rule, severity, details }) => {
    const read = told.safeParse(details);
    if (!read.success) return [];
    const { enrichment, scores, severitySource, priority } = read.data;
    // The catalogue's silence counts where it was read before.
    const asked = priority.facts.find((fact) => fact.id === 'exploited' && fact.value === 'no')?.date;
    const receipt = prioritise(
      {
        kind: 'vulnerability',
        id: rule,
        severity,
        enrichment,
        scores,
        ...(severitySource !== undefined && { severitySource }),
      },
      context,
      asked === undefined ? [] : [{ source: 'kev', asOf: asked }],
    );
    return [{ id, rank: receipt.rank, priority: receipt }];
  });
  await setRanks(query, ranks);
}
