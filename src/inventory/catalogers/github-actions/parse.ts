import { linesOf, parseYaml, type Yaml } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector } from '../records.ts';

/** `uses:` of jobs (reusable workflows), of steps, and of the steps of composite actions. Those that begin with `./` are the repository's own. */
export function parseUses(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'github-actions', 'GitHub Actions file');
  const document = parseYaml(file);
  if (!document.ok) {
    collector.unreadable(document.error);
    return collector.result();
  }
  if (document.value.unreadableLines > 0) collector.problem('line-unreadable', UNREADABLE, 'incomplete');
  const releases = releasesIn(file.text());
  for (const uses of new Set(document.value.documents.flatMap(usesIn))) {
    if (uses.startsWith('.') || uses.includes('${{')) continue;
    const record = uses.startsWith('docker://') ? imageOf(uses.slice('docker://'.length)) : actionOf(uses, releases);
    if (record === undefined) collector.unusable(uses);
    else if (record.version === '') collector.unpinned(record);
    else collector.add({ ...record, relation: 'direct' });
  }
  return collector.result();
}

const UNREADABLE = 'Lines of a GitHub Actions file could not be read; actions that they use may be missing.';

/** At `jobs.<id>.uses`, `jobs.<id>.steps[].uses` and, in an action, `runs.steps[].uses`. */
function usesIn(document: Yaml): string[] {
  const jobs = Object.values(membersOf(membersOf(document)['jobs']));
  return [...jobs, membersOf(document)['runs']].flatMap((holder) => {
    const { uses, steps } = membersOf(holder);
    const ofSteps = Array.isArray(steps) ? steps.map((step) => membersOf(step)['uses']) : [];
    return [uses, ...ofSteps].filter((value): value is string => typeof value === 'string' && value !== '');
  });
}

function membersOf(value: Yaml | undefined): Readonly<Record<string, Yaml | undefined>> {
  return typeof value === 'object' && !Array.isArray(value) ? value : {};
}

const COMMIT = /^[0-9a-f]{40}$/;
const LINE =
  /\buses["']?\s{0,10}:\s{0,10}["']?([^\s"'#]{1,400}@[0-9a-f]{40})["']?\s{1,20}#\s{0,10}(?:tag[=:]\s{0,5})?(v?\d[\w.-]{0,50})/;

/** The release that stands as a comment behind a pinned commit, as the tools that renew pins write it: `@08c6903... # v5.0.0`. */
function releasesIn(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of linesOf(text)) {
    const [, uses, release] = LINE.exec(line.slice(0, 1000)) ?? [];
    if (uses !== undefined && release !== undefined) found.set(uses, release);
  }
  return found;
}

/**
 * `owner/repository/path@ref`. Advisories speak of releases: a commit counts as the release that its comment names, and keeps
 * its own hash in `vcs_url`.
 */
function actionOf(uses: string, releases: ReadonlyMap<string, string>): PackageRecord | undefined {
  const at = uses.lastIndexOf('@');
  const name = at === -1 ? uses : uses.slice(0, at);
  const reference = at === -1 ? '' : uses.slice(at + 1);
  if (!/^[\w.-]{1,100}\/[\w.-]{1,200}(?:\/[\w./-]{1,300})?$/.test(name)) return undefined;
  const [owner, repository] = name.split('/', 2);
  const release = releases.get(uses);
  if (!COMMIT.test(reference) || release === undefined) return { name, version: reference };
  return {
    name,
    version: release,
    qualifiers: { vcs_url: `git+https://github.com/${owner}/${repository}@${reference}` },
  };
}

/** `alpine:3.18`, `ghcr.io/owner/image@sha256:...`: the name with its registry's host apart. */
function imageOf(text: string): PackageRecord | undefined {
  const [, whole = '', tag, digest] =
    /^([\w./-]{1,300}(?::\d{1,5}\/[\w./-]{1,300})?)(?::([\w.-]{1,128}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(text) ?? [];
  if (whole === '') return undefined;
  const slash = whole.indexOf('/');
  const host = slash > 0 && /[.:]|^localhost$/.test(whole.slice(0, slash)) ? whole.slice(0, slash) : '';
  const name = host === '' ? whole : whole.slice(slash + 1);
  return {
    type: 'docker',
    name,
    version: digest ?? tag ?? '',
    ...(host !== '' && { qualifiers: { repository_url: host } }),
  };
}
