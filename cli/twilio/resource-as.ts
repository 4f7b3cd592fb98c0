import * as z from 'zod/mini';
import { unreadable } from '../../lambdas/shared/adapters/twilio/twilio-failures.ts';
import type { Resource } from './twilio-rest.ts';

/**
 * What of Twilio's resource is needed, in the shape that it is needed in; the rest is left out.
 *
 * @throws {RetryableError} `twilio-unreadable`, naming the fields.
 */
export function resourceAs<Schema extends z.ZodMiniType>(
  schema: Schema,
  resource: Resource,
  url: string,
): z.output<Schema> {
  const parsed = z.safeParse(schema, resource);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.join('.'));
  throw unreadable({ method: 'GET', url: new URL(url) }, fields.join(', '));
}
