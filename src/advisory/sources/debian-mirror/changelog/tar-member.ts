/**
 * Finds one file in a tar stream that arrives in pieces: ustar, GNU long names and pax paths. Everything else is skipped
 * without being kept.
 */
export class TarMemberFinder {
  readonly #wanted: (path: string) => boolean;
  readonly #isLink: (path: string) => boolean;
  readonly #maxBytes: number;
  readonly #header = Buffer.alloc(BLOCK);
  #headerBytes = 0;
  /** Bytes of the current member that are still to come, and of the padding behind it. */
  #bodyLeft = 0;
  #paddingLeft = 0;
  #keep: 'content' | 'longName' | 'pax' | undefined;
  #parts: Buffer[] = [];
  #nextPath: string | undefined;
  /** The file's content, once it has been seen whole. */
  found: Buffer | undefined;
  /** Target of a symbolic link that stands where the caller looks for links. */
  link: string | undefined;

  constructor(wanted: (path: string) => boolean, maxBytes: number, isLink: (path: string) => boolean = () => false) {
    this.#wanted = wanted;
    this.#isLink = isLink;
    this.#maxBytes = maxBytes;
  }

  readonly push = (chunk: Uint8Array): void => {
    let position = 0;
    while (position < chunk.length && this.found === undefined) {
      if (this.#bodyLeft > 0) position += this.#takeBody(chunk, position);
      else if (this.#paddingLeft > 0) {
        const bytes = Math.min(this.#paddingLeft, chunk.length - position);
        this.#paddingLeft -= bytes;
        position += bytes;
      } else position += this.#takeHeader(chunk, position);
    }
  };

  #takeBody(chunk: Uint8Array, position: number): number {
    const bytes = Math.min(this.#bodyLeft, chunk.length - position);
    if (this.#keep) this.#parts.push(Buffer.from(chunk.subarray(position, position + bytes)));
    this.#bodyLeft -= bytes;
    if (this.#bodyLeft === 0) this.#closeMember();
    return bytes;
  }

  #closeMember(): void {
    const content = Buffer.concat(this.#parts);
    if (this.#keep === 'content') this.found = content;
    if (this.#keep === 'longName') this.#nextPath = cString(content);
    if (this.#keep === 'pax') this.#nextPath = paxPath(content) ?? this.#nextPath;
    this.#parts = [];
    this.#keep = undefined;
  }

  #takeHeader(chunk: Uint8Array, position: number): number {
    const bytes = Math.min(BLOCK - this.#headerBytes, chunk.length - position);
    this.#header.set(chunk.subarray(position, position + bytes), this.#headerBytes);
    this.#headerBytes += bytes;
    if (this.#headerBytes === BLOCK) {
      this.#headerBytes = 0;
      if (this.#header[0] !== 0) this.#openMember();
    }
    return bytes;
  }

  #openMember(): void {
    const header = this.#header;
    const size = readSize(header.subarray(124, 136));
    const type = String.fromCharCode(header[156] ?? 0);
    this.#bodyLeft = size;
    this.#paddingLeft = (BLOCK - (size % BLOCK)) % BLOCK;
    if (type === 'L' || type === 'x') {
      if (size <= MAX_META) this.#keep = type === 'L' ? 'longName' : 'pax';
      return;
    }
    if (type === 'g' || type === 'K') return;
    const path = cleanPath(this.#nextPath ?? headerPath(header));
    this.#nextPath = undefined;
    if (type === '2' && this.#isLink(path)) this.link = cString(header.subarray(157, 257));
    if (!this.#wanted(path)) return;
    if ((type === '0' || type === '\0') && size > 0 && size <= this.#maxBytes) this.#keep = 'content';
  }
}

const BLOCK = 512;
const MAX_META = 64 << 10;

function headerPath(header: Buffer): string {
  const name = cString(header.subarray(0, 100));
  const prefix = header.subarray(257, 262).toString('latin1') === 'ustar' ? cString(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function cString(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

function cleanPath(path: string): string {
  return path.replace(/^(?:\.?\/)+/, '');
}

/** Octal, or base 256 when the top bit is set. A size beyond 2^53 ends the search by never being reached. */
function readSize(field: Buffer): number {
  if (((field[0] ?? 0) & 0x80) !== 0) return field.subarray(4).reduce((value, byte) => value * 256 + byte, 0);
  return Number.parseInt(cString(field).trim() || '0', 8) || 0;
}

function paxPath(content: Buffer): string | undefined {
  return /^\d{1,9} path=([^\n]*)$/m.exec(content.toString())?.[1];
}
