import type { ScanReport } from '#scan/index.ts';
import {
  dependencyPaths,
  isOpen,
  isVulnerability,
  planRemediation,
  type VulnerabilityFinding,
} from '#vulnerability/index.ts';
import { planConfiguration } from './configuration.ts';
import type { FixGroup, FixPlace, FixPlan, FixStep } from './fix-plan.ts';
import { directoryOf, type Locality, localities } from './place.ts';
import { type StepContext, stepsOf } from './step.ts';
import { unfixedPackages } from './unfixed.ts';
import { comparePressing, removedBy, urgencyOf } from './urgency.ts';

/** From a report to what to do about it. Pure: `createdAt` and all else comes from the report. */
export function planFixes(report: ScanReport): FixPlan {
  const open = report.findings.filter(isVulnerability).filter(isOpen);
  const paths = dependencyPaths(report.packages);
  const places = localities(open, report);
  const means = { paths, ...(report.distribution && { distribution: report.distribution }) };
  const groups = places.flatMap((place) => groupOf(place, { ...means, findings: place.findings }));
  const { removed } = planRemediation(open, report.distribution);
  const count = new Set(open.map(({ id }) => id)).size;
  const configuration = planConfiguration(report);
  return {
    schema: 'plimsoll.fix-plan.v1',
    tool: report.tool,
    createdAt: report.createdAt,
    artifact: { name: report.artifact.name, kind: report.artifact.kind },
    assessment: report.assessment,
    scanners: report.scanners,
    totals: { open: count, removed, left: count - removed },
    groups: groups.sort(compareGroups),
    unfixed: unfixedPackages(
      open.filter((finding) => !hasFix(finding)),
      report.packages,
      paths,
    ),
    ...(configuration && { configuration }),
  };
}

function hasFix({ state, fixedVersion }: VulnerabilityFinding): boolean {
  return state === 'fixed' && fixedVersion !== undefined;
}

function groupOf(locality: Locality, context: StepContext): FixGroup[] {
  const { upgrades, commands } = planRemediation(locality.findings, context.distribution);
  const [first] = upgrades;
  if (!first) return [];
  const command = commands.map((one) => one.command).join(' && ');
  const place = placeOf(locality, commands[0]?.manager ?? first.type);
  const steps =
    place.kind === 'base-image'
      ? [baseImageStep(place, locality.findings, command)]
      : upgrades.flatMap((upgrade) => stepsOf(upgrade, context)).sort(comparePressing);
  return [{ place, ...(command !== '' && { command }), steps }];
}

function placeOf({ spot, findings }: Locality, manager: string): FixPlace {
  if (spot.kind !== 'project' && spot.kind !== 'installed') return spot;
  const [first] = findings;
  const file = first?.package.origin.path ?? '';
  return spot.kind === 'project'
    ? { kind: 'project', manager, directory: directoryOf(file), file }
    : { kind: 'installed', manager, type: first?.package.type ?? 'generic' };
}

/** A newer build of the base carries all that its publisher has fixed, so it is one step. */
function baseImageStep(
  { image, digest }: Extract<FixPlace, { kind: 'base-image' }>,
  findings: readonly VulnerabilityFinding[],
  command: string,
): FixStep {
  const removes = removedBy(findings.filter(hasFix));
  const gone = new Set(removes.map(({ id }) => id));
  const leaves = [...new Set(findings.map(({ id }) => id))].filter((id) => !gone.has(id)).sort();
  return {
    id: 'base-image',
    what: 'base-image',
    name: image ?? 'base image',
    packages: [...new Set(findings.filter(hasFix).map((one) => one.package.name))].sort(),
    from: digest ?? '',
    to: '',
    where: 'FROM',
    ...(command !== '' && { command }),
    removes,
    leaves,
    path: [],
    through: [],
    confidence: 'resolver',
    isBreaking: false,
    ...urgencyOf(removes),
  };
}

function compareGroups(a: FixGroup, b: FixGroup): number {
  const [first, second] = [a.steps[0], b.steps[0]];
  return first && second ? comparePressing(first, second) : 0;
}
