import { memberOf, parseJsonText, textsOf } from '#foundation/documents/index.ts';
import { type Problem, ProblemLog } from '#foundation/index.ts';
import type { Distribution } from '#model/index.ts';
import type { FilePattern } from '../cataloger.ts';

const MANIFESTS = ['root/buildinfo/content_manifests', 'usr/share/buildinfo/content_manifests'];
const MAX_NAMES = 500;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,200}$/;

/** What Red Hat's build system leaves in each image that it builds: one manifest for each build that the image stands on. */
export const redHatBuildFiles: readonly FilePattern[] = MANIFESTS.map((path) => ({
  kind: 'directory',
  path,
  suffix: '.json',
  maxBytes: 4 * 1024 * 1024,
}));

export interface RedHatBuild {
  readonly facts: Pick<Distribution, 'contentSets' | 'imageBuilds'>;
  readonly problems: readonly Problem[];
}

/**
 * The repositories and builds that content manifests tell, whose file names are the builds: `ubi9-container-9.3-1610.json`. Which
 * repositories a package can have come from decides which of Red Hat's statements hold for it.
 */
export function redHatBuild(files: ReadonlyMap<string, string>): RedHatBuild {
  const contentSets = new Set<string>();
  const imageBuilds = new Set<string>();
  const problems = new ProblemLog();
  for (const [path, text] of files) {
    if (!MANIFESTS.some((directory) => path.startsWith(`${directory}/`)) || imageBuilds.size >= MAX_NAMES) continue;
    const build = path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '');
    if (NAME.test(build)) imageBuilds.add(build);
    const document = parseJsonText(text);
    if (!document.ok) problems.add(unreadable(path));
    const named = document.ok ? textsOf(memberOf(document.value, 'content_sets')) : [];
    for (const name of named) if (NAME.test(name) && contentSets.size < MAX_NAMES) contentSets.add(name);
  }
  return {
    facts: {
      ...(contentSets.size > 0 && { contentSets: [...contentSets].sort() }),
      ...(imageBuilds.size > 0 && { imageBuilds: [...imageBuilds].sort() }),
    },
    problems: problems.list(),
  };
}

function unreadable(path: string): Problem {
  const message =
    'A content manifest is not valid JSON; which repositories the image was built from is not fully known.';
  return { code: 'content-manifest-unreadable', message, effect: 'degraded', subject: path };
}
