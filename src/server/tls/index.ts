export { type ServerCertificate, serverCertificate, type TlsSettings } from './certificate.ts';
export { renewCertificate } from './renewal.ts';
