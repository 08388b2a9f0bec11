import { section, superset } from '../clauses.ts';
import { ABOUT_CONTRACTS, ABOUT_DOCUMENTS } from '../unmapped.ts';

export const organization = [
  ...section('164.314 Organizational requirements', [
    {
      id: '164.314(a)(1)',
      title: 'Business associate contracts or other arrangements',
      text: 'The contract or other arrangement required by § 164.308(b)(3) must meet the requirements of paragraph (a)(2)(i), (a)(2)(ii), or (a)(2)(iii) of this section, as applicable.',
      mappings: superset('PLM-PROCESS-SUPPLIERS'),
    },
    {
      id: '164.314(a)(2)(i)',
      title: 'Business associate contracts (required)',
      text: 'The contract must provide that the business associate will: (A) Comply with the applicable requirements of this subpart; (B) In accordance with § 164.308(b)(2), ensure that any subcontractors that create, receive, maintain, or transmit electronic protected health information on behalf of the business associate agree to comply with the applicable requirements of this subpart by entering into a contract or other arrangement that complies with this section; and (C) Report to the covered entity any security incident of which it becomes aware, including breaches of unsecured protected health information as required by § 164.410.',
      mappings: superset('PLM-PROCESS-SUPPLIERS'),
    },
    {
      id: '164.314(a)(2)(ii)',
      title: 'Other arrangements (required)',
      text: 'The covered entity is in compliance with paragraph (a)(1) of this section if it has another arrangement in place that meets the requirements of § 164.504(e)(3).',
      mappings: [],
      unmapped: ABOUT_CONTRACTS,
    },
    {
      id: '164.314(a)(2)(iii)',
      title: 'Business associate contracts with subcontractors (required)',
      text: 'The requirements of paragraphs (a)(2)(i) and (a)(2)(ii) of this section apply to the contract or other arrangement between a business associate and a subcontractor required by § 164.308(b)(4) in the same manner as such requirements apply to contracts or other arrangements between a covered entity and business associate.',
      mappings: [],
      unmapped: ABOUT_CONTRACTS,
    },
    {
      id: '164.314(b)(1)',
      title: 'Requirements for group health plans',
      text: 'Except when the only electronic protected health information disclosed to a plan sponsor is disclosed pursuant to § 164.504(f)(1)(ii) or (iii), or as authorized under § 164.508, a group health plan must ensure that its plan documents provide that the plan sponsor will reasonably and appropriately safeguard electronic protected health information created, received, maintained, or transmitted to or by the plan sponsor on behalf of the group health plan.',
      mappings: [],
      unmapped: ABOUT_CONTRACTS,
    },
    {
      id: '164.314(b)(2)',
      title: 'Plan documents (required)',
      text: 'The plan documents of the group health plan must be amended to incorporate provisions to require the plan sponsor to: (i) Implement administrative, physical, and technical safeguards that reasonably and appropriately protect the confidentiality, integrity, and availability of the electronic protected health information that it creates, receives, maintains, or transmits on behalf of the group health plan; (ii) Ensure that the adequate separation required by § 164.504(f)(2)(iii) is supported by reasonable and appropriate security measures; (iii) Ensure that any agent to whom it provides this information agrees to implement reasonable and appropriate security measures to protect the information; and (iv) Report to the group health plan any security incident of which it becomes aware.',
      mappings: [],
      unmapped: ABOUT_CONTRACTS,
    },
  ]),
  ...section('164.316 Policies and procedures and documentation requirements', [
    {
      id: '164.316(a)',
      title: 'Policies and procedures',
      text: 'Implement reasonable and appropriate policies and procedures to comply with the standards, implementation specifications, or other requirements of this subpart, taking into account those factors specified in § 164.306(b)(2)(i), (ii), (iii), and (iv). This standard is not to be construed to permit or excuse an action that violates any other standard, implementation specification, or other requirements of this subpart. A covered entity or business associate may change its policies and procedures at any time, provided that the changes are documented and are implemented in accordance with this subpart.',
      mappings: superset('PLM-PROCESS-POLICY'),
    },
    {
      id: '164.316(b)(1)',
      title: 'Documentation',
      text: '(i) Maintain the policies and procedures implemented to comply with this subpart in written (which may be electronic) form; and (ii) If an action, activity or assessment is required by this subpart to be documented, maintain a written (which may be electronic) record of the action, activity, or assessment.',
      mappings: [],
      unmapped: ABOUT_DOCUMENTS,
    },
    {
      id: '164.316(b)(2)(i)',
      title: 'Time limit (required)',
      text: 'Retain the documentation required by paragraph (b)(1) of this section for 6 years from the date of its creation or the date when it last was in effect, whichever is later.',
      mappings: [],
      unmapped: ABOUT_DOCUMENTS,
    },
    {
      id: '164.316(b)(2)(ii)',
      title: 'Availability (required)',
      text: 'Make documentation available to those persons responsible for implementing the procedures to which the documentation pertains.',
      mappings: [],
      unmapped: ABOUT_DOCUMENTS,
    },
    {
      id: '164.316(b)(2)(iii)',
      title: 'Updates (required)',
      text: 'Review documentation periodically, and update as needed, in response to environmental or operational changes affecting the security of the electronic protected health information.',
      mappings: [],
      unmapped: ABOUT_DOCUMENTS,
    },
  ]),
];
