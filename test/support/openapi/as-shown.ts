import { examplesOf, isRecord, itemsOf, propertyOf } from './operation.ts';
import type { Operation, Schema } from './operation.ts';

/**
 * The operation with what its own file shows allowed: a parameter that is called a date-time and shown as a day
 * (`DateCreated` of a recording) may be a day, and a property that is shown null where the schema has no way to say so
 * (`reason_conference_ended`, a reference to a list of words) may be null, and a URI that is shown as a path alone (`uri`
 * of a list) or as an empty text (`event_callback_url`) may be one of these. Where a file contradicts itself, both readings
 * will do; nothing else of it is touched.
 */
export function asShown(operation: Operation): Operation {
  const { request } = operation;
  return {
    ...operation,
    ...(request?.query !== undefined && { request: { ...request, query: request.query.map(dayAsShown) } }),
    responses: operation.responses.map(responseAsShown),
  };
}

type QueryParameter = NonNullable<NonNullable<Operation['request']>['query']>[number];
type Response = Operation['responses'][number];
type Content = NonNullable<Response['contents']>[number];

function dayAsShown(parameter: QueryParameter): QueryParameter {
  const examples = parameter.examples ?? [];
  const isDay = examples.some((one) => 'value' in one && /^\d{4}-\d{2}-\d{2}$/.test(String(one.value)));
  if (parameter.schema?.format !== 'date-time' || !isDay) return parameter;
  const { format, ...schema } = parameter.schema;
  return { ...parameter, schema: { ...schema, anyOf: [{ format }, { format: 'date' }] } };
}

function responseAsShown(response: Response): Response {
  return response.contents === undefined ? response : { ...response, contents: response.contents.map(contentAsShown) };
}

function contentAsShown(content: Content): Content {
  const { schema } = content;
  return schema === undefined ? content : { ...content, schema: schemaAsShown(schema, examplesOf(content)) };
}

function schemaAsShown(schema: Schema, examples: readonly unknown[]): Schema {
  const items = itemsOf(schema);
  const inItems = examples.flatMap((example) => (Array.isArray(example) ? example : []));
  const shown = examples.filter(isRecord);
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const inner = propertyOf(schema, name);
    const values = shown.flatMap((example) => (name in example ? [example[name]] : []));
    return [name, inner === undefined ? property : schemaAsShown(inner, values)] as const;
  });
  const below = {
    ...schema,
    ...(items !== undefined && { items: schemaAsShown(items, inItems) }),
    ...(schema.properties !== undefined && { properties: Object.fromEntries(properties) }),
  };
  const isReference = schema.format === 'uri' && examples.some((one) => typeof one === 'string' && !URL.canParse(one));
  const text = isReference ? { ...below, format: 'uri-reference' } : below;
  return examples.includes(null) ? orNull(text) : text;
}

function orNull(schema: Schema): Schema {
  const types = schema.type === undefined ? [] : [schema.type].flat();
  return {
    ...schema,
    ...(types.length > 0 && !types.includes('null') && { type: [...types, 'null'] }),
    ...(schema.enum !== undefined && !schema.enum.includes(null) && { enum: [...schema.enum, null] }),
  };
}
