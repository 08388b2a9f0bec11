import type { Problem } from '#foundation/index.ts';
import { formatTitle, type SbomDocument } from './document.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const OLD_DAYS = 30;

/** Whose word an inventory from an SBOM is, and how old: an SBOM is a claim, and of the day on which it was made. */
export function provenanceNotes(document: SbomDocument, path: string, now: Date): Problem[] {
  const note = (code: string, message: string): Problem => ({ code, message, effect: 'note', subject: path });
  const tools = document.tools.length === 0 ? 'an unnamed tool' : document.tools.slice(0, 3).join(', ');
  const when = document.created === undefined ? 'on an unknown day' : `on ${document.created.slice(0, 10)}`;
  const notes = [
    note(
      'sbom-not-verified',
      `What is aboard is what the SBOM says (${formatTitle(document)}, by ${tools}, ${when}); the artifact itself was not looked at.`,
    ),
  ];
  if (document.isEnveloped) {
    const message = 'The SBOM came in an envelope made for a signature, which was not verified.';
    notes.push(note('sbom-signature-not-verified', message));
  }
  const days = Math.floor((now.getTime() - Date.parse(document.created ?? '')) / DAY_MS);
  if (days > OLD_DAYS) {
    const message = `The SBOM is ${days} days old; what was installed or upgraded since is not in it.`;
    notes.push(note('sbom-old', message));
  }
  return notes;
}
