import { asText, memberOf, parseJsonText, textsOf } from '#foundation/documents/index.ts';
import { type Problem, ProblemLog, type Result } from '#foundation/index.ts';
import type { Distribution } from '#model/index.ts';
import type { FilePattern } from '../cataloger.ts';

const DIRECTORIES = ['root/buildinfo', 'usr/share/buildinfo'];
const MANIFESTS = DIRECTORIES.map((directory) => `${directory}/content_manifests`);
const MAX_NAMES = 500;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,200}$/;

const maxBytes = 4 * 1024 * 1024;

/** What Red Hat's build system leaves in each image that it builds, for each build that the image stands on. */
export const redHatBuildFiles: readonly FilePattern[] = [...MANIFESTS, ...DIRECTORIES].map((path) => ({
  kind: 'directory',
  path,
  suffix: '',
  maxBytes,
}));

export interface RedHatBuild {
  readonly facts: Pick<Distribution, 'contentSets' | 'imageBuilds'>;
  readonly problems: readonly Problem[];
}

/**
 * The builds and the repositories that went into an image. Which repositories a package can have come from decides which of Red
 * Hat's statements hold for it. The files, as the build system wrote them over the years:
 *  - `Dockerfile-ubi8-8.5-200`, with the name of the component in a label;
 *  - `content_manifests/ubi9-container-9.3-1610.json`, named as the build, with its `content_sets`;
 *  - `content-sets.json` and `labels.json`.
 */
export function redHatBuild(files: ReadonlyMap<string, string>): RedHatBuild {
  const contentSets = new Set<string>();
  const imageBuilds = new Set<string>();
  const problems = new ProblemLog();
  for (const [path, text] of files) {
    if (!isOfBuild(path)) continue;
    const document = path.endsWith('.json') ? parseJsonText(text) : undefined;
    if (document?.ok === false) problems.add(unreadable(path));
    addNames(contentSets, document?.ok ? textsOf(memberOf(document.value, 'content_sets')) : []);
    addNames(imageBuilds, [buildOf(path, text, document)]);
  }
  return {
    facts: {
      ...(contentSets.size > 0 && { contentSets: [...contentSets].sort() }),
      ...(imageBuilds.size > 0 && { imageBuilds: [...imageBuilds].sort() }),
    },
    problems: problems.list(),
  };
}

function isOfBuild(path: string): boolean {
  return DIRECTORIES.some((directory) => path.startsWith(`${directory}/`));
}

function addNames(target: Set<string>, names: readonly (string | undefined)[]): void {
  for (const name of names) if (name !== undefined && NAME.test(name) && target.size < MAX_NAMES) target.add(name);
}

/** `component-version-release`. */
function buildOf(path: string, text: string, document: Result<unknown> | undefined): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'labels.json') return document?.ok ? buildInLabels(document.value) : undefined;
  if (name.endsWith('.json')) return path.includes('/content_manifests/') ? buildOfManifest(name) : undefined;
  const [, release] = /^Dockerfile-.{1,200}-([^-]{1,100}-[^-]{1,100})$/.exec(name) ?? [];
  const [, component] = /com\.redhat\.component"?[= ]{1,3}"([^"\n]{1,100})"/.exec(text) ?? [];
  return release && component ? `${component}-${release}` : undefined;
}

function buildOfManifest(name: string): string | undefined {
  return name === 'content-sets.json' ? undefined : name.slice(0, -'.json'.length);
}

function buildInLabels(labels: unknown): string | undefined {
  const parts = ['com.redhat.component', 'version', 'release'].map((label) => asText(memberOf(labels, label)));
  return parts.every(Boolean) ? parts.join('-') : undefined;
}

function unreadable(path: string): Problem {
  const message =
    'A content manifest is not valid JSON; which repositories the image was built from is not fully known.';
  return { code: 'content-manifest-unreadable', message, effect: 'degraded', subject: path };
}
