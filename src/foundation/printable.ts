/**
 * Characters that a terminal or a text renderer acts on instead of showing: C0 and C1 controls, DEL, bidirectional
 * controls, zero-width and invisible format characters, line separators, tags and lone surrogates. A package name with an
 * escape sequence could otherwise clear the screen, forge rows or reverse what is read (CVE-2021-42574 and its kind).
 */
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]|\p{Cs}/gu;

/** Makes a text from scanned content safe for a terminal: white space becomes a space, anything else that acts becomes U+FFFD. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => (/[\t\n\v\f\r\u2028\u2029]/.test(character) ? ' ' : '\ufffd'));
}

/** The same for a text of several lines, which stay lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
