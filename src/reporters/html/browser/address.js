/** Where the reader is: the panel, and for the findings the filters. It is kept in the address, so that a view can be passed on. */
export function parseAddress() {
  const [panel, query = ''] = location.hash.slice(1).split('?');
  const known = document.getElementById(panel)?.matches('.panel');
  return { panel: known ? panel : 'overview', query: new URLSearchParams(query) };
}

/** The address of the findings with these filters. */
export function findingsAddress(query) {
  const text = query.toString();
  return `#findings${text === '' ? '' : `?${text}`}`;
}
