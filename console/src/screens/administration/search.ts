/** What of a section stands in its address. */
export interface AdministrationSearch {
  /** Of messages: `dead`. */
  readonly state?: string;
  /** Of the audit log: beginning of the action. */
  readonly action?: string;
}

export function readAdministrationSearch({ state, action }: Readonly<Record<string, unknown>>): AdministrationSearch {
  return {
    ...(typeof state === 'string' && /^[a-z]{1,20}$/.test(state) && { state }),
    ...(typeof action === 'string' && /^[a-z.-]{1,60}$/.test(action) && { action }),
  };
}
