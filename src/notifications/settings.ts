import { z } from 'zod';

/** An address of the web; that it is not one inside is checked when it is called. */
export const webAddress = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine((text) => URL.parse(text)?.username === '' && URL.parse(text)?.password === '', {
    message: 'Give credentials in their own settings, not in the address.',
  });

/** Goes into a header: no control characters. */
export const headerSecret = z
  .string()
  .min(1)
  .max(2000)
  .regex(/^[\x21-\x7e]+$/, 'Only visible characters without blanks.');

export const hostName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9._:-]+$/, 'A name or an address.');

export const portNumber = z.int().min(1).max(65_535);
