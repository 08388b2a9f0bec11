import { QueryClient, queryOptions } from '@tanstack/react-query';
import { call } from './api.ts';
import { type AnswerOf, ApiProblem } from './client.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      // What the server said no to it will say no to again.
      retry: (count, error) => count < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
    },
  },
});

export type Me = AnswerOf<'getMe'>;
/** What somebody may do: `findings:triage`. */
export type Permission = Me['grants'][number]['permissions'][number];

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call('getMe', undefined, { signal }),
  staleTime: 5 * 60_000,
});
