import { parseTaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import { CannotBeMadeError } from '../cannot-be-made-error.ts';
import type { WantedWorkflow } from '../config/config-schema.ts';
import type { Difference } from '../section.ts';
import type { Resource } from '../twilio-rest.ts';
import type { Field } from './field.ts';
import { jsonDifferences } from './json-differences.ts';
import { canonicalJson, nameOfFilter, toTwilioJson } from './workflow-json.ts';

/** The rules of a workflow, compared as what they mean. Each workflow has some: without any, Twilio makes none. */
export const configurationField: Field<WantedWorkflow> = {
  differences({ configuration }, at, names) {
    if (configuration === undefined) return [];
    const canonical = (json: unknown) => canonicalJson(json, (sid) => names.nameOf('task-queue', sid));
    return jsonDifferences('', canonical(configurationOf(at)), canonical(configuration), nameOfFilter)
      .map(readable)
      .filter(({ field }) => !isToldByPath.test(field));
  },
  form({ configuration }, names, at) {
    if (configuration === undefined && at === undefined)
      throw new CannotBeMadeError('Twilio makes no workflow without rules: say its "configuration"');
    if (configuration === undefined) return {};
    const json = toTwilioJson(configuration, (name) => names.sidOf('task-queue', name));
    return { Configuration: JSON.stringify(json) };
  },
};

/** Undefined where there is none, or it is no JSON: TaskRouter's oldest workflows are YAML. */
export function configurationOf(resource: Resource | undefined): unknown {
  const text = resource?.['configuration'];
  // A number that JavaScript cannot count to stays what it is, as in the file.
  const parsed = parseTaskAttributes(typeof text === 'string' ? text : '');
  return parsed.kind === 'object' ? parsed.attributes : undefined;
}

/** A filter that comes or goes has its name in the paths of all its other fields. */
const isToldByPath = /^filters\[".*"\]\.filter_friendly_name$/;

/** All of it is in `task_routing`. */
const readable = (difference: Difference): Difference => ({
  ...difference,
  field: difference.field.replace(/^task_routing\./, ''),
});
