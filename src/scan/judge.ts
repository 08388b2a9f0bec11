import { isMutating, type ManifestObject } from '#policy/admission/index.ts';
import type { Exception } from '#policy/index.ts';
import type { LoadedPolicies } from '#policy/packs/index.ts';
import { Judge } from '#policy/verdict/index.ts';
import type { Attestation } from './attestations/parse.ts';
import { policyObjects } from './facts/index.ts';
import type { ScanReport } from './report.ts';
import type { Scanner } from './scanner.ts';

/** What a scan asks policies with. */
export interface PolicyRequest {
  /** Ready to be asked: without faults. */
  readonly policies: Pick<LoadedPolicies, 'set' | 'descriptions' | 'objects'>;
  readonly attestations: readonly Attestation[];
  /** Say of every decision which facts decided it. */
  readonly explainAll?: boolean;
}

export interface JudgedArtifact {
  readonly exceptions: readonly Exception[];
  readonly names: readonly string[];
  readonly today: string;
}

/** Asks policies: about manifests while they are read, about the report when it is there. */
export class ReportJudge {
  readonly #judge: Judge;
  readonly #request: PolicyRequest;

  constructor(request: PolicyRequest, { exceptions, names, today }: JudgedArtifact) {
    this.#request = request;
    const { policies, explainAll = false } = request;
    this.#judge = new Judge(policies, { exceptions, artifact: names, today, explainAll });
  }

  readonly visitManifests = (objects: readonly ManifestObject[]): void => this.#judge.judgeManifests(objects);

  /** The report with its verdict. */
  judge(report: ScanReport): ScanReport {
    const { attestations } = this.#request;
    this.#judge.judgeSubjects(policyObjects(report, attestations, this.#judge.subjects));
    const { verdict, problems } = this.#judge.verdict(this.#holes(report));
    return { ...report, verdict, problems: [...report.problems, ...problems] };
  }

  /** Why the report does not tell all that policies ask: what was not found is then not known not to be there. */
  #holes(report: ScanReport): string[] {
    const isAboutReport = this.#judge.subjects.size > 0;
    return [
      ...(isAboutReport && report.assessment === 'incomplete'
        ? ['The scan could not assess all of it: see what was not assessed, and the problems.']
        : []),
      ...this.#missingScanners(report.scanners),
      ...(this.#judge.isAboutCluster ? unreadManifests(report) : []),
      ...this.#request.policies.objects.filter(isMutating).map(notEvaluated),
    ];
  }

  #missingScanners(scanners: readonly Scanner[]): string[] {
    const known = new Set<string>(scanners);
    return [...this.#request.policies.descriptions.values()].flatMap(({ name, scanners: needed }) => {
      const missing = needed.filter((one) => !known.has(one));
      return missing.length === 0 ? [] : [`${name} asks what was not looked for: ${missing.join(', ')}.`];
    });
  }
}

function notEvaluated(object: ManifestObject): string {
  return `${object.place()} would change what the others judge, and is not evaluated.`;
}

const NAMED = 5;

function unreadManifests({ checks, artifact, scanners }: ScanReport): string[] {
  if (artifact.scheme === 'directory' && !scanners.includes('misconfiguration'))
    return ['Manifests were not read: they are found where misconfiguration is looked for.'];
  const files = new Set(
    (checks?.notAssessed ?? []).map(({ path }) => path).filter((path) => /\.(?:ya?ml|json)$/.test(path)),
  );
  if (files.size === 0) return [];
  const named = [...files].slice(0, NAMED).join(', ');
  const more = files.size > NAMED ? ', …' : '';
  return [`What is in some files is not known, since they could not be read: ${named}${more}.`];
}
