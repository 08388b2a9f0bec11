const MAX_NAME = 512;
const MAX_VERSION = 256;

/** Whether something can be called so: a name that is there, neither endless nor with characters that nobody types. */
export function isUsable({ name, version }: { readonly name: string; readonly version: string }): boolean {
  return name !== '' && isPlain(name, MAX_NAME) && isPlain(version, MAX_VERSION);
}

function isPlain(text: string, maxLength: number): boolean {
  return text.length <= maxLength && !/[\0-\x1f\x7f]/.test(text);
}
