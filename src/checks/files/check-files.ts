import { posix } from 'node:path';
import type { Problem } from '#foundation/index.ts';
import { compareTexts } from '#foundation/index.ts';
import { type ManifestObject, manifestObjects, parseYamlDocuments, type YamlDocument } from '#manifests/index.ts';
import { type Checked, joined } from '../checked.ts';
import { composeFileOf, isCompose } from '../compose/index.ts';
import { parseDockerfile } from '../dockerfile/parse/index.ts';
import { type ChecksEvaluation, evaluateChecks, type NotAssessed } from '../evaluate.ts';
import { gapsOf, type KubernetesObject, Manifests } from '../kubernetes/index.ts';
import type { CheckSettings } from '../settings.ts';
import { yamlIgnores } from '../yaml/index.ts';
import { isMeantForChecks, projectOf } from './file-kind.ts';
import { patchesAmong } from './patches.ts';
import type { CheckFragment } from './reader.ts';

/** What `checkReader` made of a file, and where the file is. */
export interface CheckReading {
  /** No leading slash. */
  readonly path: string;
  readonly fragment: CheckFragment;
}

/** Characters of manifests that are held parsed at the same time; with their values they take some twenty times as much. */
const MAX_GROUP_CHARACTERS = 4 * 1024 * 1024;

/**
 * Is shown the objects of manifests that are applied together, which are those of one directory: once for each directory, for a large one
 * several times. They are let go of afterwards, so that memory does not grow with the number of files; keep what you make of them and not
 * the objects.
 */
export type ManifestVisitor = (objects: readonly ManifestObject[]) => void;

/**
 * Asks all checks about the files of a directory. Manifests of one directory are taken to be applied together.
 *
 * @param visit is shown every object of Kubernetes that was found, for questions that are no checks
 */
export function checkFiles(
  readings: readonly CheckReading[],
  settings: CheckSettings,
  visit?: ManifestVisitor,
): Checked {
  const sorted = readings.toSorted((a, b) => compareTexts(a.path, b.path));
  const dockerfiles = sorted.filter(({ fragment }) => fragment.kind === 'dockerfile');
  const others = sorted.filter(({ fragment }) => fragment.kind !== 'dockerfile');
  const patches = patchesAmong(others);
  function* evaluations(): Iterable<ChecksEvaluation> {
    for (const reading of dockerfiles) yield checkDockerfile(reading, settings);
    const whole = others.filter(({ path }) => !patches.has(path));
    for (const group of groupsOf(whole)) yield* checkYaml(group, settings, visit);
    for (const { path } of others) if (patches.has(path)) yield withGaps(nothingEvaluated, path, [PATCH]);
  }
  return joined(evaluations());
}

const PATCH = 'is a patch of a kustomization: --render checks what it makes';

/** Files of one directory, no more of them than fit into memory when parsed. */
function groupsOf(sorted: readonly CheckReading[]): CheckReading[][] {
  const groups: CheckReading[][] = [];
  for (const ofDirectory of Map.groupBy(sorted, ({ path }) => posix.dirname(path)).values()) {
    let room = 0;
    for (const reading of ofDirectory) {
      const { length } = reading.fragment.text;
      if (length > room) {
        groups.push([]);
        room = MAX_GROUP_CHARACTERS;
      }
      groups.at(-1)?.push(reading);
      room -= length;
    }
  }
  return groups;
}

/** Of one file; what follows is mostly of the same making. */
const MOST_FAULTS = 20;

function checkDockerfile({ path, fragment }: CheckReading, settings: CheckSettings): ChecksEvaluation {
  const subject = parseDockerfile(fragment.text, settings.today);
  const evaluation = evaluateChecks('dockerfile', subject, path, { ...settings, ignores: subject.ignores });
  const holes = subject.faults.slice(0, MOST_FAULTS).map(({ start, message }) => {
    return `line ${fragment.text.slice(0, start).split('\n').length}: ${message}`;
  });
  const rest = subject.faults.length - holes.length;
  return withHoles(evaluation, path, rest > 0 ? [...holes, `${rest} more faults of this kind`] : holes);
}

interface ParsedObjects {
  readonly document: YamlDocument;
  readonly objects: readonly KubernetesObject[];
}

function* checkYaml(
  group: readonly CheckReading[],
  settings: CheckSettings,
  visit: ManifestVisitor | undefined,
): Iterable<ChecksEvaluation> {
  const manifests = new Manifests();
  const parsed = group.map(({ path, fragment: { text } }) => {
    const { documents, problems } = parseYamlDocuments(text);
    const objects = documents.map((document) => ({ document, objects: manifests.add(document, path) }));
    const holes = isMeantForChecks(path, text) ? problems.map(({ message }) => message) : [];
    return { path, text, objects, holes };
  });
  visit?.(parsed.flatMap(({ path, objects }) => objects.flatMap((one) => visible(one, path))));
  for (const { path, text, objects, holes } of parsed) {
    const options = { ...settings, ignores: yamlIgnores(text) };
    for (const { document, objects: made } of objects) {
      for (const object of made)
        yield withGaps(evaluateChecks('kubernetes', object, path, options), path, gapsOf(object));
      if (made.length === 0) yield* composeEvaluation(document, path, options);
    }
    const project = projectOf(path);
    if (project !== undefined) yield withGaps(nothingEvaluated, path, [`is ${project}: --render checks what it makes`]);
    if (holes.length > 0) yield withHoles(nothingEvaluated, path, holes);
  }
}

function visible({ document, objects }: ParsedObjects, path: string): readonly ManifestObject[] {
  return objects.length === 0 ? [] : manifestObjects(document, path);
}

function withGaps(evaluation: ChecksEvaluation, path: string, reasons: readonly string[]): ChecksEvaluation {
  const notAssessed = [...evaluation.notAssessed, ...reasons.map((reason): NotAssessed => ({ path, reason }))];
  return reasons.length === 0 ? evaluation : { ...evaluation, notAssessed };
}

function composeEvaluation(
  document: YamlDocument,
  path: string,
  options: Parameters<typeof evaluateChecks>[3],
): ChecksEvaluation[] {
  if (!isCompose(document.value)) return [];
  const file = composeFileOf(document);
  const evaluation = evaluateChecks('compose', file, path, options);
  const notAssessed = file.notAssessed.map((reason) => ({ path, reason }));
  return [{ ...evaluation, notAssessed: [...evaluation.notAssessed, ...notAssessed] }];
}

const nothingEvaluated: ChecksEvaluation = {
  findings: [],
  passed: [],
  failed: [],
  notApplicable: [],
  notAssessed: [],
  problems: [],
};

/** A file that could not be understood, wholly or in part, is named: it is not the same as one in which nothing is wrong. */
function withHoles(evaluation: ChecksEvaluation, path: string, reasons: readonly string[]): ChecksEvaluation {
  const notAssessed = reasons.map((reason): NotAssessed => ({ path, reason }));
  const problems = reasons.map(
    (reason): Problem => ({
      code: 'file-not-checked',
      message: `A file was not checked, or not to its end: ${reason}.`,
      effect: 'degraded',
      subject: path,
    }),
  );
  return {
    ...evaluation,
    notAssessed: [...evaluation.notAssessed, ...notAssessed],
    problems: [...evaluation.problems, ...problems],
  };
}
