import { childOf, childrenOf, parseXml } from '#foundation/documents/index.ts';
import { err, type HttpClient, ok, type Result } from '#foundation/index.ts';
import type { Feed, FeedStep } from '../advisory-source.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/** Where the document of a feed lies now, for publishers who move it and say where to. */
export async function locate(feed: Feed, http: HttpClient, signal?: AbortSignal): Promise<Result<string>> {
  let address = feed.url;
  for (const step of feed.via ?? []) {
    const pointer = step === 'repository-updates' ? below(address, 'repodata/repomd.xml') : address;
    const answer = await http.request(pointer, { maxBytes: MAX_BYTES, ...(signal ? { signal } : {}) });
    if (!answer.ok) return err(`${feed.title}: ${answer.error.message}`);
    if (answer.value.status !== 200) return err(`${feed.title}: ${pointer} answered ${answer.value.status}`);
    const next = STEPS[step](answer.value.body, address);
    if (next === undefined) return err(`${feed.title}: ${pointer} does not say where the document is`);
    address = next;
  }
  return ok(address);
}

/** Each reads the pointer and gives the next address; undefined where it says none that may be followed. */
const STEPS: Readonly<Record<FeedStep, (body: Buffer, address: string) => string | undefined>> = {
  'mirror-list': (body) => {
    const lines = body.toString('utf8').split('\n');
    return lines.map((line) => secure(line.trim())).find((address) => address !== undefined);
  },
  'repository-updates': (body, address) => {
    const document = parseXml({ size: body.length, bytes: () => body, text: () => body.toString('utf8') });
    const parts = document.ok ? childrenOf(document.value, 'data') : [];
    const updates = parts.find((part) => part.attributes.get('type') === 'updateinfo');
    const href = childOf(updates, 'location')?.attributes.get('href');
    return href === undefined ? undefined : secure(below(address, href));
  },
  'file-name': (body, address) => {
    const name = body.toString('utf8').trim();
    return /^[A-Za-z0-9][A-Za-z0-9._-]{0,200}$/.test(name) ? secure(new URL(name, address).href) : undefined;
  },
};

function below(base: string, path: string): string {
  return new URL(path, base.endsWith('/') ? base : `${base}/`).href;
}

/** Only encrypted: who can change a list on its way must not choose what is believed. */
function secure(text: string): string | undefined {
  return URL.canParse(text) && new URL(text).protocol === 'https:' ? text : undefined;
}
