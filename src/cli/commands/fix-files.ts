import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { digestOfTag, listTags } from '#artifact/index.ts';
import { err, ok, painter, printable, printableLines, type Result } from '#foundation/index.ts';
import type { Severity } from '#model/index.ts';
import {
  applyEdits,
  type FileEdit,
  type FixPlan,
  type ImageRegistry,
  planFixes,
  proposeEdits,
  unifiedDiff,
} from '#remedy/index.ts';
import { type ScanReport, type ScanRequest, scan } from '#scan/index.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { writeFileWhole } from '../outputs.ts';
import { wantsColor, writeAll } from '../terminal.ts';

interface FilesFix {
  readonly root: string;
  /** Of the scanned image, relative to `root`. */
  readonly dockerfile?: string;
  readonly report: ScanReport;
  /** How the report was made, to make another. */
  readonly request: ScanRequest;
  readonly only: readonly string[];
  readonly severities: readonly Severity[];
  /** Registries are asked nothing. */
  readonly offline: boolean;
  readonly overrides: boolean;
  readonly breaking: boolean;
  readonly yes: boolean;
  readonly undoFile?: string;
}

/** Shows the edits, asks, writes them and looks whether they did what they should. */
export async function fixFiles(fix: FilesFix): Promise<ExitCode> {
  const { root, report, request } = fix;
  const plan = planFixes(report);
  const proposal = await proposeEdits(plan, {
    root,
    ...(fix.dockerfile !== undefined && { dockerfile: fix.dockerfile }),
    report,
    only: fix.only,
    severities: fix.severities,
    allowsOverrides: fix.overrides,
    allowsBreaking: fix.breaking,
    assess: (directory) => assessed(directory, request),
    registry: fix.offline ? noRegistry : registryOf(request),
    signal: request.signal,
  });
  await writeAll(process.stdout, diffLines(proposal.edits));
  await writeAll(
    process.stdout,
    remarks(
      'Not done here',
      proposal.refusals.map(({ step, reason }) => `${step}: ${reason}`),
    ),
  );
  await writeAll(process.stdout, remarks('To know before', proposal.notes));
  if (proposal.edits.length === 0) {
    const words = printable([...fix.only, ...fix.severities].join(', '));
    const isUnmatched = words !== '' && proposal.refusals.length === 0;
    say(
      isUnmatched
        ? `No step of the plan is about ${words}; --plan shows them.`
        : 'There is nothing to edit; --plan says what to do otherwise.',
    );
    return exitOf(report);
  }
  if (!(await isAgreed(proposal.edits, fix.yes, request.signal))) return exitOf(report);
  if (fix.undoFile !== undefined) await writeFileWhole(fix.undoFile, proposal.edits.flatMap(undoOf));
  const applied = await applyEdits(root, proposal.edits);
  if (!applied.ok) {
    process.stderr.write(`plimsoll: ${printableLines(applied.error)}\n`);
    return exitCodes.notAssessed;
  }
  say(`Written: ${proposal.edits.map(({ file }) => printable(file.path)).join(', ')}.`);
  if (fix.dockerfile === undefined) return proveIt(plan, request);
  say('Build the image and scan it again: only that shows what is gone.');
  return exitOf(report);
}

async function assessed(directory: string, request: ScanRequest): Promise<Result<ScanReport>> {
  const done = await scan({ ...request, target: `dir:${directory}`, search: {}, onProgress: () => undefined });
  return done.ok ? ok(done.value) : err(done.error.message);
}

const silence = '--offline asks no registry';
const noRegistry: ImageRegistry = { silence, tags: async () => err(silence), digest: async () => err(silence) };

/** The registries that the target would be read from, with the same logins. */
function registryOf({ open: { registries = {} }, signal }: ScanRequest): ImageRegistry {
  return {
    async tags(name) {
      const listed = await listTags({ name, registries, signal });
      return listed.ok ? ok(listed.value) : err(listed.error.message);
    },
    async digest(name) {
      const found = await digestOfTag({ name, registries, signal });
      return found.ok ? ok(found.value) : err(found.error.message);
    },
  };
}

function* diffLines(edits: readonly FileEdit[]): Iterable<string> {
  const paint = painter(wantsColor(process.stdout, process.env));
  for (const { file, after } of edits) {
    for (const line of unifiedDiff({ path: printable(file.path), before: file.text, after })) {
      // A carriage return would let one line be drawn over another.
      const shown = printableLines(line.replaceAll('\r', ''));
      const style = /^(?:---|\+\+\+)/.test(line)
        ? 'bold'
        : line.startsWith('@@')
          ? 'cyan'
          : line.startsWith('+')
            ? 'green'
            : 'red';
      yield line.startsWith(' ') ? shown : `${paint(style, shown.trimEnd())}\n`;
    }
  }
}

function undoOf({ file, after }: FileEdit): string[] {
  return unifiedDiff({ path: file.path, before: after, after: file.text });
}

function remarks(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`\n${title}:\n`, ...lines.map((line) => `  - ${printable(line)}\n`)];
}

async function isAgreed(edits: readonly FileEdit[], isAgreedAlready: boolean, signal: AbortSignal): Promise<boolean> {
  if (isAgreedAlready) return true;
  const files = edits.map(({ file }) => printable(file.path)).join(', ');
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    say(`Nothing was written to ${files}: without a terminal to ask on, --yes writes.`);
    return false;
  }
  return /^\s*y(?:es)?\s*$/i.test(await answerTo(`\nWrite this to ${files}? [y/N] `, signal));
}

/** The end of the input is an answer too: an empty one. */
async function answerTo(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // While a line is edited, the terminal hands Ctrl-C to the editor instead of signalling it.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return await Promise.race([terminal.question(question, { signal }), once(terminal, 'close').then(() => '')]);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && error.name === 'AbortError') return '';
    throw error;
  } finally {
    terminal.close();
  }
}

/** Nobody has to take our word: the directory is scanned again. */
async function proveIt(before: FixPlan, request: ScanRequest): Promise<ExitCode> {
  const again = await scan({ ...request, onProgress: () => undefined });
  if (!again.ok) {
    process.stderr.write(`plimsoll: the second scan failed: ${printableLines(again.error.message)}\n`);
    return exitCodes.notAssessed;
  }
  const after = planFixes(again.value);
  const sums = [
    ...(request.advisories === 'none' ? [] : [differenceWords('', before.totals, after.totals)]),
    ...(before.configuration && after.configuration && before.configuration.totals.open > 0
      ? [differenceWords('misconfigurations: ', before.configuration.totals, after.configuration.totals)]
      : []),
  ];
  say(`Scanned again: ${sums.join('; ')}.`);
  if (after.groups.some(({ place }) => place.kind === 'installed'))
    say('Some are in libraries that were installed before: install them again (npm ci, pip install -r ...).');
  return exitOf(again.value);
}

function differenceWords(what: string, before: { readonly open: number }, after: { readonly open: number }): string {
  const removed = before.open - after.open;
  return removed >= 0
    ? `${what}removed ${removed}, left ${after.open}`
    : `${what}${after.open} are open, ${-removed} more than before`;
}

function exitOf({ assessment }: ScanReport): ExitCode {
  return assessment === 'complete' ? exitCodes.ok : exitCodes.notAssessed;
}

function say(words: string): void {
  process.stdout.write(`\n${words}\n`);
}
