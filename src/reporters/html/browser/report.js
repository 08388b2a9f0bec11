/*
 * Tabs, filters, sorting and details of the report page. The page can be read without: this only takes over what stands there.
 */
import { parseAddress } from './address.js';
import { detailsAreOpen, prepareDetails } from './details.js';
import { prepareFindings, showFindings } from './findings.js';
import { preparePackages, showPackages } from './packages.js';
import { prepareTabs, scrollToTabs, showPanel } from './tabs.js';

function showAddress() {
  const { panel, query } = parseAddress();
  showPanel(panel);
  if (panel === 'findings') showFindings(query);
  if (panel === 'packages') showPackages(query);
}

/** Links inside the page change the panel instead of jumping to it. */
function followLink(event) {
  const address = event.target.closest?.('a[href^="#"]')?.getAttribute('href');
  if (!address || address === '#main' || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, '', address);
  showAddress();
  scrollToTabs();
}

function focusSearch(event) {
  if (event.key !== '/' || event.target.matches('input') || detailsAreOpen()) return;
  event.preventDefault();
  const { panel } = parseAddress();
  if (panel !== 'packages' && panel !== 'findings') {
    history.pushState(null, '', '#findings');
    showAddress();
  }
  document.getElementById(panel === 'packages' ? 'packages-query' : 'findings-query')?.focus();
}

function prepareCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll('.copy')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.parentElement.querySelector('code').textContent);
      button.textContent = 'Copied';
    });
  }
}

document.documentElement.classList.add('js');
prepareTabs();
prepareFindings();
prepareDetails();
preparePackages();
prepareCopying();
document.addEventListener('click', followLink);
document.addEventListener('keydown', focusSearch);
addEventListener('popstate', showAddress);
showAddress();
