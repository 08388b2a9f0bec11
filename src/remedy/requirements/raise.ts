import { pythonPackageName } from '#inventory/index.ts';
import { parseConstraint, versionScheme } from '#versions/index.ts';

/** A package to be had in a later version. */
export interface Raise {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface RaisedText {
  readonly text: string;
  /** Names that were found and are raised now, in the form of PEP 503. */
  readonly raised: ReadonlySet<string>;
  /** Why a line that was found stays as it is. */
  readonly refused: ReadonlyMap<string, string>;
}

/**
 * Raises requirements in a requirements or constraints file and touches nothing else: comments, markers, extras, line ends and
 * continuations stay. A pin goes to the new version, an open range gets it as its lower bound.
 * https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
export function raiseRequirements(text: string, raises: readonly Raise[]): RaisedText {
  const byName = Map.groupBy(raises, ({ name }) => pythonPackageName(name));
  const raised = new Set<string>();
  const refused = new Map<string, string>();
  const lines = logicalLines(text).map((line) => {
    const parts = partsOf(line);
    const name = pythonPackageName(parts?.name ?? '');
    const raise = parts && raiseFor(line.slice(parts.start, parts.end), byName.get(name) ?? []);
    if (!parts || !raise) return line;
    const changed = raisedLine(line, parts, raise);
    if (changed.ok) raised.add(name);
    else refused.set(name, changed.reason);
    return changed.ok ? changed.line : line;
  });
  return { text: lines.join(''), raised, refused };
}

/** Other files that a requirements file names: `-r base.txt`, `--constraint=more.txt`; as they are written. */
export function includedFiles(text: string): string[] {
  return logicalLines(text).flatMap((line) => {
    const other = /^\s{0,20}(?:-r|-c|--requirement|--constraint)[\s=]{0,10}(\S{1,1000})/.exec(line)?.[1];
    return other === undefined ? [] : [other];
  });
}

/** Lines with their ends; what a backslash continues is one. Joined again they are the text. */
function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let continued: string[] = [];
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    continued.push(line);
    if (/\\\r?\n$/.test(line)) continue;
    lines.push(continued.join(''));
    continued = [];
  }
  return [...lines, continued.join('')];
}

interface Parts {
  readonly name: string;
  /** Place of the version clauses in the line. */
  readonly start: number;
  readonly end: number;
}

/** A requirement that begins the line; addresses, options and anything unusual are none. */
function partsOf(line: string): Parts | undefined {
  const found =
    /^(\ufeff?[ \t]{0,100})([A-Za-z0-9][A-Za-z0-9._-]{0,200})([ \t]{0,20}\[[^\]\n]{0,500}\])?[ \t]{0,20}/.exec(line);
  const name = found?.[2];
  if (!found || name === undefined) return undefined;
  const start = found[0].length;
  const clauses =
    /^(?:[<>=!~]=?=?[ \t]{0,20}[A-Za-z0-9.*+!_-]{1,100}[ \t]{0,20},?[ \t]{0,20}){0,20}/.exec(line.slice(start))?.[0] ??
    '';
  const rest = line.slice(start + clauses.length);
  const isPlain = /^(?:$|[;#\r\n\\]|--)/.test(rest.trimStart()) || rest.trim() === '';
  return isPlain ? { name, start, end: start + clauses.trimEnd().length } : undefined;
}

const pin = /(^|,)([ \t]{0,20}={2,3}[ \t]{0,20})([^,*\s]{1,100})(?=[ \t]*(?:,|$))/;

/** Lines may pin the same package several times, each for another Python: each goes its own way. A pin to any other version is not meant. */
function raiseFor(clauses: string, raises: readonly Raise[]): Raise | undefined {
  const pinned = pin.exec(clauses)?.[3];
  return pinned === undefined ? raises.at(-1) : raises.find(({ from }) => isEqual(from, pinned));
}

type RaisedLine = { readonly ok: true; readonly line: string } | { readonly ok: false; readonly reason: string };

function raisedLine(line: string, { start, end }: Parts, { name, to }: Raise): RaisedLine {
  if (/--hash[=\s]/.test(line))
    return {
      ok: false,
      reason: `it is pinned by hashes: lock it again (pip-compile --generate-hashes --upgrade-package ${name}==${to})`,
    };
  const clauses = line.slice(start, end);
  const changed = clauses === '' ? `>=${to}` : raisedClauses(clauses, to);
  if (changed === undefined)
    return { ok: false, reason: `"${clauses}" does not allow ${to}: somebody must decide about the bound` };
  return { ok: true, line: line.slice(0, start) + changed + line.slice(end) };
}

/** The clauses with the new version as pin or lower bound; undefined where another clause forbids it. */
function raisedClauses(clauses: string, to: string): string | undefined {
  const lower = /(^|,)([ \t]{0,20})>=?([ \t]{0,20})([^,*=\s][^,*\s]{0,100})(?=[ \t]*(?:,|$))/;
  let changed = `${clauses},>=${to}`;
  if (pin.test(clauses)) {
    changed = clauses.replace(pin, (_all, comma, sign) => `${comma}${sign}${to}`);
  } else if (lower.test(clauses)) {
    changed = clauses.replace(lower, (_all, comma, blanks, more) => `${comma}${blanks}>=${more}${to}`);
  }
  const constraint = parseConstraint(changed, 'pep440');
  const holds = constraint.ok ? constraint.value.satisfies(to, { includePrerelease: true }) : constraint;
  return holds.ok && holds.value ? changed : undefined;
}

function isEqual(a: string, b: string): boolean {
  if (a === b) return true;
  const order = versionScheme('pep440')?.compare(a, b);
  return order?.ok === true && order.value === 0;
}
