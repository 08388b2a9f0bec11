import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CheckSettings,
  type ChecksSummary,
  checkFiles,
  type ManifestVisitor,
  type MisconfigurationFinding,
} from '#checks/index.ts';
import { err, type Problem, type Result } from '#foundation/index.ts';
import { isComponent, linkIn, missingReference } from './local-references.ts';
import { findProjects, type Project } from './projects.ts';
import { SourceLines } from './source-lines.ts';
import { findTool, type Limits, programsFor, runTool } from './tool.ts';

/** What checking the manifests that charts and kustomizations make gave. */
export interface Rendered {
  readonly findings: readonly MisconfigurationFinding[];
  readonly summaries: readonly ChecksSummary[];
  readonly problems: readonly Problem[];
  /** Those that were rendered: what was said of their parts before is taken back. */
  readonly projects: readonly Project[];
  readonly notAssessed: ChecksSummary['notAssessed'];
}

export interface RenderOptions {
  readonly checks: CheckSettings;
  readonly visitManifests?: ManifestVisitor;
  readonly signal: AbortSignal;
  /** Where programs are looked for: the PATH of whoever scans. */
  readonly searchPath: string;
  readonly limits?: Partial<Limits>;
}

const LIMITS: Limits = { timeoutMs: 60_000, maxBytes: 16 * 1024 * 1024 };
const MAX_PROJECTS = 200;
/** Of all projects together. */
const MAX_TIME_MS = 10 * 60_000;

/** Renders every chart and kustomization below a directory with the tools that are on this machine, and asks all checks about the result. */
export async function renderProjects(root: string, options: RenderOptions): Promise<Rendered> {
  const found = await findProjects(root);
  const ends = performance.now() + MAX_TIME_MS;
  const done: Rendered[] = [];
  for (const [index, project] of found.entries()) {
    options.signal.throwIfAborted();
    const isOver = index >= MAX_PROJECTS || performance.now() > ends;
    done.push(isOver ? leftOut(project, 'there are too many to render') : await renderProject(project, options));
  }
  return {
    findings: done.flatMap(({ findings }) => findings),
    summaries: done.flatMap(({ summaries }) => summaries),
    problems: done.flatMap(({ problems }) => problems),
    projects: done.flatMap(({ projects }) => projects),
    notAssessed: done.flatMap(({ notAssessed }) => notAssessed),
  };
}

async function renderProject(project: Project, options: RenderOptions): Promise<Rendered> {
  if (project.kind === 'kustomization' && (await isComponent(join(project.directory, project.file)))) return NOTHING;
  const text = await renderedText(project, options);
  if (!text.ok) return leftOut(project, text.error);
  const reading = { path: `${fileOf(project)} (rendered)`, fragment: { kind: 'yaml', text: text.value } } as const;
  const { findings, summary, problems } = checkFiles([reading], settingsFor(project, options), options.visitManifests);
  return {
    findings: await placed(findings, project, new SourceLines(text.value)),
    summaries: [summary],
    problems,
    projects: [project],
    notAssessed: [],
  };
}

/** Into which namespace a chart goes is for whoever installs it to say. */
const ABOUT_NAMESPACES = [
  'kubernetes-default-namespace',
  'kubernetes-system-namespace',
  'kubernetes-critical-priority',
];

function settingsFor({ kind }: Project, { checks }: RenderOptions): CheckSettings {
  return kind === 'chart' ? { ...checks, disabled: [...(checks.disabled ?? []), ...ABOUT_NAMESPACES] } : checks;
}

async function renderedText(project: Project, { searchPath, limits }: RenderOptions): Promise<Result<string>> {
  const tool = await findTool(project.kind, searchPath);
  if (tool === undefined) return err(`${programsFor(project.kind)} is not installed here`);
  const obstacle = await (project.kind === 'chart' ? linkTold(project.directory) : missingReference(project.directory));
  if (obstacle !== undefined) return err(obstacle);
  return runTool(tool, project.directory, { ...LIMITS, ...limits });
}

async function linkTold(directory: string): Promise<string | undefined> {
  const link = await linkIn(directory);
  return link === undefined ? undefined : `${link} is a link, which helm would follow out of the chart`;
}

const NOTHING: Rendered = { findings: [], summaries: [], problems: [], projects: [], notAssessed: [] };

function leftOut(project: Project, reason: string): Rendered {
  const path = fileOf(project);
  const told = `the ${project.kind} was not rendered: ${reason}`;
  const problem: Problem = {
    code: 'not-rendered',
    message: `Manifests were not checked: ${told}.`,
    effect: 'degraded',
    subject: path,
  };
  return { ...NOTHING, problems: [problem], notAssessed: [{ path, reason: told }] };
}

function fileOf({ path, file }: Project): string {
  return path === '' ? file : `${path}/${file}`;
}

/** Edits are of a text that nobody has, so they are left out. */
async function placed(
  findings: readonly MisconfigurationFinding[],
  project: Project,
  sources: SourceLines,
): Promise<MisconfigurationFinding[]> {
  const templates = new Map<string, string | undefined>();
  const result: MisconfigurationFinding[] = [];
  for (const { fix: _edits, fixMayBreak: _risk, ...finding } of findings) {
    const inside = project.kind === 'chart' ? sources.fileOf(finding.position.line) : undefined;
    if (inside !== undefined && !templates.has(inside)) templates.set(inside, await templateText(project, inside));
    const template = inside === undefined ? undefined : templates.get(inside);
    const isKnown = inside !== undefined && template !== undefined;
    const path = isKnown ? fileOf({ ...project, file: inside }) : fileOf(project);
    const line = isKnown ? sources.lineIn(template, finding.position.line) : 1;
    result.push({
      ...finding,
      message: `${finding.message}, as ${project.kind} ${project.path || '.'} renders it`,
      location: { ...finding.location, path, line },
      position: { line, column: 1 },
    });
  }
  return result;
}

const MAX_TEMPLATE_CHARACTERS = 4 * 1024 * 1024;

async function templateText({ directory }: Project, inside: string): Promise<string | undefined> {
  const text = await readFile(join(directory, inside), 'utf8').catch(() => undefined);
  return text !== undefined && text.length <= MAX_TEMPLATE_CHARACTERS ? text : undefined;
}
