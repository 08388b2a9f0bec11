import { type Exception, states } from './words.ts';

/** What of the screen stands in its address. */
export interface ExceptionsSearch {
  /** Absent: all. */
  readonly state?: Exception['state'];
  /** Id of the exception beside the list. */
  readonly open?: string;
}

export function readExceptionsSearch({ state, open }: Readonly<Record<string, unknown>>): ExceptionsSearch {
  const known = states.find((one) => one === state);
  return {
    ...(known && { state: known }),
    ...(typeof open === 'string' && /^[0-9a-f-]{36}$/.test(open) && { open }),
  };
}
