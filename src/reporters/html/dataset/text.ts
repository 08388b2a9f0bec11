import { printable } from '#foundation/index.ts';

/** A text of the artifact or of a feed, as it is shown. */
export function text(value: string | undefined): string | undefined {
  return value === undefined ? undefined : printable(value);
}

/** Undefined, so that the member is left out, where there is nothing. */
export function texts(values: readonly string[]): string[] | undefined {
  return values.length === 0 ? undefined : values.map(printable);
}
