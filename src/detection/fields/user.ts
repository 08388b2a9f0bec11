import type { RuntimeEvent } from '#runtime/index.ts';
import type { FieldContext, UserAccount } from './context.ts';
import { type Field, field } from './field.ts';

type E = RuntimeEvent;
const NOBODY = 4_294_967_295;

/** `user.*` and `group.*`. In containers only root has a name that is known: the accounts of the host are not theirs. */
export function userFields(context: FieldContext): readonly Field<E>[] {
  const account = ({ process, container }: E, uid = process.uid): UserAccount | undefined =>
    container === undefined || uid === 0 ? context.user(uid) : undefined;
  return [
    field('user.uid', 'integer', 'id of the user', ({ process }) => process.uid),
    field('user.name', 'text', 'name of the user', (event) => account(event)?.name),
    field('user.homedir', 'text', 'home directory of the user', (event) => account(event)?.home),
    field('user.shell', 'text', 'shell of the user', (event) => account(event)?.shell),
    field('user.loginuid', 'integer', 'id of the user who logged in; -1 when nobody did', ({ process }) =>
      process.loginUid === NOBODY ? -1 : process.loginUid,
    ),
    field('user.loginname', 'text', 'name of the user who logged in', ({ process }) =>
      process.loginUid === NOBODY ? undefined : context.user(process.loginUid)?.name,
    ),
    field('group.gid', 'integer', 'id of the group', ({ process }) => process.gid),
    field('group.name', 'text', 'name of the group', ({ process, container }) =>
      container === undefined || process.gid === 0 ? context.group(process.gid) : undefined,
    ),
  ];
}
