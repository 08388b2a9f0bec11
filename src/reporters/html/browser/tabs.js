const tabs = [...document.querySelectorAll('[data-panel]')];
const bar = tabs[0].closest('nav');

/** Turns the links to the parts of the page into tabs. */
export function prepareTabs() {
  tabs[0].parentElement.setAttribute('role', 'tablist');
  for (const tab of tabs) {
    const panel = document.getElementById(tab.dataset.panel);
    tab.id = `tab-${tab.dataset.panel}`;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', panel.id);
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    tab.addEventListener('keydown', moveBetweenTabs);
  }
}

function moveBetweenTabs(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (event.key !== ' ' && step === undefined) return;
  event.preventDefault();
  const next = tabs[(tabs.indexOf(event.currentTarget) + (step ?? 0) + tabs.length) % tabs.length];
  next.focus();
  next.click();
}

export function showPanel(name) {
  for (const tab of tabs) {
    const selected = tab.dataset.panel === name;
    tab.setAttribute('aria-selected', String(selected));
    tab.tabIndex = selected ? 0 : -1;
    document.getElementById(tab.dataset.panel).hidden = !selected;
    if (selected) tab.parentElement.scrollTo({ left: tab.offsetLeft - 16 });
  }
}

/** The new panel begins below the tabs; a page that was not scrolled that far stays where it is. */
export function scrollToTabs() {
  const top = document.querySelector('main').offsetTop - bar.offsetHeight;
  if (scrollY > top) scrollTo(0, top);
}
