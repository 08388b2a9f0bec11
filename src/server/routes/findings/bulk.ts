import { z } from 'zod';
import { type Principal, scopesOf } from '#identity/index.ts';
import { countFindings, findFinding, listFindings, type Query, recordAudit, visibleFindings } from '#storage/index.ts';
import { RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route, type ServerContext } from '../../route.ts';
import { known } from '../accounts/rights.ts';
import { type ChangeBody, changeBody, changeFinding } from './change.ts';
import { readFilter } from './shape.ts';

/** More at once is a mistake more often than a wish. */
const MAX_FINDINGS = 1000;

const body = z
  .strictObject({
    ids: z.array(z.uuid()).min(1).max(MAX_FINDINGS).optional(),
    filter: z.string().trim().min(1).max(4000).optional(),
    change: changeBody,
    /** Says how many it would be about, and changes nothing. */
    preview: z.boolean().default(false),
    /** How many the preview said: when there are more by now, nothing is changed. */
    expected: z.int().min(0).optional(),
  })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), 'Give either ids or a filter.');

const answer = z.object({
  /** That may be changed by whoever asks. */
  matched: z.int(),
  changed: z.int(),
  /** Findings that cannot be changed so, the first 100, each with a sentence. */
  refused: z.array(z.object({ id: z.uuid(), reason: z.string() })),
});

const bulk = route({
  id: 'changeFindings',
  method: 'POST',
  path: '/api/v1/findings/bulk',
  summary: `The same change to findings by ids or by a filter, ${MAX_FINDINGS} at most, with a preview`,
  permission: 'findings:triage',
  ...nothing,
  body,
  answer,
  async handle({ body, principal }, context) {
    const actor = known(principal);
    if (body.preview) return { matched: await count(context, actor, body), changed: 0, refused: [] };
    return context.query.transaction().execute(async (query) => {
      const ids = await idsOf(query, context, actor, body);
      if (ids.length > (body.expected ?? MAX_FINDINGS))
        throw new RequestProblem(409, 'more-than-expected', `There are ${ids.length} by now; look at them again.`);
      return changeAll(query, ids, body.change, actor, context);
    });
  },
});

type Asked = z.infer<typeof body>;

async function count(context: ServerContext, principal: Principal, asked: Asked): Promise<number> {
  const scopes = scopesOf(principal, 'findings:triage');
  if (asked.ids) return (await visibleFindings(context.query, asked.ids, scopes)).length;
  return (await countFindings(context.query, selectionOf(context, principal, asked))).count;
}

function selectionOf({ now }: ServerContext, principal: Principal, { filter = '' }: Asked) {
  return {
    filter: readFilter(filter, now(), 'body.filter'),
    scopes: scopesOf(principal, 'findings:triage'),
    context: { account: principal.account, now: now() },
  };
}

async function idsOf(query: Query, context: ServerContext, principal: Principal, asked: Asked): Promise<string[]> {
  if (asked.ids) return visibleFindings(query, [...new Set(asked.ids)], scopesOf(principal, 'findings:triage'));
  const page = { order: 'id', isReversed: false, limit: MAX_FINDINGS, after: undefined } as const;
  const rows = await listFindings(query, selectionOf(context, principal, asked), page);
  if (rows.length > MAX_FINDINGS)
    throw new RequestProblem(409, 'too-many', `More than ${MAX_FINDINGS} findings match; narrow the filter.`);
  return rows.map(({ id }) => id);
}

async function changeAll(
  query: Query,
  ids: readonly string[],
  change: ChangeBody,
  principal: Principal,
  { now }: ServerContext,
): Promise<z.infer<typeof answer>> {
  const refused: { id: string; reason: string }[] = [];
  for (const id of ids) {
    const row = await findFinding(query, id, scopesOf(principal, 'findings:triage'), true);
    const { error } = row ? await changeFinding(query, row, change, principal, now()) : { error: 'It is gone.' };
    if (error !== undefined) refused.push({ id, reason: error });
  }
  const changed = ids.length - refused.length;
  const details = { ...change, matched: ids.length, changed, findings: ids.slice(0, 100) };
  await recordAudit(query, { principal, action: 'finding.change-many', subject: 'findings', details, at: now() });
  return { matched: ids.length, changed, refused: refused.slice(0, 100) };
}

export const findingBulkRoutes: readonly Route[] = [bulk];
