import { Compile, parse } from 'velocityjs';
import { javaMethods } from './velocity-methods.ts';
import { jsonPath } from './velocity-json-path.ts';
import { velocityUtil } from './velocity-util.ts';
import { lastValues, type GatewayRequest } from './gateway-request.ts';

/** What a mapping template is rendered over. */
export interface TemplateInput {
  readonly body: string;
  readonly request: GatewayRequest;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly context: object;
}

/** What a template may set to answer otherwise than its mapping says. */
export interface ResponseOverride {
  readonly status?: unknown;
  readonly header?: Readonly<Record<string, unknown>>;
}

export interface Rendered {
  readonly text: string;
  readonly override: ResponseOverride;
}

/** A map without a prototype, so that no header name can mean anything but itself. */
function bareMap(values: Readonly<Record<string, string>>): Record<string, string> {
  const map: Record<string, string> = { ...values };
  Object.setPrototypeOf(map, null);
  return map;
}

/** Throws for a variable that API Gateway does not have, instead of printing its name into the message. */
function strictContext(context: object, responseOverride: ResponseOverride): object {
  return new Proxy(
    { ...context, responseOverride },
    {
      get(target, key): unknown {
        if (typeof key === 'symbol' || key in target) return Reflect.get(target, key);
        throw new Error(`$context.${key} is not known here`);
      },
    },
  );
}

/**
 * Renders a mapping template as API Gateway does; `$input`, `$util` and `$context` are there.
 *
 * @throws {Error} when the template calls a method or reads a context variable that is not known here.
 */
export function renderTemplate(template: string, input: TemplateInput): Rendered {
  const params = {
    path: bareMap(input.pathParameters),
    querystring: bareMap(lastValues(input.request.query)),
    header: bareMap(lastValues(input.request.headers)),
  };
  const override: ResponseOverride = { header: {} };
  const text = new Compile(parse(template), { env: 'development', customMethodHandlers: javaMethods }).render({
    input: {
      body: input.body,
      params: (name?: string) =>
        name === undefined ? params : (params.path[name] ?? params.querystring[name] ?? params.header[name] ?? ''),
      json: (path: string) => JSON.stringify(jsonPath(input.body, path)),
      path: (path: string) => jsonPath(input.body, path),
    },
    util: velocityUtil,
    context: strictContext(input.context, override),
    stageVariables: {},
  });
  return { text, override };
}
