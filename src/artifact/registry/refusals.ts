import type { HttpResponse } from '#foundation/index.ts';
import { asArray, asObject, asText, parseJsonObject } from '../image/json.ts';

/** The words for what registries answer when they do not give what was asked for. */
export function tooManyRequests(host: string): string {
  return `${host} answers that too much was asked of it (429); try again later or log in`;
}

/** Login pages, proxies and mistyped names answer with HTML. */
export function isWebPage(headers: HttpResponse['headers']): boolean {
  return headers['content-type']?.startsWith('text/html') === true;
}

export function webPage(host: string, status: number): string {
  return `${host} answers ${status} with a web page and not as a registry; check the name, and any proxy between`;
}

/** The registry's own message, made harmless for a terminal. */
export function registryWords(body: Uint8Array): string {
  const document = parseJsonObject(body);
  const first = document.ok ? asObject(asArray(document.value['errors'])[0]) : {};
  const words = asText(first['message']) ?? asText(first['code']);
  return words === undefined ? '' : ` (${words.replace(/[^\x20-\x7e]/g, '').slice(0, 160)})`;
}
