import { section, superset } from '../clauses.ts';
import { ABOUT_BUILDINGS, ABOUT_EQUIPMENT } from '../unmapped.ts';

export const physical = section('164.310 Physical safeguards', [
  {
    id: '164.310(a)(1)',
    title: 'Facility access controls',
    text: 'Implement policies and procedures to limit physical access to its electronic information systems and the facility or facilities in which they are housed, while ensuring that properly authorized access is allowed.',
    mappings: superset('PLM-HOST-PHYSICAL'),
  },
  {
    id: '164.310(a)(2)(i)',
    title: 'Contingency operations (addressable)',
    text: 'Establish (and implement as needed) procedures that allow facility access in support of restoration of lost data under the disaster recovery plan and emergency mode operations plan in the event of an emergency.',
    mappings: [],
    unmapped: ABOUT_BUILDINGS,
  },
  {
    id: '164.310(a)(2)(ii)',
    title: 'Facility security plan (addressable)',
    text: 'Implement policies and procedures to safeguard the facility and the equipment therein from unauthorized physical access, tampering, and theft.',
    mappings: superset('PLM-HOST-PHYSICAL'),
  },
  {
    id: '164.310(a)(2)(iii)',
    title: 'Access control and validation procedures (addressable)',
    text: 'Implement procedures to control and validate a person’s access to facilities based on their role or function, including visitor control, and control of access to software programs for testing and revision.',
    mappings: superset('PLM-HOST-PHYSICAL'),
  },
  {
    id: '164.310(a)(2)(iv)',
    title: 'Maintenance records (addressable)',
    text: 'Implement policies and procedures to document repairs and modifications to the physical components of a facility which are related to security (for example, hardware, walls, doors, and locks).',
    mappings: [],
    unmapped: ABOUT_BUILDINGS,
  },
  {
    id: '164.310(b)',
    title: 'Workstation use',
    text: 'Implement policies and procedures that specify the proper functions to be performed, the manner in which those functions are to be performed, and the physical attributes of the surroundings of a specific workstation or class of workstation that can access electronic protected health information.',
    mappings: [],
    unmapped: ABOUT_EQUIPMENT,
  },
  {
    id: '164.310(c)',
    title: 'Workstation security',
    text: 'Implement physical safeguards for all workstations that access electronic protected health information, to restrict access to authorized users.',
    mappings: [],
    unmapped: ABOUT_EQUIPMENT,
  },
  {
    id: '164.310(d)(1)',
    title: 'Device and media controls',
    text: 'Implement policies and procedures that govern the receipt and removal of hardware and electronic media that contain electronic protected health information into and out of a facility, and the movement of these items within the facility.',
    mappings: [],
    unmapped: ABOUT_EQUIPMENT,
  },
  {
    id: '164.310(d)(2)(i)',
    title: 'Disposal (required)',
    text: 'Implement policies and procedures to address the final disposition of electronic protected health information, and/or the hardware or electronic media on which it is stored.',
    mappings: superset('PLM-PROCESS-DISPOSAL'),
  },
  {
    id: '164.310(d)(2)(ii)',
    title: 'Media re-use (required)',
    text: 'Implement procedures for removal of electronic protected health information from electronic media before the media are made available for re-use.',
    mappings: superset('PLM-PROCESS-DISPOSAL'),
  },
  {
    id: '164.310(d)(2)(iii)',
    title: 'Accountability (addressable)',
    text: 'Maintain a record of the movements of hardware and electronic media and any person responsible therefore.',
    mappings: [],
    unmapped: ABOUT_EQUIPMENT,
  },
  {
    id: '164.310(d)(2)(iv)',
    title: 'Data backup and storage (addressable)',
    text: 'Create a retrievable, exact copy of electronic protected health information, when needed, before movement of equipment.',
    mappings: superset('PLM-PROCESS-BACKUP'),
  },
]);
