const MAGIC = '!<arch>\n';
const HEADER_BYTES = 60;
const MAX_MEMBERS = 20;

/** The `data.tar.*` of a .deb, which is an ar archive (deb(5)). Undefined when the bytes are none. */
export function dataMember(bytes: Buffer): Buffer | undefined {
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  let position = MAGIC.length;
  for (let count = 0; count < MAX_MEMBERS && position + HEADER_BYTES <= bytes.length; count += 1) {
    const name = bytes
      .toString('latin1', position, position + 16)
      .trim()
      .replace(/\/$/, '');
    const size = Number(bytes.toString('latin1', position + 48, position + 58).trim());
    const start = position + HEADER_BYTES;
    if (!Number.isSafeInteger(size) || size < 0 || start + size > bytes.length) return undefined;
    if (name.startsWith('data.tar')) return bytes.subarray(start, start + size);
    position = start + size + (size % 2);
  }
  return undefined;
}
