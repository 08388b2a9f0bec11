import type { Check, CheckHit, Position, TextEdit } from '../check.ts';
import type { ComposeFile } from './file/compose-file.ts';
import type { ComposeService } from './file/service.ts';
import type { Setting } from './file/setting.ts';

/** A check that asks about each service by itself. */
interface ServiceCheck extends Omit<Check<'compose'>, 'subject' | 'maturity' | 'evaluate'> {
  find(service: ComposeService, file: ComposeFile): Iterable<Found>;
}

/** What is wrong with a service, and the setting that says so; the service itself where something is missing. */
export interface Found {
  readonly message: string;
  readonly at: Setting;
  readonly remediation?: string;
  readonly fix?: readonly TextEdit[] | undefined;
  /** See `CheckHit`. */
  readonly fixMayBreak?: string;
}

export function serviceCheck({ find, ...check }: ServiceCheck): Check<'compose'> {
  return {
    ...check,
    subject: 'compose',
    maturity: 'stable',
    evaluate: (file) =>
      file.services.length === 0
        ? { notApplicable: 'the file has no services' }
        : file.services.flatMap((service) => [...find(service, file)].map((found) => hitOf(service, found))),
  };
}

function hitOf(service: ComposeService, { message, at, remediation, fix, fixMayBreak }: Found): CheckHit {
  return {
    message: `service ${service.name}: ${message}`,
    position: at === service.setting ? nameOnly(at.position, service.name) : at.position,
    resource: { kind: 'service', name: service.name },
    ...(remediation !== undefined && { remediation }),
    ...(fix && { fix }),
    ...(fixMayBreak !== undefined && { fixMayBreak }),
  };
}

/** The many lines of a service are no place to point at. */
function nameOnly({ line, column }: Position, name: string): Position {
  return { line, column, endLine: line, endColumn: column + name.length };
}

/** For what a safe service has to have: asked of whole services only, see `ComposeService.isWhole`. */
export function missing(
  service: ComposeService,
  isThere: boolean,
  message: string,
  more: Partial<Found> = {},
): Found[] {
  return isThere || !service.isWhole ? [] : [{ message, at: service.setting, ...more }];
}

/** For one setting that has a value which it should not have. */
export function unwanted(
  setting: Setting | undefined,
  isUnwanted: (text: string) => boolean,
  message: string,
): Found[] {
  return setting !== undefined && isUnwanted(setting.text) ? [{ message, at: setting }] : [];
}

/** For one setting that should not be true. */
export function switchedOn(setting: Setting | undefined, message: string): Found[] {
  return setting?.isTrue ? [{ message, at: setting }] : [];
}
