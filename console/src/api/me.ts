import { useSuspenseQuery } from '@tanstack/react-query';
import { type Me, meQuery, type Permission } from './queries.ts';

/** Who is signed in; in screens that only somebody signed in sees. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether somebody may do something anywhere: what they may not is not offered. The server decides. */
export function may({ grants }: Me, permission: Permission): boolean {
  return grants.some(({ permissions }) => permissions.includes(permission));
}
