import { z } from 'zod';
import { severities } from '#model/index.ts';
import { addPolicyVersion, ownPolicies, policyVersions, type Query } from '#storage/index.ts';
import { type CatalogPolicy, ownCatalogPolicy, packs, shippedPolicies } from '../../policies/catalog.ts';
import { faultsOfPolicy } from '../../policies/test-own.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, known, needUnlimited } from '../accounts/rights.ts';

const listed = z.object({
  /** `build-gate/no-secrets`, `own/registries` */
  id: z.string(),
  pack: z.string(),
  name: z.string(),
  title: z.string(),
  severity: z.enum(severities),
  /** What its own binding says. */
  action: z.string(),
  controls: z.array(z.string()),
});

const example = z.object({ name: z.string(), expected: z.enum(['pass', 'fail']), text: z.string() });

const detailed = listed.extend({
  why: z.string(),
  remediation: z.string(),
  scanners: z.array(z.string()),
  /** YAML. */
  source: z.string(),
  examples: z.array(example),
  /** Of one that was uploaded, the newest first. */
  versions: z.array(z.object({ version: z.int(), authorName: z.string(), createdAt: z.iso.datetime() })),
});

function show({ id, pack, name, title, severity, action, controls }: CatalogPolicy): z.infer<typeof listed> {
  return { id, pack, name, title, severity, action, controls: [...controls] };
}

/** All that there are, by their ids. */
export async function catalog(query: Query): Promise<ReadonlyMap<string, CatalogPolicy>> {
  const own = (await ownPolicies(query)).flatMap((one) => ownCatalogPolicy(one) ?? []);
  return new Map([...(await shippedPolicies()), ...own].map((one) => [one.id, one]));
}

const list = route({
  id: 'listPolicies',
  method: 'GET',
  path: '/api/v1/policies',
  summary: 'Policies that the program brings, in packs, and those that were uploaded',
  permission: 'policies:read',
  ...nothing,
  answer: z.object({
    packs: z.array(
      z.object({ id: z.string(), title: z.string(), references: z.array(z.string()), policies: z.array(z.string()) }),
    ),
    policies: z.array(listed),
  }),
  async handle(_, { query }) {
    const shown = (await packs()).map((pack) => ({
      ...pack,
      references: [...pack.references],
      policies: [...pack.policies],
    }));
    return { packs: shown, policies: [...(await catalog(query)).values()].map(show) };
  },
});

const params = z.object({ pack: z.string().max(100), name: z.string().max(100) });

const get = route({
  id: 'getPolicy',
  method: 'GET',
  path: '/api/v1/policies/{pack}/{name}',
  summary: 'One policy: why, what to do, its text, and examples that pass and fail',
  permission: 'policies:read',
  ...nothing,
  params,
  answer: detailed,
  async handle({ params: { pack, name } }, { query }) {
    const found = (await catalog(query)).get(`${pack}/${name}`);
    if (found === undefined) throw notFound('policy');
    const versions = pack === 'own' ? await policyVersions(query, name) : [];
    const { why, remediation, scanners, source, examples } = found;
    return {
      ...show(found),
      why,
      remediation,
      scanners: [...scanners],
      source,
      examples: [...examples],
      versions: versions.map(({ version, authorName, createdAt }) => ({
        version,
        authorName,
        createdAt: createdAt.toISOString(),
      })),
    };
  },
});

const MAX_SOURCE = 200_000;

const upload = route({
  id: 'uploadPolicy',
  method: 'PUT',
  path: '/api/v1/policies/own/{name}',
  summary:
    'Uploads a policy of your own, or its next version; it is linted, and tested by its examples, and else refused',
  permission: 'policies:write',
  ...nothing,
  params: z.object({
    name: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?$/, 'Lower case letters, digits, dashes.'),
  }),
  body: z.strictObject({
    source: z.string().min(1).max(MAX_SOURCE),
    examples: z
      .array(
        z.strictObject({
          name: z.string().regex(/^(?:pass|fail)-[a-z0-9-]{1,60}\.yaml$/, 'pass-….yaml or fail-….yaml'),
          text: z.string().max(100_000),
        }),
      )
      .min(2)
      .max(50),
  }),
  answer: z.object({ id: z.string(), version: z.int() }),
  async handle({ params: { name }, body, principal }, context) {
    const actor = known(principal);
    needUnlimited(actor, 'policies:write');
    const faults = await faultsOfPolicy(body);
    if (faults.length > 0)
      throw new RequestProblem(
        422,
        'policy-fault',
        'The policy cannot be used; see fields.',
        faults.slice(0, 50).map((message) => ({ field: 'body.source', message: message.slice(0, 2000) })),
      );
    return audited(context, actor, async (query) => {
      const made = { name, ...body, author: actor.account, authorName: actor.name };
      const version = await addPolicyVersion(query, made, context.now());
      if (version === undefined) throw changedSince();
      return {
        answer: { id: `own/${name}`, version },
        action: 'policy.upload',
        subject: `own/${name}`,
        details: { version },
      };
    });
  },
});

function changedSince(): RequestProblem {
  return new RequestProblem(
    409,
    'changed-since',
    'Somebody else has uploaded a version at this moment; look at it first.',
  );
}

const remove = route({
  id: 'removePolicy',
  method: 'DELETE',
  path: '/api/v1/policies/own/{name}',
  summary: 'Takes a policy of your own away; its versions stay in the audit log',
  permission: 'policies:write',
  ...nothing,
  params: z.object({ name: z.string().max(100) }),
  answer: z.undefined(),
  status: 204,
  handle({ params: { name }, principal }, context) {
    const actor = known(principal);
    needUnlimited(actor, 'policies:write');
    return audited(context, actor, async (query) => {
      if (!(await catalog(query)).has(`own/${name}`)) throw notFound('policy');
      const gone = { name, source: '', examples: [], author: actor.account, authorName: actor.name };
      if ((await addPolicyVersion(query, gone, context.now(), true)) === undefined) throw changedSince();
      return { answer: undefined, action: 'policy.remove', subject: `own/${name}` };
    });
  },
});

export const policyRoutes: readonly Route[] = [list, get, upload, remove];
