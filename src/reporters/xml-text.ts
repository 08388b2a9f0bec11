/** What XML 1.0 has no way to write at all: most control characters, non-characters, halves of surrogate pairs. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** Mark-up, white space that readers would change, and characters that act on a terminal. */
const escaped = /[&<>"'\t\n\r\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

const named = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

/** A text as content or attribute value of XML. What XML cannot hold becomes U+FFFD. */
export function xmlText(text: string): string {
  return text
    .replace(unwritable, '\ufffd')
    .replace(
      escaped,
      (character) => named.get(character) ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`,
    );
}
