/** Whether a path stands as it is: absolute, and nothing in it that leads elsewhere. */
function isPlain(path: string): boolean {
  return (
    path.charCodeAt(0) === 47 &&
    !path.includes('//') &&
    !path.includes('/.') &&
    (path.length === 1 || !path.endsWith('/'))
  );
}

/** Joins a path to the directory that it is relative to and takes out `.`, `..` and doubled slashes, as the words stand: links are not followed. */
export function absolutePath(directory: string, path: string): string {
  if (isPlain(path)) return path;
  const whole = path.startsWith('/') ? path : `${directory}/${path}`;
  const names: string[] = [];
  for (const name of whole.split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..') names.pop();
    else names.push(name);
  }
  return `/${names.join('/')}`;
}
