/** An element with attributes, `on` for listeners, and children. Texts become text nodes: nothing here is read as markup. */
export function element(tag, { on = {}, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  for (const [event, listener] of Object.entries(on)) made.addEventListener(event, listener);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return made;
}

const digits = new Intl.NumberFormat('en');

export function number(count) {
  return digits.format(count);
}

export function counted(count, one, many) {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** `7 of 8 findings`, or `8 findings` when all are shown. */
export function share(shown, all, one, many) {
  return shown === all ? counted(all, one, many) : `${number(shown)} of ${counted(all, one, many)}`;
}

export function compare(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function badge(severity, count) {
  return element(
    'span',
    { class: `badge ${severity}` },
    count === undefined ? severity : `${number(count)} ${severity}`,
  );
}

/** Terms with what is known of them. */
export function pairs(facts) {
  const known = facts.filter(([, value]) => value);
  const rows = known.map(([term, value]) => element('div', {}, element('dt', {}, term), element('dd', {}, value)));
  return element('dl', { class: 'pairs' }, rows);
}

export function list(items) {
  if (items.length === 0) return element('p', { class: 'muted' }, 'None given.');
  return element(
    'ul',
    {},
    items.map((item) => element('li', {}, item)),
  );
}
