import type { Style } from '#foundation/index.ts';
import type { Severity } from '#model/index.ts';

export const severityStyle: Readonly<Record<Severity, Style>> = {
  critical: 'magenta',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'dim',
  unknown: 'dim',
};
