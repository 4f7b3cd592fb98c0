/** Names and values in the order of arrival; a name may come more than once. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** One request as the gateway received it. */
export interface GatewayRequest {
  readonly method: string;
  /** Without the stage and the query, percent-encoded as it came. */
  readonly path: string;
  readonly query: Pairs;
  /** In the sender's spelling. */
  readonly headers: Pairs;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly protocol: string;
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** By the run's clock. */
  readonly receivedAtEpochMs: number;
}

export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Pairs;
  readonly body: string;
}

/** The last value of a header, whatever its spelling. */
export function headerOf(headers: Pairs, name: string): string | undefined {
  return headers.findLast(([candidate]) => candidate.toLowerCase() === name.toLowerCase())?.[1];
}

/** Each name with its last value: how API Gateway fills its single-valued maps. */
export function lastValues(pairs: Pairs): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs);
}

/** Each name with all its values. */
export function allValues(pairs: Pairs): Readonly<Record<string, readonly string[]>> {
  const names = [...new Set(pairs.map(([name]) => name))];
  return Object.fromEntries(
    names.map((name) => [name, pairs.filter(([other]) => other === name).map(([, value]) => value)]),
  );
}

/**
 * The media type that request templates are chosen by: without parameters, in lower case.
 * A request without the header counts as `application/json`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html (read 2026-11)
 */
export function mediaTypeOf(request: GatewayRequest): string {
  const contentType = headerOf(request.headers, 'content-type');
  return contentType === undefined ? 'application/json' : (contentType.split(';')[0] ?? '').trim().toLowerCase();
}
