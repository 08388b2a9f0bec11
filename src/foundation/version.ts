declare const PLIMSOLL_VERSION: string | undefined;

/** The program's version; the bundle carries it, a run from source says so. */
export const programVersion: string = typeof PLIMSOLL_VERSION === 'string' ? PLIMSOLL_VERSION : '0.0.0-source';

/** What we call ourselves towards servers. */
export const userAgent = `plimsoll/${programVersion}`;
