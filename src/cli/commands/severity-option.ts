import { InvalidArgumentError } from 'commander';
import { isSeverity, type Severity, severities } from '#model/index.ts';

/** `critical,high` of an option. */
export function parseSeverities(text: string): Severity[] {
  return text.split(',').map((word) => {
    const severity = word.trim().toLowerCase();
    if (!isSeverity(severity)) throw new InvalidArgumentError(`Choose among ${severities.join(', ')}.`);
    return severity;
  });
}
