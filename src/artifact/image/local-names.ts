import { parseReference, renderReference } from '../reference/reference.ts';

/**
 * Whether a name that an engine has for an image is the one that the user typed. `short` names also find what Podman builds
 * as `localhost/name`.
 */
export function namesImage(stored: string, typed: string): boolean {
  const wanted = [typed, `localhost/${typed}`].map(canonical).filter((name) => name !== undefined);
  const held = canonical(stored);
  return held !== undefined && wanted.includes(held);
}

/** The text as image id: whole or at least 12 leading digits, as engines print them. */
export function asImageId(typed: string): string | undefined {
  return /^(?:sha256:)?([0-9a-f]{12,64})$/.exec(typed)?.[1];
}

function canonical(name: string): string | undefined {
  const reference = parseReference(name);
  return reference.ok ? renderReference(reference.value) : undefined;
}
