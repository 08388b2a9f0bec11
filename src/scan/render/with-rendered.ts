import type { Analysis } from '#analysis/index.ts';
import type { ChecksSummary, MisconfigurationFinding } from '#checks/index.ts';
import { compareTexts, type Problem } from '#foundation/index.ts';
import type { Project } from './projects.ts';
import type { Rendered } from './render.ts';

/** An analysis of a directory together with what is made from its charts and kustomizations. */
export function withRendered(analysis: Analysis, rendered: Rendered): Analysis {
  const { misconfigurations, checks, inventory } = analysis;
  if (checks === undefined) return analysis;
  const known = keysOf(misconfigurations);
  const added = rendered.findings.filter((finding) => !isKnown(finding, known));
  const failed = new Set(rendered.notAssessed.map(({ path }) => path));
  const left = checks.notAssessed.filter(
    ({ path, reason }) => !failed.has(path) && !isPartOf(path, reason, rendered.projects),
  );
  return {
    ...analysis,
    misconfigurations: [...misconfigurations, ...added],
    checks: summed([{ ...checks, notAssessed: [...left, ...rendered.notAssessed] }, ...rendered.summaries]),
    inventory: {
      ...inventory,
      problems: [...stillHolding(inventory.problems, checks.notAssessed, left), ...rendered.problems],
    },
  };
}

function keysOf(findings: readonly MisconfigurationFinding[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { id, resource } of findings) {
    const key = `${id}\n${resource?.kind}`;
    const same = names.get(key);
    if (same) same.push(resource?.name ?? '');
    else names.set(key, [resource?.name ?? '']);
  }
  return names;
}

/** The same fact was found in the file that the object was made from; kustomize adds to its name. */
function isKnown({ id, resource }: MisconfigurationFinding, known: ReadonlyMap<string, readonly string[]>): boolean {
  const names = known.get(`${id}\n${resource?.kind}`) ?? [];
  return names.some((name) => name !== '' && (resource?.name ?? '').includes(name));
}

function isPartOf(path: string, reason: string, projects: readonly Project[]): boolean {
  return projects.some(({ kind, path: directory, file }) => {
    const inside = directory === '' ? path : path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : '';
    if (kind === 'kustomization') return inside === file || (inside !== '' && reason.startsWith('is a patch'));
    return inside === file || /^(?:charts\/[^/]+\/)*(?:templates\/|Chart\.yaml$)/.test(inside);
  });
}

/** What was said of templates is taken back: they were assessed by what they make. */
function stillHolding(
  problems: readonly Problem[],
  before: ChecksSummary['notAssessed'],
  left: ChecksSummary['notAssessed'],
): readonly Problem[] {
  const takenBack = new Set(before.filter((one) => !left.includes(one)).map(({ reason }) => reason));
  return problems.flatMap((problem) => {
    const reason = [...takenBack].find((one) => problem.code === 'file-not-checked' && problem.message.includes(one));
    if (reason === undefined) return [problem];
    const others = left.filter((one) => one.reason === reason);
    const [first] = others;
    return first === undefined ? [] : [{ ...problem, subject: first.path, count: others.length }];
  });
}

function summed(summaries: readonly ChecksSummary[]): ChecksSummary {
  const total = (of: 'documents' | 'evaluated' | 'failed') => summaries.reduce((sum, one) => sum + one[of], 0);
  const tallies = new Map<string, { passed: number; failed: number; notApplicable: number }>();
  for (const { byCheck } of summaries)
    for (const [id, { passed, failed, notApplicable }] of Object.entries(byCheck)) {
      const sum = tallies.get(id) ?? { passed: 0, failed: 0, notApplicable: 0 };
      tallies.set(id, {
        passed: sum.passed + passed,
        failed: sum.failed + failed,
        notApplicable: sum.notApplicable + notApplicable,
      });
    }
  return {
    documents: total('documents'),
    evaluated: total('evaluated'),
    failed: total('failed'),
    byCheck: Object.fromEntries([...tallies].sort(([a], [b]) => compareTexts(a, b))),
    notAssessed: summaries.flatMap(({ notAssessed }) => notAssessed),
  };
}
