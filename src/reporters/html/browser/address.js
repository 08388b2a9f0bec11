/** Where the reader is: the panel, and for findings and packages the filters. It is kept in the address, so that a view can be passed on. */
export function parseAddress() {
  const [panel, query = ''] = location.hash.slice(1).split('?');
  const known = document.getElementById(panel)?.matches('.panel');
  return { panel: known ? panel : 'overview', query: new URLSearchParams(query) };
}

/** The address of a panel with these filters. */
export function panelAddress(panel, query) {
  const text = query.toString();
  return `#${panel}${text === '' ? '' : `?${text}`}`;
}
