import { CannotBeMadeError } from '../cannot-be-made-error.ts';
import {
  attributesText,
  isObject,
  maxAttributesCharacters,
  parseTaskAttributes,
} from '../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { WantedWorker } from '../config/config-schema.ts';
import type { Resource } from '../twilio-rest.ts';
import type { Field } from './field.ts';
import { jsonDifferences } from './json-differences.ts';
import type { Kind } from './kinds.ts';
import type { Workbench } from './workbench.ts';
import type { Found } from './workspace-state.ts';

/** How often another writer may be first before a person is told. */
const maxRaces = 8;

/** Only what is listed counts; what else the worker has is left, and so is the order of keys. */
const attributesField: Field<WantedWorker> = {
  differences({ attributes: wanted }, at) {
    if (at === undefined) return jsonDifferences('attributes', {}, wanted);
    const { attributes } = attributesOf(at);
    return jsonDifferences('attributes', attributes, merged(attributes, wanted));
  },
  form({ attributes: wanted }, _names, at) {
    return { Attributes: attributesText(at === undefined ? wanted : merged(attributesOf(at).attributes, wanted)) };
  },
  fixed({ attributes: wanted }, at) {
    const { attributes, why } = attributesOf(at);
    if (why !== undefined) return `${why}: write an object there by hand`;
    const { length } = attributesText(merged(attributes, wanted));
    return length <= maxAttributesCharacters
      ? undefined
      : `they would have ${length} characters, and TaskRouter allows ${maxAttributesCharacters}: something must go by hand`;
  },
};

/** Looked at only when a worker is made: afterwards its activity is the agent's own. */
const firstActivityField: Field<WantedWorker> = {
  differences: ({ activity }, at) =>
    at !== undefined || activity === undefined ? [] : [{ field: 'activity', to: activity }],
  form: ({ activity }, names, at) =>
    at !== undefined || activity === undefined ? {} : { ActivitySid: names.sidOf('activity', activity) },
};

export const workerKind: Kind<WantedWorker> = {
  kind: 'worker',
  nameOf: ({ name }) => name,
  identity: ({ name }) => ({ FriendlyName: name }),
  fields: [firstActivityField, attributesField],
  change: writeAttributes,
};

/** Writes on the revision that it read, where Twilio tells it: other programs write workers, too. */
async function writeAttributes(bench: Workbench, wanted: WantedWorker, { sid, name }: Found): Promise<void> {
  const url = `${bench.url('worker')}/${sid}`;
  for (let race = 0; race < maxRaces; race += 1) {
    const read = await bench.rest.fetch(url);
    if (read === undefined) throw new CannotBeMadeError(`${sid} is no longer in the workspace`);
    const why = attributesField.fixed?.(wanted, read.resource);
    if (why !== undefined) throw new CannotBeMadeError(why);
    if (attributesField.differences(wanted, read.resource, bench).length === 0) return;
    const form = attributesField.form(wanted, bench, read.resource);
    if ((await bench.rest.update(url, { form }, read.etag)) !== undefined) return;
  }
  throw new CannotBeMadeError(`the attributes of ${name} were changed by others ${maxRaces} times meanwhile`);
}

function attributesOf(resource: Resource): { readonly attributes: TaskAttributes; readonly why?: string } {
  const text = resource['attributes'];
  if (text === null || text === '') return { attributes: {} };
  const parsed = parseTaskAttributes(typeof text === 'string' ? text : '');
  return parsed.kind === 'object' ? { attributes: parsed.attributes } : { attributes: {}, why: parsed.why };
}

/** Objects key by key, so that what is beside a listed attribute stays; everything else, lists too, as a whole. */
function merged(before: TaskAttributes, wanted: TaskAttributes): TaskAttributes {
  const pairs = Object.entries(wanted).map(([key, value]) => {
    const at = before[key];
    return [key, isObject(value) && isObject(at) ? merged(at, value) : value] as const;
  });
  return { ...before, ...Object.fromEntries(pairs) };
}
