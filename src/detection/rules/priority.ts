/** Falco's priorities, the gravest first. */
export const priorities = [
  'Emergency',
  'Alert',
  'Critical',
  'Error',
  'Warning',
  'Notice',
  'Informational',
  'Debug',
] as const;

export type Priority = (typeof priorities)[number];

/** In any case; `Info` is `Informational`. */
export function parsePriority(text: string): Priority | undefined {
  const word = text.trim().toLowerCase();
  return priorities.find((priority) => priority.toLowerCase() === (word === 'info' ? 'informational' : word));
}
