import { AwsError } from '../aws-error.ts';
import { emptyAnswer, xmlAnswer, type Answer } from '../http/answer.ts';
import { header, type AwsRequest } from '../http/aws-request.ts';
import { malformedXml } from './s3-errors.ts';
import { bucketCall, xmlBody, type S3Operation } from './s3-call.ts';
import type { S3Store } from './store.ts';
import type { StoredCorsRule } from './stored-shapes.ts';
import { childrenOf, childText, xml, xmlDocument, xmlGroup, type XmlElement } from './xml.ts';

export const getBucketCors: S3Operation = (call) => ({
  calls: [bucketCall('GetBucketCORS', call.bucket)],
  run() {
    const { corsRules } = call.store.bucket(call.bucket);
    if (corsRules.length === 0)
      throw new AwsError(404, 'NoSuchCORSConfiguration', 'The CORS configuration does not exist');
    const written = corsRules.map((rule) =>
      xmlGroup(
        'CORSRule',
        ...rule.allowedOrigins.map((origin) => xml('AllowedOrigin', origin)),
        ...rule.allowedMethods.map((method) => xml('AllowedMethod', method)),
        ...rule.allowedHeaders.map((name) => xml('AllowedHeader', name)),
        ...rule.exposeHeaders.map((name) => xml('ExposeHeader', name)),
        xml('MaxAgeSeconds', rule.maxAgeSeconds),
      ),
    );
    return xmlAnswer(200, xmlDocument('CORSConfiguration', ...written));
  },
});

export const putBucketCors: S3Operation = async (call) => {
  const rules = childrenOf(await xmlBody(call, 'CORSConfiguration'), 'CORSRule').map(readRule);
  if (rules.length === 0) throw malformedXml();
  return {
    calls: [bucketCall('PutBucketCORS', call.bucket)],
    run() {
      call.store.saveBucket({ ...call.store.bucket(call.bucket), corsRules: rules });
      return emptyAnswer(200);
    },
  };
};

export const deleteBucketCors: S3Operation = (call) => ({
  calls: [bucketCall('PutBucketCORS', call.bucket)],
  run() {
    call.store.saveBucket({ ...call.store.bucket(call.bucket), corsRules: [] });
    return emptyAnswer(204);
  },
});

/** Answers a browser's question before the real request; nobody signs these. */
export function preflight(store: S3Store, request: AwsRequest): Answer {
  const [origin, method] = [header(request, 'origin'), header(request, 'access-control-request-method')];
  if (origin === undefined || method === undefined) {
    throw new AwsError(
      400,
      'BadRequest',
      'Insufficient information. Origin and Access-Control-Request-Method request headers needed.',
    );
  }
  const wanted = (header(request, 'access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const rule = ruleFor(store, request, { origin, method, headers: wanted });
  if (rule === undefined) throw new AwsError(403, 'AccessForbidden', 'CORSResponse: This CORS request is not allowed.');
  return emptyAnswer(200, {
    ...headersOfRule(rule, origin),
    ...(wanted.length === 0 ? {} : { 'access-control-allow-headers': wanted.join(', ') }),
  });
}

/** What the answer to a cross-origin request must say so that a browser hands it on; nothing when no rule allows it. */
export function corsHeaders(store: S3Store, request: AwsRequest): Readonly<Record<string, string>> {
  const origin = header(request, 'origin');
  if (origin === undefined || request.method === 'OPTIONS') return {};
  const rule = ruleFor(store, request, { origin, method: request.method, headers: [] });
  return rule === undefined ? {} : headersOfRule(rule, origin);
}

function ruleFor(
  store: S3Store,
  request: AwsRequest,
  asked: { readonly origin: string; readonly method: string; readonly headers: readonly string[] },
): StoredCorsRule | undefined {
  const name = request.rawPath.split('/')[1] ?? '';
  if (!store.hasBucket(name)) return undefined;
  return store
    .bucket(name)
    .corsRules.find(
      (rule) =>
        rule.allowedOrigins.some((pattern) => matches(pattern, asked.origin)) &&
        rule.allowedMethods.includes(asked.method) &&
        asked.headers.every((wanted) =>
          rule.allowedHeaders.some((pattern) => matches(pattern.toLowerCase(), wanted.toLowerCase())),
        ),
    );
}

function headersOfRule(rule: StoredCorsRule, origin: string): Readonly<Record<string, string>> {
  const isForAll = rule.allowedOrigins.includes('*');
  return {
    'access-control-allow-origin': isForAll ? '*' : origin,
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    ...(isForAll ? {} : { 'access-control-allow-credentials': 'true' }),
    ...(rule.exposeHeaders.length === 0 ? {} : { 'access-control-expose-headers': rule.exposeHeaders.join(', ') }),
    ...(rule.maxAgeSeconds === undefined ? {} : { 'access-control-max-age': String(rule.maxAgeSeconds) }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

/** A pattern may hold one `*`. */
function matches(pattern: string, text: string): boolean {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === text;
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}

function readRule(element: XmlElement): StoredCorsRule {
  const texts = (name: string): readonly string[] => childrenOf(element, name).map((child) => child.text);
  const maxAge = childText(element, 'MaxAgeSeconds');
  const [allowedOrigins, allowedMethods] = [texts('AllowedOrigin'), texts('AllowedMethod')];
  if (allowedOrigins.length === 0 || allowedMethods.length === 0) throw malformedXml();
  return {
    allowedOrigins,
    allowedMethods,
    allowedHeaders: texts('AllowedHeader'),
    exposeHeaders: texts('ExposeHeader'),
    ...(maxAge === undefined ? {} : { maxAgeSeconds: Number(maxAge) }),
  };
}
