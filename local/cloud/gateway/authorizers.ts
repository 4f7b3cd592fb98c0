import * as z from 'zod/mini';
import { FunctionError } from '../functions/function-error.ts';
import { fits } from '../iam/wildcards.ts';
import type { Resource } from '../template/resolved-template.ts';
import { typedProperties, unused, wholeNumber } from '../template/typed-properties.ts';
import { headerOf, type GatewayRequest } from './gateway-request.ts';
import { GatewayRefusal } from './refusal.ts';

const authorizerSchema = z.strictObject({
  Name: unused,
  RestApiId: z.string(),
  Type: z.literal('TOKEN', 'TOKEN authorizers alone are known here'),
  AuthorizerUri: z.string(),
  AuthorizerCredentials: z.optional(z.never('an authorizer that is run under a role is not known here')),
  AuthorizerResultTtlInSeconds: z._default(wholeNumber.check(z.lte(3600)), 300),
  IdentitySource: z.string().check(z.regex(/^method\.request\.header\.[\w-]+$/, 'wanted one header')),
  IdentityValidationExpression: z.optional(z.string()),
});

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const statementSchema = z.strictObject({
  Sid: z.optional(z.string()),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore,
  Resource: oneOrMore,
});
const outputSchema = z.strictObject({
  principalId: z.string().check(z.minLength(1)),
  policyDocument: z.strictObject({ Version: z.string(), Statement: z.array(statementSchema) }),
  context: z._default(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])), {}),
  usageIdentifierKey: z.nullish(z.string()),
});
type Output = z.output<typeof outputSchema>;

/** What an authorizer says of a request that it lets through. */
export interface Authorized {
  /** `requestContext.authorizer` of a proxied function: the principal, and the context with each value as text. */
  readonly context: Readonly<Record<string, string>>;
  /** The API key that the request counts as. */
  readonly apiKey: string | undefined;
}

/** A function that looks at the token of a request before its method is reached. */
export interface Authorizer {
  readonly id: string;
  readonly where: string;
  readonly uri: string;
  /** @throws {GatewayRefusal} when the request is not let through, or nobody can say. */
  authorize(request: GatewayRequest, methodArn: string, run: RunAuthorizer): Promise<Authorized>;
}

/** Runs the function behind `uri`. @throws {FunctionError} when it fails. */
type RunAuthorizer = (uri: string, event: unknown) => Promise<unknown>;

/**
 * The authorizers of the template by their ids, each with the results that it remembers, by the run's clock.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html (read 2026-11)
 * @throws {TemplateError} for a kind of authorizer that is not known here.
 */
export function authorizersOf(resources: readonly Resource[]): ReadonlyMap<string, Authorizer> {
  return new Map(
    resources
      .filter(({ type }) => type === 'AWS::ApiGateway::Authorizer')
      .map((resource) => [resource.ref(), tokenAuthorizer(resource)]),
  );
}

function tokenAuthorizer(resource: Resource): Authorizer {
  const settings = typedProperties(resource, authorizerSchema);
  const header = settings.IdentitySource.replace(/^method\.request\.header\./, '');
  const wanted = new RegExp(`^(?:${settings.IdentityValidationExpression ?? '.*'})$`, 's');
  const remembered = new Map<string, { readonly output: Output; readonly untilEpochMs: number }>();
  return {
    id: resource.ref(),
    where: resource.where,
    uri: settings.AuthorizerUri,
    async authorize(request, methodArn, run) {
      const token = headerOf(request.headers, header) ?? '';
      if (token === '' || !wanted.test(token)) throw new GatewayRefusal('UNAUTHORIZED', 'Unauthorized');
      const known = remembered.get(token);
      const { receivedAtEpochMs: nowMs } = request;
      if (known !== undefined && nowMs < known.untilEpochMs) return letThrough(known.output, methodArn);
      const output = await ask(run(settings.AuthorizerUri, { type: 'TOKEN', methodArn, authorizationToken: token }));
      remembered.set(token, { output, untilEpochMs: nowMs + settings.AuthorizerResultTtlInSeconds * 1000 });
      return letThrough(output, methodArn);
    },
  };
}

/** The function's word; an error with the one message `Unauthorized` is a word too. */
async function ask(running: Promise<unknown>): Promise<Output> {
  const read = outputSchema.safeParse(
    await running.catch((error: unknown) => {
      if (error instanceof FunctionError && error.errorMessage === 'Unauthorized')
        throw new GatewayRefusal('UNAUTHORIZED', 'Unauthorized');
      throw failure('AUTHORIZER_FAILURE', error);
    }),
  );
  if (!read.success) throw failure('AUTHORIZER_CONFIGURATION_ERROR', read.error);
  return read.data;
}

function failure(type: 'AUTHORIZER_FAILURE' | 'AUTHORIZER_CONFIGURATION_ERROR', cause: unknown): GatewayRefusal {
  const refusal = new GatewayRefusal(type, 'Internal server error');
  refusal.cause = cause;
  return refusal;
}

/** What nothing allows is denied, and so is what anything denies. */
function letThrough(
  { principalId, policyDocument, context, usageIdentifierKey }: Output,
  methodArn: string,
): Authorized {
  const about = policyDocument.Statement.filter(
    ({ Action, Resource }) =>
      [Action].flat().some((action) => fits(action, 'execute-api:Invoke')) &&
      [Resource].flat().some((resource) => fits(resource, methodArn)),
  );
  const effects = new Set(about.map(({ Effect }) => Effect));
  if (effects.has('Deny'))
    throw new GatewayRefusal('ACCESS_DENIED', 'User is not authorized to access this resource with an explicit deny');
  if (!effects.has('Allow'))
    throw new GatewayRefusal('ACCESS_DENIED', 'User is not authorized to access this resource');
  const texts = Object.entries(context).map(([name, value]) => [name, String(value)] as const);
  return { context: { ...Object.fromEntries(texts), principalId }, apiKey: usageIdentifierKey ?? undefined };
}
