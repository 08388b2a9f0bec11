import { isSecretName } from '../secret-name.ts';
import type { Assignment } from './file/assignment.ts';

const HARMLESS_VALUE = /^(?:|true|false|yes|no|on|off|null|none|\/.*|\*+)$/i;
const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@]{0,128}:([^\s/@]{1,256})@/i;

/** Images of databases and queues call it so: `RABBITMQ_DEFAULT_PASS`. */
export function namesSecret({ name }: Pick<Assignment, 'name'>): boolean {
  return isSecretName(name) || /_PASS$/i.test(name);
}

/** Whether an assignment has a secret by its name and says it in the file. */
export function holdsSecret({ name, value, isOpen }: Assignment): boolean {
  return value !== undefined && !isOpen && namesSecret({ name }) && !HARMLESS_VALUE.test(value.trim());
}

/** Whether it is an address with a password in it. */
export function secretInUrl({ value = '' }: Pick<Assignment, 'value'>): boolean {
  const password = URL_WITH_PASSWORD.exec(value)?.[1];
  return password !== undefined && !password.startsWith('${');
}
