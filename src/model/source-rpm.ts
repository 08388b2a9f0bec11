/** Name and version of a source package by its file name: `bash-5.1.8-6.el9.src.rpm` → bash, 5.1.8-6.el9. It never says the epoch. */
export function parseSourceRpm(fileName: string): { name: string; version: string } | undefined {
  const stem = /^(.+)\.(?:src|nosrc)\.rpm$/.exec(fileName)?.[1] ?? '';
  const release = stem.lastIndexOf('-');
  const version = stem.lastIndexOf('-', release - 1);
  if (release <= 0 || version <= 0) return undefined;
  return { name: stem.slice(0, version), version: stem.slice(version + 1) };
}
