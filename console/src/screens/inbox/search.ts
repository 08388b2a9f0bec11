/** Whose work is shown. */
export const audiences = ['mine', 'teams', 'all'] as const;
export type Audience = (typeof audiences)[number];

export interface InboxSearch {
  readonly of?: Audience;
}

export function readInboxSearch({ of }: Readonly<Record<string, unknown>>): InboxSearch {
  const audience = audiences.find((one) => one === of);
  return audience === undefined ? {} : { of: audience };
}
