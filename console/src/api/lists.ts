import { queryOptions } from '@tanstack/react-query';
import { all } from './api.ts';

/** All of a list that is short: `collect(all('listTeams'))`. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

export const teamsQuery = queryOptions({ queryKey: ['teams'], queryFn: () => collect(all('listTeams')) });
