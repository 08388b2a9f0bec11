import { intersects, section, subset, superset } from '../clauses.ts';
import { ABOUT_RECORDS } from '../unmapped.ts';

export const technical = section('164.312 Technical safeguards', [
  {
    id: '164.312(a)(1)',
    title: 'Access control',
    text: 'Implement technical policies and procedures for electronic information systems that maintain electronic protected health information to allow access only to those persons or software programs that have been granted access rights as specified in § 164.308(a)(4).',
    mappings: intersects(
      'PLM-CONTROL-PLANE-API-RBAC',
      'PLM-CONTROL-PLANE-API-AUTHORISATION',
      'PLM-NODE-KUBELET-AUTHORISATION',
      'PLM-ACCESS-NO-ANONYMOUS-RIGHTS',
      'PLM-ACCESS-NO-RIGHTS-FOR-EVERYBODY',
      'PLM-ACCESS-CLUSTER-ADMIN',
      'PLM-ACCESS-SERVICE-SIGN-IN',
    ),
  },
  {
    id: '164.312(a)(2)(i)',
    title: 'Unique user identification (required)',
    text: 'Assign a unique name and/or number for identifying and tracking user identity.',
    mappings: [...subset('PLM-ACCESS-UNIQUE-IDENTITIES'), ...intersects('PLM-ACCESS-USER-SERVICE-ACCOUNTS')],
  },
  {
    id: '164.312(a)(2)(ii)',
    title: 'Emergency access procedure (required)',
    text: 'Establish (and implement as needed) procedures for obtaining necessary electronic protected health information during an emergency.',
    mappings: superset('PLM-PROCESS-CONTINUITY'),
  },
  {
    id: '164.312(a)(2)(iii)',
    title: 'Automatic logoff (addressable)',
    text: 'Implement electronic procedures that terminate an electronic session after a predetermined time of inactivity.',
    mappings: intersects('PLM-NODE-KUBELET-IDLE-TIMEOUT', 'PLM-ACCESS-SESSION-LIMITED'),
  },
  {
    id: '164.312(a)(2)(iv)',
    title: 'Encryption and decryption (addressable)',
    text: 'Implement a mechanism to encrypt and decrypt electronic protected health information.',
    mappings: intersects('PLM-CONTROL-PLANE-ENCRYPTION-AT-REST', 'PLM-HOST-STORAGE-ENCRYPTED'),
  },
  {
    id: '164.312(b)',
    title: 'Audit controls',
    text: 'Implement hardware, software, and/or procedural mechanisms that record and examine activity in information systems that contain or use electronic protected health information.',
    mappings: intersects(
      'PLM-CONTROL-PLANE-AUDIT-LOG',
      'PLM-CONTROL-PLANE-AUDIT-POLICY',
      'PLM-CONTROL-PLANE-AUDIT-COVERAGE',
      'PLM-DETECTION-CONTAINER-LOGS',
      'PLM-DETECTION-LOGS-REVIEWED',
    ),
  },
  {
    id: '164.312(c)(1)',
    title: 'Integrity',
    text: 'Implement policies and procedures to protect electronic protected health information from improper alteration or destruction.',
    mappings: intersects('PLM-ACCESS-SERVICE-SIGN-IN', 'PLM-NETWORK-DATA-STORES-PRIVATE', 'PLM-PROCESS-BACKUP'),
  },
  {
    id: '164.312(c)(2)',
    title: 'Mechanism to authenticate electronic protected health information (addressable)',
    text: 'Implement electronic mechanisms to corroborate that electronic protected health information has not been altered or destroyed in an unauthorized manner.',
    mappings: [],
    unmapped: ABOUT_RECORDS,
  },
  {
    id: '164.312(d)',
    title: 'Person or entity authentication',
    text: 'Implement procedures to verify that a person or entity seeking access to electronic protected health information is the one claimed.',
    mappings: intersects(
      'PLM-CONTROL-PLANE-API-ANONYMOUS',
      'PLM-CONTROL-PLANE-API-TOKEN-FILE',
      'PLM-CONTROL-PLANE-ETCD-CLIENT-CERTIFICATES',
      'PLM-NODE-KUBELET-ANONYMOUS',
      'PLM-ACCESS-SERVICE-SIGN-IN',
      'PLM-ACCESS-MULTI-FACTOR',
    ),
  },
  {
    id: '164.312(e)(1)',
    title: 'Transmission security',
    text: 'Implement technical security measures to guard against unauthorized access to electronic protected health information that is being transmitted over an electronic communications network.',
    mappings: intersects('PLM-NETWORK-INGRESS-TLS', 'PLM-NETWORK-INGRESS-TLS-ONLY', 'PLM-NETWORK-TRAFFIC-ENCRYPTED'),
  },
  {
    id: '164.312(e)(2)(i)',
    title: 'Integrity controls (addressable)',
    text: 'Implement security measures to ensure that electronically transmitted electronic protected health information is not improperly modified without detection until disposed of.',
    mappings: intersects('PLM-NETWORK-INGRESS-TLS', 'PLM-NETWORK-CERTIFICATES-CHECKED'),
  },
  {
    id: '164.312(e)(2)(ii)',
    title: 'Encryption (addressable)',
    text: 'Implement a mechanism to encrypt electronic protected health information whenever deemed appropriate.',
    mappings: intersects('PLM-NETWORK-INGRESS-TLS', 'PLM-NETWORK-INGRESS-TLS-ONLY', 'PLM-NETWORK-TRAFFIC-ENCRYPTED'),
  },
]);
