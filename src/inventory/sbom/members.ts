import { asList, asMembers, type Members } from '#foundation/documents/index.ts';

/** The objects of a list; what is no object is left out. */
export function membersIn(list: unknown): Members[] {
  return (asList(list) ?? []).map(asMembers).filter((item) => item !== undefined);
}
