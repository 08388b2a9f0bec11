import { checks, type MisconfigurationFinding } from '#checks/index.ts';

const byId = new Map(checks.map((check) => [check.id, check]));

/** A place that fails a check of ours: its words, weight and advice are the check's. */
export function misconfiguration(
  id: string,
  { path, line }: { readonly path: string; readonly line: number },
  resource?: MisconfigurationFinding['resource'],
): MisconfigurationFinding {
  const check = byId.get(id);
  if (check === undefined) throw new RangeError(`there is no check ${id}`);
  const { subject, severity, title, rationale, remediation, controls, references } = check;
  return {
    kind: 'misconfiguration',
    id,
    subject,
    severity,
    title,
    message: title,
    rationale,
    remediation,
    location: { path, line },
    position: { line, column: 1 },
    controls,
    references,
    ...(resource && { resource }),
  };
}

/** Checks of that subject, for those who have nothing to say about its state. */
export function checksOf(subject: (typeof checks)[number]['subject']): readonly string[] {
  return checks.filter((check) => check.subject === subject).map(({ id }) => id);
}
