const MAX_LINES = 200;

/**
 * The releases that etc/apk/repositories takes its `main` packages from: `edge`, `3.22`. They say better than os-release what
 * an Alpine image is: one that was switched to edge keeps the os-release it had until that package is upgraded. Lines that a
 * tag (`@testing`) keeps apart do not count.
 */
export function apkStreams(text: string): string[] {
  const streams = new Set<string>();
  for (const line of text.split('\n', MAX_LINES)) {
    const [, stream] =
      /^\s*[^#@\s][^\s]*\/(edge|latest-stable|v\d{1,6}\.\d{1,6})\/main\/?\s*$/.exec(line.slice(0, 500)) ?? [];
    if (stream !== undefined && stream !== 'latest-stable') streams.add(stream.replace(/^v/, ''));
  }
  return [...streams];
}
