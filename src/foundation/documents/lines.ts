/** Lines without their ending (`\n` or `\r\n`). One at a time: an array of a hostile file's millions of empty lines is many times its size. */
export function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const stop = newline === -1 ? text.length : newline;
    const end = stop > start && text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop;
    yield text.slice(start, end);
    start = stop + 1;
  }
}
