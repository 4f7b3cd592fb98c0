import * as z from 'zod/mini';

/** A text of a given shape; the fault says what was wanted. */
export const text = (wanted: string, shape: RegExp) =>
  z.string(`wanted ${wanted}`).check(z.regex(shape, `wanted ${wanted}`));

export const wholeNumber = (least: number, most: number, unit: string) =>
  z
    .int(`wanted a whole number of ${unit}`)
    .check(z.gte(least, `wanted at least ${least} ${unit}`), z.lte(most, `wanted at most ${most} ${unit}`));

export const yesOrNo = z.boolean('wanted true or false');

/** A tenant of Calabrio's. */
export const tenantIdNumber = z
  .int('wanted a whole number, as Calabrio has it')
  .check(z.gte(1, 'wanted a tenant id of 1 or more'));

export const accountSidText = text('AC and 32 lower-case hex digits', /^AC[0-9a-f]{32}$/);
export const workspaceSidText = text('WS and 32 lower-case hex digits', /^WS[0-9a-f]{32}$/);

/** An address with https and nothing behind its path; `isHttps` is the whole check, so that a fault has one sentence. */
export const httpsUrl = (wanted: string) =>
  z.string(`wanted ${wanted}`).check(z.refine((url: string) => isHttps(url), `wanted ${wanted}`));

export function isHttps(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password, hash } = new URL(url);
  return protocol === 'https:' && username === '' && password === '' && hash === '';
}
