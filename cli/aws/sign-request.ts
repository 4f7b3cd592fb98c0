import { createHash, createHmac } from 'node:crypto';

/** Credentials as the SDK resolves them from the environment, a profile or a role. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

interface SignableRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface SigningScope {
  readonly service: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
  readonly now: Date;
}

/**
 * The headers that AWS wants on a request, `authorization` among them (Signature Version 4, signed in the headers).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html (read 2026-11)
 *
 * For calls to services whose SDK client would be a dependency for one call alone.
 */
export function signedHeaders(request: SignableRequest, scope: SigningScope): Readonly<Record<string, string>> {
  const timestamp = scope.now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const { sessionToken } = scope.credentials;
  const headers: Readonly<Record<string, string>> = {
    ...request.headers,
    host: request.url.host,
    'x-amz-date': timestamp,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const signedNames = names.join(';');
  const canonicalRequest = [
    request.method,
    canonicalPath(request.url),
    canonicalQuery(request.url),
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim()}`),
    '',
    signedNames,
    sha256(request.body),
  ].join('\n');
  const credentialScope = `${timestamp.slice(0, 8)}/${scope.region}/${scope.service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', timestamp, credentialScope, sha256(canonicalRequest)].join('\n');
  const signature = createHmac('sha256', signingKey(scope, timestamp.slice(0, 8)))
    .update(toSign)
    .digest('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope.credentials.accessKeyId}/${credentialScope}, SignedHeaders=${signedNames}, Signature=${signature}`;
  return { ...headers, authorization };
}

/** Every service but S3 wants each segment encoded once more. */
function canonicalPath(url: URL): string {
  return url.pathname.split('/').map(encodeURIComponent).join('/');
}

function canonicalQuery(url: URL): string {
  return [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&');
}

function signingKey({ credentials, region, service }: SigningScope, day: string): Buffer {
  return [day, region, service, 'aws4_request'].reduce<Buffer>(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    Buffer.from(`AWS4${credentials.secretAccessKey}`),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
