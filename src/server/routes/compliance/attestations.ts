import { z } from 'zod';
import { type Principal, scopesOf } from '#identity/index.ts';
import { controls, frameworks } from '#standards/index.ts';
import {
  addAttestation,
  findAttestation,
  findTeam,
  listAttestations,
  revokeAttestation,
  type StoredAttestation,
  type TeamReach,
} from '#storage/index.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { programReach } from '../../program/reach.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known } from '../accounts/rights.ts';

const state = z.enum(['met', 'not-met', 'not-applicable']);

const shown = z.object({
  id: z.uuid(),
  control: z.string().nullable(),
  framework: z.string().nullable(),
  clause: z.string().nullable(),
  /** Null: about everything. */
  team: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  state,
  statement: z.string(),
  evidence: z.array(z.string()),
  author: z.object({ id: z.uuid(), name: z.string() }),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
  isExpired: z.boolean(),
});

function show(row: StoredAttestation, now: Date): z.infer<typeof shown> {
  const { team, teamName, author, authorName, createdAt, expiresAt, revokedAt, evidence, ...rest } = row;
  return {
    ...rest,
    evidence: [...evidence],
    team: team === null ? null : { id: team, name: teamName ?? '' },
    author: { id: author, name: authorName },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
    isExpired: expiresAt <= now,
  };
}

const list = route({
  id: 'listAttestations',
  method: 'GET',
  path: '/api/v1/attestations',
  summary: 'What people say of controls and clauses, the newest first; expired and revoked ones too',
  permission: 'compliance:read',
  ...nothing,
  search: z.object({ ...pageSearch, team: z.uuid().optional() }),
  answer: pageOf(shown),
  async handle({ search: { limit, cursor, team }, principal }, { query, now }) {
    const after = readCursor(cursor, z.tuple([z.iso.datetime(), z.uuid()]));
    const page = { limit: limit + 1, ...(after && { after }), ...(team !== undefined && { team }) };
    const rows = await listAttestations(query, programReach(known(principal), 'compliance:read'), page);
    return pageFrom(
      rows,
      limit,
      ({ createdAt, id }) => [createdAt.toISOString(), id],
      (row) => show(row, now()),
    );
  },
});

const MAX_DAYS = 400;
const DAY_MS = 86_400_000;

const add = route({
  id: 'addAttestation',
  method: 'POST',
  path: '/api/v1/attestations',
  summary: 'Says of a control, or of a clause of a standard, what no scan can tell; it holds for a year at most',
  permission: 'compliance:attest',
  ...nothing,
  body: z
    .strictObject({
      control: z.string().max(100).optional(),
      framework: z.string().max(100).optional(),
      clause: z.string().max(100).optional(),
      team: z.uuid().nullable().default(null).meta({ description: 'Null: about everything' }),
      state,
      statement: z.string().trim().min(1).max(4000),
      evidence: z.array(z.string().trim().min(1).max(2000)).max(50).default([]),
      expiresAt: z.iso.datetime(),
    })
    .refine(
      ({ control, framework, clause }) =>
        control === undefined
          ? framework !== undefined && clause !== undefined
          : framework === undefined && clause === undefined,
      'It is about a control, or about a clause of a framework.',
    ),
  answer: shown,
  status: 201,
  handle({ body, principal }, context) {
    const actor = known(principal);
    needReachOver(actor, body.team);
    needKnownSubject(body);
    const now = context.now();
    const ends = Date.parse(body.expiresAt);
    if (ends <= now.getTime() || ends > now.getTime() + MAX_DAYS * DAY_MS)
      throw invalid('body.expiresAt', `Later than now, and at most ${MAX_DAYS} days from now.`);
    return audited(context, actor, async (query) => {
      if (body.team !== null && !(await findTeam(query, body.team)))
        throw invalid('body.team', 'There is no such team.');
      const { control = null, framework = null, clause = null } = body;
      const made = {
        ...body,
        control,
        framework,
        clause,
        author: actor.account,
        authorName: actor.name,
        expiresAt: new Date(ends),
      };
      const id = await addAttestation(query, made, now);
      const row = await findAttestation(query, id);
      if (row === undefined) throw notFound('attestation');
      return { answer: show(row, now), action: 'attestation.add', subject: id, details: body };
    });
  },
});

function needReachOver(principal: Principal, team: string | null): void {
  const reach: TeamReach = programReach(principal, 'compliance:attest');
  if (reach === 'all' || (team !== null && reach.includes(team))) return;
  throw new RequestProblem(403, 'not-allowed', 'You can attest for your own teams only; name one of them.', [
    { field: 'body.team', message: 'Not one of your teams.' },
  ]);
}

function needKnownSubject({
  control,
  framework,
  clause,
}: {
  readonly control?: string | undefined;
  readonly framework?: string | undefined;
  readonly clause?: string | undefined;
}): void {
  if (control !== undefined && !controls.some(({ id }) => id === control))
    throw invalid('body.control', 'There is no such control.');
  if (framework === undefined) return;
  const found = frameworks.find(({ id }) => id === framework);
  if (found === undefined) throw invalid('body.framework', 'There is no such standard.');
  if (!found.clauses.some(({ id }) => id === clause))
    throw invalid('body.clause', `${found.title} has no such clause.`);
}

function invalid(field: string, message: string): RequestProblem {
  return new RequestProblem(400, 'invalid-request', message, [{ field, message }]);
}

const revoke = route({
  id: 'revokeAttestation',
  method: 'POST',
  path: '/api/v1/attestations/{id}/revoke',
  summary: 'Takes back what was said; it stays in the list',
  permission: 'compliance:attest',
  ...nothing,
  params: byId,
  answer: shown,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const found = await findAttestation(query, id);
      const isSeen = found !== undefined && (found.team === null || scopesOf(actor, 'compliance:attest').length > 0);
      if (!isSeen) throw notFound('attestation');
      needReachOver(actor, found.team);
      if (found.revokedAt !== null) throw new RequestProblem(409, 'revoked', 'It was taken back already.');
      await revokeAttestation(query, id, context.now());
      return {
        answer: show({ ...found, revokedAt: context.now() }, context.now()),
        action: 'attestation.revoke',
        subject: id,
      };
    });
  },
});

export const attestationRoutes: readonly Route[] = [list, add, revoke];
