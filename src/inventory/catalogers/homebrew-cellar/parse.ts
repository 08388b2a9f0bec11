import { asText, memberOf, parseJson } from '#foundation/documents/index.ts';
import type { Problem } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { optional } from '../../optional.ts';
import type { ParsedPart, RecordPart } from '../package-directories.ts';
import { fileName } from '../places.ts';

/** `Cellar/<formula>/<version>`, its `_1` being the revision of the formula. */
const KEG = /(?:^|\/)Cellar\/([^/]+)\/([^/]+)(?=\/(?:INSTALL_RECEIPT\.json|\.brew\/[^/]+\.rb)$)/;

/** The directory of a keg, for its receipt and for the formula that is kept in it. */
export function kegOf(path: string): string {
  const found = KEG.exec(path);
  return found === null ? path : path.slice(0, found.index + found[0].length);
}

export function parseKeg(file: InputFile): ParsedPart {
  const [, formula, version] = KEG.exec(file.path) ?? [];
  if (formula === undefined || version === undefined) return { problems: [] };
  if (fileName(file.path) !== 'INSTALL_RECEIPT.json')
    return { part: { name: formula, version, licences: licencesOf(file.text()) }, problems: [] };
  const document = parseJson(file);
  if (!document.ok) return { part: { name: formula, version }, problems: [unreadable(file.path, document.error)] };
  return { part: { version, ...fromReceipt(formula, document.value) }, problems: [] };
}

/** Formulae of other taps than the main one are named with their tap: `harbour/tap/charts`. */
function fromReceipt(formula: string, receipt: unknown): RecordPart {
  const tap = asText(memberOf(memberOf(receipt, 'source'), 'tap')) ?? '';
  const isOther = /^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(tap) && tap !== 'homebrew/core';
  const isAsked = memberOf(receipt, 'installed_on_request') === true;
  const isNeeded = memberOf(receipt, 'installed_as_dependency') === true;
  return {
    name: isOther ? `${tap}/${formula}` : formula,
    ...optional('architecture', asText(memberOf(receipt, 'arch'))),
    ...((isAsked || isNeeded) && { relation: isAsked ? 'direct' : 'transitive' }),
  };
}

/** `license "MIT"`, `license any_of: ["MIT", "Apache-2.0"]`, `license all_of: […]`. Deeper nesting is given by its words. */
function licencesOf(formula: string): string[] {
  const [, value = ''] = /^ {0,8}license (.{1,400})$/m.exec(formula.slice(0, 64 * 1024)) ?? [];
  const names = [...value.matchAll(/"([^"]{1,100})"/g)].map(([, name = '']) => name);
  if (names.length < 2) return names;
  const isFlat = /^(?:any_of|all_of): \["[^[\]]{1,300}\]$/.test(value) && !value.includes('=>');
  if (!isFlat) return [value.slice(0, 200)];
  return value.startsWith('any_of') ? [names.join(' OR ')] : names;
}

function unreadable(path: string, reason: string): Problem {
  const message = `An installation receipt of Homebrew could not be read (it ${reason}); only what its path tells is known.`;
  return { code: 'homebrew-receipt-unreadable', message, effect: 'degraded', subject: path };
}
