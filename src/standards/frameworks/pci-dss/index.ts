import type { Framework } from '../../framework.ts';
import { access } from './access.ts';
import { dataAndMalware } from './data-and-malware.ts';
import { networksAndSettings } from './networks-and-settings.ts';
import { operations } from './operations.ts';
import { software } from './software.ts';

/**
 * Of the defined approach, the requirements that ask something of systems, software, accounts, keys, networks or logs. Left out: those
 * about documents and duties (x.1.x), about wireless networks, payment pages, phishing and people's devices, physical access
 * (requirement 9), how long and how card data itself is kept and shown (3.2 to 3.4), the form of passwords but for their length, the
 * organisation (12, but for what it asks of systems), and what is for service providers only. Only the numbers are the publisher's;
 * the words are ours.
 */
export const pciDss: Framework = {
  id: 'pci-dss',
  title: 'Payment Card Industry Data Security Standard',
  publisher: 'PCI Security Standards Council',
  version: '4.0.1',
  wording: 'own',
  references: ['https://www.pcisecuritystandards.org/document_library/'],
  clauses: [...networksAndSettings, ...dataAndMalware, ...software, ...access, ...operations],
};
