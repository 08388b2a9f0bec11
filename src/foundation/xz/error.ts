/** Why an .xz file could not be decoded. Internal: `decodeXz` turns it into a Result. */
export class XzError extends Error {
  override readonly name = 'XzError';
}
