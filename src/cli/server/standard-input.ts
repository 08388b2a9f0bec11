const MAX_BYTES = 64 * 1024 * 1024;

/** All of standard input, whatever is behind it: a file, a pipe, a socket. Throws beyond what any server takes. */
export async function readStandardInput(): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of process.stdin) {
    const bytes = Buffer.from(piece);
    length += bytes.length;
    if (length > MAX_BYTES) throw new Error(`standard input has more than ${MAX_BYTES} bytes`);
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}
