import { asMembers, asText, type Members } from '#foundation/documents/index.ts';

/** `license` of a package.json: an expression, or in old packages `{ type }`, a list of them, or a list under `licenses`. */
export function licencesOf(manifest: Members): string[] {
  return [manifest['license'], manifest['licenses']].flat().flatMap((licence) => {
    const text = asText(licence) ?? asText(asMembers(licence)?.['type']) ?? asText(asMembers(licence)?.['name']);
    return text === undefined ? [] : [text];
  });
}
