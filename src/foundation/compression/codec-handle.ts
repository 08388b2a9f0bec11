import type { Transform } from 'node:stream';

/**
 * The native codec inside a `node:zlib` stream, driven directly: one reused output buffer, no copies, no events. This is
 * not public API (see docs/adr/0003-inflate-handle.md), so its shape is checked before use and every caller has a fallback.
 */
export interface CodecHandle {
  /** Runs the codec once. Afterwards `consumed` and `produced` say what it did. Throws `CodecError` on damaged input. */
  run(
    flush: number,
    input: Uint8Array,
    inputStart: number,
    inputEnd: number,
    output: Uint8Array,
    outputStart: number,
  ): void;
  readonly consumed: number;
  readonly produced: number;
  /** Forgets everything: ready for another stream of the same kind. */
  reset(): void;
  close(): void;
}

/** The codec's own complaint, e.g. `invalid distance too far back`. */
export class CodecError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'CodecError';
    this.code = code;
  }
}

interface NativeHandle {
  onerror: (message: string, number: number, code: string) => void;
  writeSync(
    flush: number,
    input: Uint8Array,
    inputAt: number,
    inputLength: number,
    output: Uint8Array,
    outputAt: number,
    outputLength: number,
  ): void;
  reset(): void;
}

/** The handle of a zlib stream, `undefined` when this Node builds its streams differently. */
export function codecHandle(stream: Transform): CodecHandle | undefined {
  const native: unknown = Reflect.get(stream, '_handle');
  const state: unknown = Reflect.get(stream, '_writeState');
  if (!isNativeHandle(native) || !(state instanceof Uint32Array) || state.length < 2) return undefined;
  return driveHandle(native, state, () => stream.destroy());
}

function isNativeHandle(value: unknown): value is NativeHandle {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'writeSync') === 'function' &&
    typeof Reflect.get(value, 'reset') === 'function' &&
    typeof Reflect.get(value, 'onerror') === 'function'
  );
}

function driveHandle(native: NativeHandle, state: Uint32Array, close: () => void): CodecHandle {
  let failure: CodecError | undefined;
  let consumed = 0;
  let produced = 0;
  native.onerror = (message, _number, code) => {
    failure = new CodecError(code, message);
  };
  return {
    run(flush, input, inputStart, inputEnd, output, outputStart) {
      const room = output.length - outputStart;
      native.writeSync(flush, input, inputStart, inputEnd - inputStart, output, outputStart, room);
      if (failure) throw failure;
      produced = room - (state[0] ?? 0);
      consumed = inputEnd - inputStart - (state[1] ?? 0);
    },
    get consumed() {
      return consumed;
    },
    get produced() {
      return produced;
    },
    reset: () => native.reset(),
    close,
  };
}
