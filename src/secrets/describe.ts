import { asBuffer, printable } from '#foundation/index.ts';
import type { FoundSecret } from './finding.ts';
import { fingerprintOf, previewOf } from './fingerprint.ts';
import type { Judged } from './search/candidate.ts';

/** A name in a file may be of any length; as much as this tells it from others. */
const MAX_NAME = 80;

/** Without the secrets themselves. `place`: what tells this place from others, such as the path. */
export function describeSecrets(secrets: readonly Judged[], place: string, bytes: Uint8Array): FoundSecret[] {
  const lines = new LineCounter(bytes);
  const ordinals = new Map<string, number>();
  return secrets.map((secret) => {
    const key = `${secret.compiled.rule.id}\0${secret.name ?? ''}`;
    const ordinal = ordinals.get(key) ?? 0;
    ordinals.set(key, ordinal + 1);
    return {
      rule: secret.compiled.rule.id,
      line: lines.at(secret.start),
      confidence: secret.confidence,
      ...(secret.name !== undefined && { name: printable(secret.name.slice(0, MAX_NAME)) }),
      fingerprint: fingerprintOf(secret, place, ordinal),
      preview: previewOf(secret),
    };
  });
}

/** Offsets come in rising order, so that the file is gone through once. */
class LineCounter {
  readonly #bytes: Buffer;
  #line = 1;
  #next: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = asBuffer(bytes);
    this.#next = this.#bytes.indexOf(0x0a);
  }

  at(offset: number): number {
    while (this.#next !== -1 && this.#next < offset) {
      this.#line += 1;
      this.#next = this.#bytes.indexOf(0x0a, this.#next + 1);
    }
    return this.#line;
  }
}
