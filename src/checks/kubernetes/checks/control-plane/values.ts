/** Which values of an option are good. */

export const is = (wanted: string) => (value?: string) => value === wanted;
export const isNot = (unwanted: string) => (value?: string) => value !== unwanted;
export const present = (value?: string) => value !== undefined && value !== '';
export const absent = (value?: string) => value === undefined;
export const lists = (wanted: string) => (value?: string) => value?.split(',').includes(wanted) === true;
export const lacks = (unwanted: string) => (value?: string) => value?.split(',').includes(unwanted) !== true;
export const atLeast = (least: number) => (value?: string) => value !== undefined && Number(value) >= least;
/** `1m0s`, as the components write times: a minute to five. */
export const upToFiveMinutes = (value?: string) => {
  const parts = /^(?:(\d{1,3})m)?(?:(\d{1,5})s)?$/.exec(value ?? '1m');
  const seconds = Number(parts?.[1] ?? 0) * 60 + Number(parts?.[2] ?? 0);
  return seconds > 0 && seconds <= 300;
};
export const loopback = (value?: string) => value === '127.0.0.1' || value === '::1' || value === 'localhost';
