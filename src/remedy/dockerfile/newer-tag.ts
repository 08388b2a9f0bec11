/**
 * The newest tag that promises the same as this one but for errors mended: the same first two numbers and the same words around
 * (`20.11.0-slim` to `20.11.1-slim`), or a later date (`bookworm-20240110-slim`). Undefined where the tag is the newest, or where it
 * moves by itself (`12`, `3.19`, `latest`) so that a new build gets what it stands for then.
 */
export function newerTag(tag: string, tags: readonly string[]): string | undefined {
  const own = shapeOf(tag);
  if (!own) return undefined;
  let newest = own;
  let found: string | undefined;
  for (const one of tags) {
    const shape = shapeOf(one);
    if (shape?.frame !== own.frame || shape.counter <= newest.counter) continue;
    newest = shape;
    found = one;
  }
  return found;
}

/** A tag that names one build for ever, or nearly: what of it counts up, and what stands around. */
function shapeOf(tag: string): { readonly frame: string; readonly counter: number } | undefined {
  const dated = /^((?:[\w.-]{0,100}[-.])?)(20\d{6})((?:[-.][\w.-]{0,100})?)$/.exec(tag);
  if (dated) return { frame: `${dated[1]}\0${dated[3]}`, counter: Number(dated[2]) };
  const numbered = /^(v?\d{1,9}\.\d{1,9}\.)(\d{1,9})((?:-[A-Za-z][\w.-]{0,100})?)$/.exec(tag);
  if (numbered) return { frame: `${numbered[1]}\0${numbered[3]}`, counter: Number(numbered[2]) };
  return undefined;
}
