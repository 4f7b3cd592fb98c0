import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { ToE164 } from '../../domain/task-shapes/canonical-task.ts';

/**
 * Numbers that lack a country code are taken for `defaultCountry`'s (ISO 3166-1 alpha-2). Undefined for what cannot be
 * dialled: a text around a number, a short code, too many digits. An extension is left out, as E.164 has none.
 *
 * A number is measured and not looked up in the numbering plan: plans change faster than this library is updated, and a
 * number that rang a minute ago exists, whatever a table says. So the fictional 555-0100 to 555-0199 pass as well.
 * (README of libphonenumber-js 1.13 on `isPossible` and `isValid`, read 2026-11)
 *
 * @throws {TypeError} when `defaultCountry` is no country that the library knows.
 */
export function toE164In(defaultCountry: string): ToE164 {
  if (!isSupportedCountry(defaultCountry))
    throw new TypeError(`"${defaultCountry}" is no country: wanted two capital letters of ISO 3166-1, such as US`);
  return (text) => {
    const number = parsePhoneNumberFromString(text.trim(), { defaultCountry, extract: false });
    return number?.isPossible() === true ? number.number : undefined;
  };
}
