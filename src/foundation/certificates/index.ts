export { type Certified, issueCertificate, makeAuthority, type NewCertificate } from './issue.ts';
