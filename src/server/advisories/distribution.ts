import { z } from 'zod';
import type { Distribution } from '#model/index.ts';

const texts = z.array(z.string());

const distribution = z.object({
  id: z.string(),
  idLike: texts.default([]),
  name: z.string(),
  version: z.string().exactOptional(),
  codename: z.string().exactOptional(),
  pointRelease: z.string().exactOptional(),
  extendedSupport: texts.exactOptional(),
  contentSets: texts.exactOptional(),
  imageBuilds: texts.exactOptional(),
  distroless: z.boolean().exactOptional(),
  evidence: z.string().default(''),
  endOfLife: z
    .object({ date: z.string(), longTermDate: z.string().exactOptional(), source: z.string() })
    .exactOptional(),
});

/** As a report told it; undefined where it names none. */
export function distributionFrom(kept: unknown): Distribution | undefined {
  const read = distribution.safeParse(kept);
  return read.success ? read.data : undefined;
}
