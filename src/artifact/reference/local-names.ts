import { sameReference } from './reference.ts';

/**
 * Whether a name that an engine has for an image is the one that the user typed. `short` names also find what Podman builds
 * as `localhost/name`.
 */
export function namesImage(stored: string, typed: string): boolean {
  return sameReference(stored, typed) || sameReference(stored, `localhost/${typed}`);
}

/** The text as image id: whole or at least 12 leading digits, as engines print them. */
export function asImageId(typed: string): string | undefined {
  return /^(?:sha256:)?([0-9a-f]{12,64})$/.exec(typed)?.[1];
}
