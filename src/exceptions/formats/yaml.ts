import { stringify } from 'yaml';
import { decidedState, isJustification } from '../exception.ts';
import type { ExportedException, ExportedFinding } from './exported.ts';

const HEAD =
  '# Exceptions that hold on the server, for "plimsoll scan --exceptions". Made by it: changes here do not come back.\n';

/**
 * The format of files of exceptions (docs/reference/exceptions.md). A file knows neither findings nor teams by id: an exception for one
 * of those becomes an entry for each rule, package and asset that it hides. Assets that are no repositories are left to the server: files
 * name images only.
 */
export function yaml(exceptions: readonly ExportedException[]): string {
  const entries = exceptions.flatMap(entriesOf);
  return HEAD + stringify({ version: 1, exceptions: entries }, { lineWidth: 0 });
}

function entriesOf(exception: ExportedException): object[] {
  const { scope } = exception;
  const isOfServer = scope.finding !== undefined || scope.team !== undefined;
  if (isOfServer) return distinct(exception.findings.flatMap((finding) => entryOfFinding(exception, finding)));
  if (scope.assets && scope.assets.kind !== 'repository') return [];
  return [
    {
      ...(scope.rule !== undefined && { id: scope.rule }),
      ...(scope.package !== undefined && { package: scope.package }),
      ...(scope.kind !== undefined && { kind: scope.kind }),
      ...(scope.assets && { image: imageOf(scope.assets.name) }),
      ...statement(exception),
    },
  ];
}

function entryOfFinding(exception: ExportedException, { kind, rule, subject, asset }: ExportedFinding): object[] {
  if (asset.kind !== 'repository') return [];
  return [
    {
      id: literally(rule),
      ...(subject.startsWith('pkg:') && { package: subject }),
      kind,
      image: imageOf(literally(asset.name)),
      ...statement(exception),
    },
  ];
}

/** Every tag and digest of a repository. */
function imageOf(repository: string): string {
  return `${repository}{,:*,@*}`;
}

function literally(text: string): string {
  return text.replaceAll(/[*?[\]{}\\]/g, '\\$&');
}

function statement({ id, reason, text, requester, approvers, createdAt, expiresAt }: ExportedException): object {
  return {
    state: reason === 'deferred-until-fix' ? 'deferred' : decidedState(reason),
    ...(isJustification(reason) && { justification: reason }),
    reason: `${text} (exception ${id})`,
    author: requester,
    ...(approvers.length > 0 && { 'approved-by': approvers.join(', ') }),
    created: day(createdAt),
    expires: day(expiresAt),
    ...(reason === 'deferred-until-fix' && { 'until-fix': true }),
  };
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function distinct(entries: readonly object[]): object[] {
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
}
