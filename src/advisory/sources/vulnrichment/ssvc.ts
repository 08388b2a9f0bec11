import type { Ssvc } from '../../advisory.ts';
import { asDate, asText } from '../../documents/json-values.ts';

const EXPLOITATION: ReadonlyMap<string, NonNullable<Ssvc['exploitation']>> = new Map([
  ['none', 'none'],
  ['poc', 'poc'],
  ['public poc', 'poc'],
  ['active', 'active'],
]);
const IMPACT: ReadonlyMap<string, NonNullable<Ssvc['technicalImpact']>> = new Map([
  ['partial', 'partial'],
  ['total', 'total'],
]);

/** The answers in CISA's words, whose case has changed over time. Undefined when there is none. */
export function readSsvc(answers: {
  readonly exploitation: unknown;
  readonly automatable: unknown;
  readonly technicalImpact: unknown;
  readonly timestamp: unknown;
}): Ssvc | undefined {
  const exploitation = EXPLOITATION.get(word(answers.exploitation));
  const automatable = word(answers.automatable);
  const technicalImpact = IMPACT.get(word(answers.technicalImpact));
  const date = asDate(answers.timestamp)?.slice(0, 10);
  const isAnswered = automatable === 'yes' || automatable === 'no';
  if (exploitation === undefined && technicalImpact === undefined && !isAnswered) return undefined;
  return {
    ...(exploitation === undefined ? {} : { exploitation }),
    ...(isAnswered ? { automatable: automatable === 'yes' } : {}),
    ...(technicalImpact === undefined ? {} : { technicalImpact }),
    ...(date === undefined ? {} : { date }),
  };
}

function word(value: unknown): string {
  return asText(value)?.toLowerCase() ?? '';
}
