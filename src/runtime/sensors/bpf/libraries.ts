import { createRequire } from 'node:module';
import { err, ok, type Result } from '#foundation/index.ts';

/** What is called of libbpf. Pointers are opaque: `null` is none. */
export interface Libbpf {
  openMemory(bytes: Buffer, size: number, options: null): unknown;
  load(object: unknown): number;
  closeObject(object: unknown): void;
  findMap(object: unknown, name: string): unknown;
  mapDescriptor(map: unknown): number;
  setInitialValue(map: unknown, bytes: Buffer, size: number): number;
  findProgram(object: unknown, name: string): unknown;
  attach(program: unknown): unknown;
  destroyLink(link: unknown): number;
  setPrint(callback: null): unknown;
}

/** Memory that is shared with the kernel. */
export interface SharedMemory {
  /** Maps a descriptor; the view is the memory itself. */
  map(descriptor: number, offset: number, length: number, writable: boolean): Result<ArrayBuffer>;
  /** Nanoseconds of a clock: 0 is the wall's, 7 counts since the kernel started. */
  clock(id: number): number;
  /** Waits in another thread until the descriptor is readable or the time is over. */
  waitReadable(descriptor: number, timeoutMs: number): Promise<void>;
}

const require = createRequire(import.meta.url);

type Koffi = typeof import('koffi');

/** Koffi is a native module: it is loaded only when a sensor that needs it is asked for. */
function loadKoffi(): Result<Koffi> {
  try {
    return ok(require('koffi') as Koffi);
  } catch (error) {
    return err(`the module koffi cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** libbpf as distributions install it (Debian: libbpf1). */
export function loadLibbpf(): Result<Libbpf> {
  const koffi = loadKoffi();
  if (!koffi.ok) return koffi;
  let library: import('koffi').LibraryHandle;
  try {
    library = koffi.value.load('libbpf.so.1');
  } catch {
    return err('libbpf.so.1 is not installed: Debian and Ubuntu have it as libbpf1, Fedora as libbpf');
  }
  return ok({
    openMemory: library.func('void *bpf_object__open_mem(void *bytes, size_t size, void *options)'),
    load: library.func('int bpf_object__load(void *object)'),
    closeObject: library.func('void bpf_object__close(void *object)'),
    findMap: library.func('void *bpf_object__find_map_by_name(void *object, const char *name)'),
    mapDescriptor: library.func('int bpf_map__fd(void *map)'),
    setInitialValue: library.func('int bpf_map__set_initial_value(void *map, void *bytes, size_t size)'),
    findProgram: library.func('void *bpf_object__find_program_by_name(void *object, const char *name)'),
    attach: library.func('void *bpf_program__attach(void *program)'),
    destroyLink: library.func('int bpf_link__destroy(void *link)'),
    setPrint: library.func('void *libbpf_set_print(void *callback)'),
  });
}

const PROT_READ = 1;
const PROT_WRITE = 2;
const MAP_SHARED = 1;
const POLLIN = 1;
const MAP_FAILED = 0xffffffffffffffffn;

export function loadSharedMemory(): Result<SharedMemory> {
  const loaded = loadKoffi();
  if (!loaded.ok) return loaded;
  const koffi = loaded.value;
  const library = koffi.load(null);
  const mmap = library.func(
    'void *mmap(void *at, size_t length, int protection, int flags, int descriptor, long offset)',
  );
  const clockGettime = library.func('int clock_gettime(int clock, void *time)');
  const poll = library.func('int poll(void *descriptors, unsigned long count, int timeout)');
  return ok({
    map(descriptor, offset, length, writable) {
      const protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
      const address: unknown = mmap(null, length, protection, MAP_SHARED, descriptor, offset);
      if (address === null || koffi.address(address) === MAP_FAILED) {
        return err(`memory of the sensor cannot be mapped (error ${koffi.errno()})`);
      }
      return ok(koffi.view(address, length));
    },
    clock(id) {
      const time = Buffer.alloc(16);
      clockGettime(id, time);
      return Number(time.readBigInt64LE(0)) * 1e9 + Number(time.readBigInt64LE(8));
    },
    waitReadable(descriptor, timeoutMs) {
      const request = Buffer.alloc(8);
      request.writeInt32LE(descriptor, 0);
      request.writeInt16LE(POLLIN, 4);
      return new Promise((resolve) => poll.async(request, 1, timeoutMs, () => resolve()));
    },
  });
}

/** The number of the last error of the C library. */
export function lastError(): number {
  const koffi = loadKoffi();
  return koffi.ok ? koffi.value.errno() : 0;
}
