import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { type AttackPath, type AttackPaths, attackPaths, type ExploitedImages, footholdWords } from '#checks/index.ts';
import { err, ok, printable, type Result } from '#foundation/index.ts';
import type { ClusterState } from '#posture/index.ts';
import { readSavedReport, type SavedReport } from '#scan/index.ts';
import { writeAll } from '../../terminal.ts';

/**
 * @param to a file, its form by its ending; `-` for the terminal
 * @param scans JSON reports of images that run in the cluster
 */
export async function writeAttackPaths(
  state: ClusterState,
  to: string,
  scans: readonly string[],
): Promise<Result<undefined>> {
  const exploited = await exploitedImages(scans);
  if (!exploited.ok) return exploited;
  const found = attackPaths(state, exploited.value);
  const text = RENDERERS.get(extname(to)) ?? asText;
  if (to === '-') await writeAll(process.stdout, text(found));
  else await writeFile(to, text(found), { mode: 0o600 });
  return ok(undefined);
}

async function exploitedImages(files: readonly string[]): Promise<Result<ExploitedImages>> {
  const images = new Map<string, readonly string[]>();
  for (const file of files) {
    const report = await readSavedReport(file);
    if (!report.ok) return err(report.error);
    images.set(report.value.artifact.name, exploitedIn(report.value));
  }
  return ok(images);
}

/** What was decided to be no problem is no way in. */
function exploitedIn({ findings }: SavedReport): readonly string[] {
  return findings.filter(({ kev, decision }) => kev !== undefined && decision === undefined).map(({ id }) => id);
}

const RENDERERS: ReadonlyMap<string, (found: AttackPaths) => string> = new Map([
  ['.json', asJson],
  ['.mmd', asMermaid],
]);

const MAX_SHOWN = 50;

function asText({ paths, cuts, footholds }: AttackPaths): string {
  const shown = paths.slice(0, MAX_SHOWN);
  const rest = paths.length - shown.length;
  return [
    `Ways from outside: ${paths.length}, among ${footholds} footholds; the easiest first.`,
    ...shown.map(pathText),
    ...(rest > 0 ? [`and ${rest} more: --paths FILE.json has all`] : []),
    ...cuts.map(({ goal, cuts, isWhole }) => {
      const lines = cuts.map(({ what }) => `  - ${what}.`);
      const head = isWhole
        ? `What leaves no way to ${goal}:`
        : `What was found against the ways to ${goal}; some are left:`;
      return [head, ...lines].join('\n');
    }),
  ]
    .map((part) => part.split('\n').map(printable).join('\n'))
    .join('\n\n')
    .concat('\n');
}

function pathText({ what, entry, steps, weight }: AttackPath, index: number): string {
  const head = `${index + 1}. ${what}${entry === undefined ? '' : `, from ${entry}`} (weight ${weight})`;
  return [head, ...steps.map(({ how, to }, at) => `   ${at + 1}. ${how}\n      has: ${footholdWords(to)}`)].join('\n');
}

function asJson({ paths, cuts, footholds }: AttackPaths): string {
  return `${JSON.stringify({ schema: 'plimsoll.attack-paths.v1', footholds, paths, cuts }, null, 1)}\n`;
}

const MAX_DRAWN = 20;

/** https://mermaid.js.org/syntax/flowchart.html; texts are quoted, and quotes in them are written as entities. */
function asMermaid({ paths }: AttackPaths): string {
  const steps = new Map(
    paths.slice(0, MAX_DRAWN).flatMap((path) => path.steps.map((step) => [`${step.from}\n${step.to}`, step] as const)),
  );
  const ids = new Map<string, string>();
  const id = (foothold: string): string => {
    const known = ids.get(foothold);
    if (known !== undefined) return known;
    const made = `n${ids.size}`;
    ids.set(foothold, made);
    return `${made}["${quoted(footholdWords(foothold))}"]`;
  };
  const lines = [...steps.values()].map(({ from, to, how }) => `  ${id(from)} -->|"${quoted(how)}"| ${id(to)}`);
  return `flowchart LR\n${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return printable(text).replaceAll('"', '#quot;').slice(0, 200);
}
