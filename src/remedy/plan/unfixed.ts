import { compareTexts } from '#foundation/index.ts';
import { type InstalledPackage, isSystemPackage } from '#model/index.ts';
import type { DependencyPaths, VulnerabilityFinding } from '#vulnerability/index.ts';
import type { UnfixedPackage } from './fix-plan.ts';
import { worstOf } from './urgency.ts';

/** What is left without a version to go to: one entry for each package (source package where there is one) and state. */
export function unfixedPackages(
  findings: readonly VulnerabilityFinding[],
  packages: readonly InstalledPackage[],
  paths: DependencyPaths,
): UnfixedPackage[] {
  const needed = neededPackages(packages);
  const groups = Map.groupBy(findings, ({ package: pkg, state }) =>
    [
      pkg.type,
      pkg.source?.name ?? pkg.name,
      pkg.version,
      pkg.evidence === 'declared' ? pkg.origin.path : '',
      state,
    ].join('\0'),
  );
  const listed = [...groups.values()].flatMap((group) => unfixedPackage(group, needed, paths));
  return listed.sort((a, b) => b.ids.length - a.ids.length || compareTexts(a.name, b.name));
}

function unfixedPackage(
  findings: readonly VulnerabilityFinding[],
  needed: NeededPackages,
  paths: DependencyPaths,
): UnfixedPackage[] {
  const [first] = findings;
  if (!first) return [];
  const { package: pkg, state } = first;
  const path = paths.pathTo(pkg).map(({ name, version }) => `${name}@${version}`);
  const names = [...new Set(findings.map((finding) => finding.package))];
  return [
    {
      type: pkg.type,
      name: pkg.source?.name ?? pkg.name,
      version: pkg.version,
      where: pkg.origin.layer?.instruction ?? pkg.origin.path,
      state: state === 'fixed' ? 'affected' : state,
      ids: [...new Set(findings.map(({ id }) => id))].sort(compareTexts),
      worst: worstOf(findings.map(({ severity }) => severity)),
      path,
      options: [
        ...removal(
          pkg,
          path,
          names.every((one) => needed.isNeeded(one) === false),
        ),
        ...waiting(state),
        'If it cannot be reached where this runs, say so: a VEX statement or an entry in .plimsoll/exceptions.yaml with reason and expiry.',
      ],
    },
  ];
}

function removal(pkg: InstalledPackage, path: readonly string[], isUnneeded: boolean): string[] {
  if (path.length > 1) return ['Do without what brings it, or take another library for that purpose.'];
  if (pkg.relation === 'direct') return ['Do without it, or take another library for its purpose.'];
  if (isUnneeded) return ['No other package here needs it: remove it if nothing else uses it.'];
  if (!isSystemPackage(pkg.type) || pkg.origin.layer === undefined) return [];
  return pkg.origin.layer.part === 'own'
    ? ['Do not install it, if the build step that brings it can do without.']
    : ['Take a smaller base image that does not carry it.'];
}

function waiting(state: VulnerabilityFinding['state']): string[] {
  if (state === 'end-of-life')
    return ['The publisher no longer looks after this release: move to one that is supported.'];
  if (state === 'will-not-fix')
    return ['The publisher will not fix it in this release: look whether a later one has it fixed.'];
  if (state === 'deferred')
    return ['The publisher has put it off: build again regularly to get the fix when it comes.'];
  if (state === 'under-investigation') return ['The publisher still looks into it: scan again in a few days.'];
  return ['No fixed version is known yet: scan again in a few days.'];
}

interface NeededPackages {
  /** Undefined where the records do not tell. */
  isNeeded(pkg: InstalledPackage): boolean | undefined;
}

function neededPackages(packages: readonly InstalledPackage[]): NeededPackages {
  const telling = new Set<string>();
  const needed = new Set<string>();
  for (const { cataloger, origin, dependencies } of packages) {
    if (dependencies === undefined) continue;
    const record = `${cataloger}\0${origin.path}`;
    telling.add(record);
    for (const key of dependencies) needed.add(`${record}\0${key}`);
  }
  return {
    isNeeded({ cataloger, origin, name, version }) {
      const record = `${cataloger}\0${origin.path}`;
      return telling.has(record) ? needed.has(`${record}\0${name}@${version}`) : undefined;
    },
  };
}
