import type * as z from 'zod/mini';

/** The environment is not what the function needs. Names every variable at fault and never a value. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * The function's environment, checked and typed; the only place that reads `process.env`.
 *
 * An empty variable counts as missing: that is what a forgotten setting looks like in a template.
 *
 * @throws {EnvironmentError} one error with all faults, so that a deployment is repaired once. Values are not in it.
 */
export function loadEnv<Schema extends z.ZodMiniObject>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): z.output<Schema> {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const faults = new Map(parsed.error.issues.map((issue) => [String(issue.path[0]), faultOf(issue, present)]));
  const list = [...faults].map(([name, fault]) => `${name} ${fault}`).join('; ');
  throw new EnvironmentError(
    `${faults.size} environment variable(s) at fault: ${list}. Set them in the stack that deploys this function.`,
  );
}

/** In words of the schema only; an issue's own message may one day quote the value. */
function faultOf(issue: z.core.$ZodIssue, present: Readonly<Record<string, unknown>>): string {
  if (!Object.hasOwn(present, String(issue.path[0]))) return 'is missing';
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_format')
    return issue.format === 'regex' ? `must match ${issue.pattern}` : `must be a ${issue.format}`;
  return 'is malformed';
}
