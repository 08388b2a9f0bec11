/** A certificate with its key, both as PEM. */
export interface Certified {
  readonly certificate: string;
  /** PKCS #8. */
  readonly key: string;
}

export interface NewCertificate {
  /** Common name of the subject, for people who look at it. */
  readonly name: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface NewServerCertificate extends NewCertificate {
  /** Host names and addresses that it is good for: `plimsoll.example`, `192.0.2.1`, `::1`. */
  readonly hosts: readonly string[];
}
