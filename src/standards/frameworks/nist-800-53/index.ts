import publication from '../../../../content/standards/nist-800-53r5.json' with { type: 'json' };
import { controls } from '../../controls/index.ts';
import type { Clause, Framework } from '../../framework.ts';

const families = new Map(Object.entries(publication.families));

const clauses = publication.controls.map(
  ({ id, title, text }): Clause => ({
    id,
    title,
    text,
    section: families.get(id.slice(0, 2)) ?? id.slice(0, 2),
    mappings: controls
      .filter(({ anchors }) => anchors.includes(id))
      .map((control) => ({ control: control.id, relation: 'intersects', source: 'anchor of the control' })),
  }),
);

/**
 * Only the controls that containers and what they run on have a part in: the anchors of our own controls, read backwards. Each asks for more
 * than anything about containers can show, so that what holds leaves something open.
 */
export const nist80053: Framework = {
  id: 'nist-800-53',
  title: 'NIST SP 800-53 Security and Privacy Controls, the part that is about containers',
  publisher: 'National Institute of Standards and Technology',
  version: 'Revision 5',
  wording: 'published',
  references: ['https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  clauses,
};
