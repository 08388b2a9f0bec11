import { z } from 'zod';
import { requirementStates } from '#compliance/index.ts';
import { severities } from '#model/index.ts';

const state = z.enum(requirementStates);
const statement = z.enum(['given', 'missing', 'expired']).optional();

/** Numbers of requirements; all states together are `requirements`. */
const summary = z.object({
  requirements: z.int(),
  pass: z.int(),
  fail: z.int(),
  partial: z.int(),
  notAssessed: z.int(),
  manual: z.int(),
  notApplicable: z.int(),
  manualMet: z.int(),
  expired: z.int(),
  acceptedFindings: z.int(),
});

/** What the numbers are about. */
const coverage = {
  assets: z.int(),
  /** Of them, those of which a report of plimsoll scan is here. */
  assetsLookedAt: z.int(),
};

const framework = z.object({
  id: z.string(),
  title: z.string(),
  publisher: z.string(),
  version: z.string(),
  references: z.array(z.string()),
  summary,
});

export const listedFrameworks = z.object({ ...coverage, frameworks: z.array(framework) });

const counts = z.object({ failing: z.int(), accepted: z.int(), passed: z.int() });
const missing = z.array(z.object({ why: z.string(), how: z.string(), source: z.string().optional() }));

const fact = z.object({
  key: z.string(),
  kind: z.string(),
  id: z.string(),
  severity: z.enum(severities),
  message: z.string(),
  place: z.string(),
  /** Name of the asset. */
  artifact: z.string(),
  /** For listFindings: the finding itself. */
  filter: z.string(),
});

const attestation = z
  .object({
    state: z.enum(['met', 'not-met', 'not-applicable']),
    statement: z.string(),
    by: z.string(),
    date: z.string(),
    expires: z.string(),
    evidence: z.array(z.string()),
    statedIn: z.string(),
    isExpired: z.boolean(),
  })
  .optional();

const requirement = z.object({
  clause: z.string(),
  title: z.string(),
  text: z.string(),
  section: z.string(),
  state,
  /** Why, in a sentence. */
  reason: z.string(),
  controls: z.array(z.object({ id: z.string(), relation: z.string(), source: z.string(), state })),
  counts,
  missing,
  statement,
  attestation,
});

const part = z.object({
  by: z.string(),
  what: z.string(),
  answer: z.string(),
  failing: z.array(fact),
  accepted: z.array(fact),
  counts,
  missing,
});

const control = z.object({
  id: z.string(),
  title: z.string(),
  family: z.string(),
  remedy: z.string(),
  state,
  parts: z.array(part),
  counts,
  statement,
  attestation,
});

export const assessed = z.object({
  ...framework.shape,
  ...coverage,
  assessedAt: z.iso.datetime(),
  requirements: z.array(requirement),
  controls: z.array(control),
  problems: z.array(z.object({ code: z.string(), message: z.string() })),
});
