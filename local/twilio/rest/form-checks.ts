import { badRequest, type Answer } from './answers.ts';

export const missing = (field: string): Answer => badRequest(`Missing required parameter ${field} in the post body`);

/** A refusal of a form that lacks what must be there, or has fields that are none of the operation's; undefined when it is right. */
export function refuseForm(
  form: URLSearchParams,
  known: readonly string[],
  required: readonly string[],
): Answer | undefined {
  const absent = required.filter((name) => (form.get(name) ?? '') === '');
  if (absent.length > 0) return missing(absent.join(', '));
  const unknown = [...new Set(form.keys())].filter((name) => !known.includes(name));
  return unknown.length === 0 ? undefined : badRequest(`Unknown parameters: ${unknown.join(', ')}`);
}

/** `true`, `1` and `yes`; "all other values" are false (twilio.com/docs/taskrouter/api/activity, read 2026-11). */
export const isTrue = (text: string): boolean => ['true', '1', 'yes'].includes(text.toLowerCase());

/** Why these are no fields to make a thing of; undefined where they are. Longer names are refused, as documented (64 characters). */
export function nameFault(name: string): Answer | undefined {
  if (name === '') return badRequest('FriendlyName must not be empty');
  return name.length > 64 ? badRequest('FriendlyName must be at most 64 characters long') : undefined;
}

export function urlFault(form: URLSearchParams, field: string): Answer | undefined {
  const text = form.get(field);
  if (text === null || text === '' || /^https?:$/.test(URL.parse(text)?.protocol ?? '')) return undefined;
  return badRequest(`${field} is not a valid URL`);
}

export function oneOf(form: URLSearchParams, field: string, values: readonly string[]): Answer | undefined {
  const text = form.get(field);
  if (text === null || values.includes(text)) return undefined;
  return badRequest(`${field} must be one of ${values.join(', ')}`);
}

/** 0 where the text is no whole number, so that it is out of every range. */
export function numberFault(form: URLSearchParams, field: string, least: number, most: number): Answer | undefined {
  const text = form.get(field);
  if (text === null) return undefined;
  const isWithin = /^\d{1,10}$/.test(text) && Number(text) >= least && Number(text) <= most;
  return isWithin ? undefined : badRequest(`${field} must be a whole number between ${least} and ${most}`);
}

/** The first that is an answer. */
export const firstFault = (...faults: readonly (Answer | undefined)[]): Answer | undefined =>
  faults.find((fault) => fault !== undefined);
