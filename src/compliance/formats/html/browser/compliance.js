/*
 * Filters of the compliance page. The page can be read without: everything stands there, and requirements open by themselves.
 */
const requirements = [...document.querySelectorAll('.requirement')];
const groups = [...document.querySelectorAll('.requirements')];
const chips = [...document.querySelectorAll('.chip')];
const search = document.getElementById('query');
const summary = document.getElementById('shown');
const texts = new Map(requirements.map((one) => [one, one.textContent.toLowerCase()]));

function pressed() {
  return new Set(
    chips.filter((chip) => chip.getAttribute('aria-pressed') === 'true').map((chip) => chip.dataset.value),
  );
}

function show() {
  const states = pressed();
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const one of requirements) {
    const text = texts.get(one);
    const isShown = (states.size === 0 || states.has(one.dataset.state)) && words.every((word) => text.includes(word));
    one.hidden = !isShown;
    if (isShown) shown += 1;
  }
  for (const group of groups) {
    const visible = [...group.querySelectorAll('.requirement')].some((one) => !one.hidden);
    group.querySelector('.none-shown').hidden = visible;
    for (const heading of group.querySelectorAll('h3')) heading.hidden = !hasShown(heading);
  }
  summary.textContent = `${shown} of ${requirements.length} requirements`;
}

/** Whether a requirement below this heading, and before the next one, is shown. */
function hasShown(heading) {
  for (let next = heading.nextElementSibling; next && next.tagName !== 'H3'; next = next.nextElementSibling)
    if (next.classList.contains('requirement') && !next.hidden) return true;
  return false;
}

/** A requirement that a link leads to is shown and open, whatever the filters say. */
function openAddressed() {
  const one = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!one?.classList.contains('requirement')) return;
  one.open = true;
  if (one.hidden) {
    one.hidden = false;
    for (let heading = one.previousElementSibling; heading; heading = heading.previousElementSibling)
      if (heading.tagName === 'H3') {
        heading.hidden = false;
        break;
      }
  }
  one.scrollIntoView();
  one.querySelector('summary').focus({ preventScroll: true });
}

for (const chip of chips)
  chip.addEventListener('click', () => {
    chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'));
    show();
  });
search.addEventListener('input', show);
addEventListener('hashchange', openAddressed);
addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target.matches('input')) return;
  event.preventDefault();
  search.focus();
});
/** On paper nothing can be opened. */
addEventListener('beforeprint', () => {
  for (const one of requirements) one.open = one.dataset.state !== 'pass';
});
document.documentElement.classList.add('js');
document.querySelector('.filters').hidden = false;
show();
openAddressed();
