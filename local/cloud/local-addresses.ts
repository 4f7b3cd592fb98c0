import * as z from 'zod/mini';
import type { Api } from './gateway/start-gateway.ts';
import type { Resource } from './template/resolved-template.ts';
import { typedProperties } from './template/typed-properties.ts';

const mappingSchema = z.strictObject({
  DomainName: z.string(),
  RestApiId: z.string(),
  Stage: z.optional(z.string()),
  BasePath: z.optional(z.string()),
});

/**
 * Which addresses of the deployed API stand for which local ones: its invoke URL, and each custom domain that is mapped
 * to it. Functions get them in their environment, and signatures are made over them.
 */
export function localAddresses(
  resources: readonly Resource[],
  api: Api,
  gatewayUrl: string,
): readonly (readonly [string, string])[] {
  const domains = resources
    .filter(({ type }) => type === 'AWS::ApiGateway::BasePathMapping')
    .map((resource) => typedProperties(resource, mappingSchema))
    .map(({ DomainName, BasePath }) => {
      const deployed = BasePath === undefined || BasePath === '(none)' ? DomainName : `${DomainName}/${BasePath}`;
      return [`https://${deployed}`, `${gatewayUrl}/${api.stageName}`] as const;
    });
  return [[`https://${api.apiId}.execute-api.${api.region}.amazonaws.com`, gatewayUrl], ...domains];
}
