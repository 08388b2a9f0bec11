import { z } from 'zod';
import { assessCompliance, type ComplianceReport, complianceFormats, type Fact } from '#compliance/index.ts';
import { type Principal, scopesOf } from '#identity/index.ts';
import { controls, type Framework, frameworks } from '#standards/index.ts';
import { readEvidence, type ServerEvidence } from '../../compliance/evidence.ts';
import { Download } from '../../download.ts';
import { notFound } from '../../request-problem.ts';
import { nothing, type Route, route, type ServerContext } from '../../route.ts';
import { known } from '../accounts/rights.ts';
import { assessed, listedFrameworks } from './shape.ts';

const search = z.object({
  team: z.uuid().optional().meta({ description: 'Only what this team owns' }),
  asset: z.uuid().optional().meta({ description: 'Only this asset' }),
});

type Search = z.infer<typeof search>;

async function evidenceFor(
  { query, now }: ServerContext,
  principal: Principal | undefined,
  { team, asset }: Search,
): Promise<ServerEvidence> {
  const scope = { ...(team !== undefined && { team }), ...(asset !== undefined && { asset }) };
  return readEvidence(query, scopesOf(known(principal), 'compliance:read'), scope, now());
}

const list = route({
  id: 'listCompliance',
  method: 'GET',
  path: '/api/v1/compliance',
  summary: 'How many requirements of each standard hold, by what was looked at and what people say',
  permission: 'compliance:read',
  ...nothing,
  search,
  answer: listedFrameworks,
  async handle({ search, principal }, context) {
    const evidence = await evidenceFor(context, principal, search);
    const report = assessCompliance(frameworks, controls, evidence);
    const { assets, assetsLookedAt } = evidence;
    const shown = report.frameworks.map(({ requirements: _, references, ...rest }) => ({
      ...rest,
      references: [...references],
    }));
    return { assets, assetsLookedAt, frameworks: shown };
  },
});

const get = route({
  id: 'getCompliance',
  method: 'GET',
  path: '/api/v1/compliance/{framework}',
  summary: 'Each requirement of a standard: whether it holds, by which evidence, and what is not known',
  permission: 'compliance:read',
  ...nothing,
  params: z.object({ framework: z.string().max(100) }),
  search,
  answer: assessed,
  async handle({ params, search, principal }, context) {
    const framework = frameworkOf(params.framework);
    const evidence = await evidenceFor(context, principal, search);
    return show(assessCompliance([framework], controls, evidence), evidence);
  },
});

function frameworkOf(id: string): Framework {
  const found = frameworks.find((one) => one.id === id);
  if (found === undefined) throw notFound('standard');
  return found;
}

function show(report: ComplianceReport, { assets, assetsLookedAt }: ServerEvidence): z.infer<typeof assessed> {
  const [framework] = report.frameworks;
  if (framework === undefined) throw notFound('standard');
  return assessed.parse({
    ...framework,
    assets,
    assetsLookedAt,
    assessedAt: report.createdAt,
    controls: report.controls.map((control) => ({
      ...control,
      parts: control.parts.map((part) => ({
        ...part,
        failing: part.failing.map(withFilter),
        accepted: part.accepted.slice(0, MAX_FACTS).map(withFilter),
      })),
    })),
    problems: report.problems.slice(0, MAX_FACTS),
  });
}

const MAX_FACTS = 100;

function withFilter(fact: Fact): Fact & { readonly filter: string } {
  return { ...fact, filter: `rule:${quoted(fact.id)} asset:${quoted(fact.artifact)}` };
}

function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `"${text.replaceAll(/[\\"]/g, '\\$&')}"`;
}

const EXPORTS = complianceFormats.filter(({ id }) => id !== 'table');

const exported = route({
  id: 'exportCompliance',
  method: 'GET',
  path: '/api/v1/compliance/{framework}/export',
  summary: 'The assessment of a standard as a file: JSON, a page, OSCAL assessment results, or CSV',
  permission: 'compliance:read',
  ...nothing,
  params: z.object({ framework: z.string().max(100) }),
  search: search.extend({ format: z.enum(EXPORTS.map(({ id }) => id)).default('json') }),
  answer: z.instanceof(Download),
  async handle({ params, search: { format, ...scope }, principal }, context) {
    const framework = frameworkOf(params.framework);
    const evidence = await evidenceFor(context, principal, scope);
    const report = assessCompliance([framework], controls, evidence);
    const renderer = EXPORTS.find(({ id }) => id === format);
    if (renderer === undefined) throw notFound('format');
    const content = [...renderer.render(report, { color: false, width: 100, verbose: true })].join('');
    const [type, ending] = MEDIA.get(format) ?? ['application/octet-stream', 'txt'];
    return new Download(type, `${framework.id}.${ending}`, content);
  },
});

const MEDIA: ReadonlyMap<string, readonly [type: string, ending: string]> = new Map([
  ['json', ['application/json', 'json']],
  ['html', ['text/html; charset=utf-8', 'html']],
  ['oscal', ['application/json', 'oscal.json']],
  ['csv', ['text/csv; charset=utf-8', 'csv']],
]);

export const complianceRoutes: readonly Route[] = [list, get, exported];
