import { element, number } from './elements.js';

const rowsAtOnce = 100;

/** A long table that grows as the reader comes near its end. The result replaces its rows. */
export function growingTable({ table, more, emptyText, makeRow }) {
  const body = table.tBodies[0];
  const button = more.querySelector('button');
  let rows = [];
  let shown = 0;
  function grow() {
    const next = rows.slice(shown, shown + rowsAtOnce);
    body.append(...next.map((row, index) => makeRow(row, shown + index)));
    shown += next.length;
    more.hidden = shown >= rows.length;
    button.textContent = `Show more (${number(rows.length - shown)} left)`;
  }
  button.addEventListener('click', grow);
  const nearEnd = new IntersectionObserver(([entry]) => entry.isIntersecting && grow(), { rootMargin: '600px' });
  nearEnd.observe(more);
  return (next) => {
    rows = next;
    shown = 0;
    body.replaceChildren();
    grow();
    if (rows.length > 0) return;
    const width = table.tHead.rows[0].cells.length;
    body.append(element('tr', {}, element('td', { class: 'empty', colspan: width }, emptyText)));
  };
}

/** Headers become buttons; `choose` is called with the column's key. The result marks the column that is sorted by. */
export function sortableHeaders(table, choose) {
  const headers = [...table.tHead.querySelectorAll('[data-sort]')];
  for (const header of headers) {
    const press = { click: () => choose(header.dataset.sort) };
    header.replaceChildren(element('button', { type: 'button', on: press }, header.textContent));
  }
  return (key, descending) => {
    for (const header of headers) {
      if (header.dataset.sort !== key) header.removeAttribute('aria-sort');
      else header.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    }
  };
}
