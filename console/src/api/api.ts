import { ApiProblem, createClient } from './client.ts';

/** The server that handed out this page. */
export const { call, all, address } = createClient();

/** What is wrong with a member of the body that was sent: `password`. */
export function faultOf(error: unknown, member: string): string | undefined {
  return error instanceof ApiProblem
    ? error.fields.find(({ field }) => field === `body.${member}`)?.message
    : undefined;
}

/** An error in words for people. */
export function wordsOf(error: unknown): string {
  if (error instanceof ApiProblem) return error.message;
  if (isNoAnswer(error)) return 'The server does not answer. Is it running, and is the network there?';
  return error instanceof Error ? error.message : 'It is a fault of ours.';
}

/** What `fetch` throws has no type of its own; browsers say it in different words. */
export function isNoAnswer(error: unknown): boolean {
  return error instanceof TypeError && /fetch|network|load failed/i.test(error.message);
}
