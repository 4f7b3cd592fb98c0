import { badRequest, type Answer } from './answers.ts';

/** A refusal of a form that lacks what must be there, or has fields that are none of the operation's; undefined when it is right. */
export function refuseForm(
  form: URLSearchParams,
  known: readonly string[],
  required: readonly string[],
): Answer | undefined {
  const missing = required.filter((name) => (form.get(name) ?? '') === '');
  if (missing.length > 0) return badRequest(`Missing required parameter ${missing.join(', ')} in the post body`);
  const unknown = [...new Set(form.keys())].filter((name) => !known.includes(name));
  return unknown.length === 0 ? undefined : badRequest(`Unknown parameters: ${unknown.join(', ')}`);
}
