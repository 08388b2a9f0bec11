/** Names and paths out of an index become parts of addresses and file names; what does not look like one is not used. */

const SOURCE_NAME = /^[a-z0-9][a-z0-9+.-]{0,127}$/;
const VERSION = /^[0-9A-Za-z.+~:-]{1,256}$/;
const PATH = /^[A-Za-z0-9][\w.+~:-]*(?:\/[A-Za-z0-9][\w.+~:-]*)*$/;
const SHA256 = /^[0-9a-f]{64}$/;

export function isSourceName(text: string): boolean {
  return SOURCE_NAME.test(text);
}

export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/** Relative, without `..`, `//` or anything that a URL would read differently. */
export function isPoolPath(text: string): boolean {
  return text.length <= 512 && PATH.test(text);
}

export function isSha256(text: string): boolean {
  return SHA256.test(text);
}
