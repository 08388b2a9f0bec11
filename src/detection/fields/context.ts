/** What fields are read by beside the event. */
export interface FieldContext {
  readonly hostname: string;
  /** The user of the host with an id; containers have users of their own, of whom only root is known to be one. */
  user(uid: number): UserAccount | undefined;
  group(gid: number): string | undefined;
}

export interface UserAccount {
  readonly name: string;
  readonly home: string;
  readonly shell: string;
}

/** For replays and checks, where nothing of the host is known. */
export const bareContext: FieldContext = {
  hostname: 'localhost',
  user: (uid) => (uid === 0 ? { name: 'root', home: '/root', shell: '' } : undefined),
  group: (gid) => (gid === 0 ? 'root' : undefined),
};
