import * as z from 'zod/mini';
import type { ReportTarget } from '../domain/report-targets.ts';
import { jsonOf } from './json-text.ts';

/**
 * The targets of statuses as the stack writes them into report-status' environment: one JSON list. An unknown
 * key is an error, and so are two targets of one name: the name leads to the secret and to whether it is disabled.
 */
const targetSchema = z.strictObject({
  name: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/)),
  url: z.url({ protocol: /^https?$/ }).check(z.refine(hasNoCredentials, 'a URL without user and password is wanted')),
  from: z.enum(['archive', 'calabrio', 'agent-states']),
  tenantId: z.int().check(z.gte(0)),
});

export const reportTargetsSchema = z
  .array(targetSchema)
  .check(
    z.refine(
      (targets) => new Set(targets.map(({ name }) => name)).size === targets.length,
      'two targets have one name, which chooses the signing secret',
    ),
  );

/** @throws {Error} when the text is no list of targets; zod's error names the fields at fault. */
export function readReportTargetsText(text: string): readonly ReportTarget[] {
  return reportTargetsSchema.parse(JSON.parse(text));
}

/** An environment variable that holds the targets. */
export const reportTargetsVariable = z.pipe(
  z.string().check(z.refine(isReportTargetsText, 'not a list of report targets')),
  z.transform((text: string) => readReportTargetsText(text)),
);

function isReportTargetsText(text: string): boolean {
  return reportTargetsSchema.safeParse(jsonOf(text)).success;
}

/** A webhook is proved by its signature; what stands in a URL is written down by everybody on the way. */
function hasNoCredentials(url: string): boolean {
  return !/^https?:\/\/[^/?#]*@/.test(url);
}
