/** An address of the console; undefined for anything else, so that no link to the sign-in leads elsewhere afterwards. */
export function localAddress(text: unknown): string | undefined {
  if (typeof text !== 'string' || !/^\/[^/\\]/.test(text)) return undefined;
  const address = new URL(text, 'https://console.invalid');
  return address.origin === 'https://console.invalid' ? address.pathname + address.search : undefined;
}
