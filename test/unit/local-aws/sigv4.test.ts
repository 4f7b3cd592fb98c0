import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { awsRequest, type AwsRequest } from '../../../local/aws/http/aws-request.ts';
import { claimedSignature } from '../../../local/aws/http/claimed-signature.ts';
import { proveSignature } from '../../../local/aws/http/sigv4.ts';

/** The worked examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and
 *  …/sigv4-query-string-auth.html (read 2026-11). */
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const signedAt = Date.UTC(2013, 4, 24);

const byHeader = (signature: string): AwsRequest =>
  get('/test.txt', {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': emptyHash,
    'x-amz-date': '20130524T000000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, ' +
      `SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, Signature=${signature}`,
  });
const byQuery = (path = '/test.txt'): AwsRequest =>
  get(
    `${path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request` +
      '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
      '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    { host: 'examplebucket.s3.amazonaws.com' },
  );
const headerSignature = 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41';

describe('a signature of version 4', () => {
  it('in the header is the one of the worked example', () => {
    expect(() => prove(byHeader(headerSignature), { payloadHash: emptyHash })).not.toThrow();
  });

  it('in the query is the one of the worked example', () => {
    expect(() => prove(byQuery(), { payloadHash: 'UNSIGNED-PAYLOAD' })).not.toThrow();
  });

  it.each([
    ['another secret', () => prove(byHeader(headerSignature), { payloadHash: emptyHash, secretAccessKey: 'guessed' })],
    ['another body', () => prove(byHeader(headerSignature), { payloadHash: 'f'.repeat(64) })],
    ['another path', () => prove(byQuery('/text.txt'), { payloadHash: 'UNSIGNED-PAYLOAD' })],
    ['no signature', () => prove(byHeader('00'), { payloadHash: emptyHash })],
  ])('does not hold for %s', (_what, attempt) => {
    expect(attempt).toThrow(expect.objectContaining({ code: 'SignatureDoesNotMatch', status: 403 }));
  });

  it.each([-15 * 60 - 1, 15 * 60 + 1])('in the header is no good %i seconds away from the clock', (seconds) => {
    const attempt = () =>
      prove(byHeader(headerSignature), { payloadHash: emptyHash, nowEpochMs: signedAt + seconds * 1000 });

    expect(attempt).toThrow(expect.objectContaining({ code: 'RequestTimeTooSkewed', status: 403 }));
  });

  it('in the query is good until its last second', () => {
    const at = (seconds: number) => () =>
      prove(byQuery(), { payloadHash: 'UNSIGNED-PAYLOAD', nowEpochMs: signedAt + seconds * 1000 });

    expect(at(86_400)).not.toThrow();
    expect(at(86_401)).toThrow('Request has expired');
  });

  it('must cover every x-amz- header', () => {
    const request = byQuery();
    request.incoming.headers['x-amz-meta-more'] = 'unsigned';

    expect(() => prove(request, { payloadHash: 'UNSIGNED-PAYLOAD' })).toThrow('not signed: x-amz-meta-more');
  });

  it.each([
    ['AWS4-HMAC-SHA256 Credential=AKIA/20130524/us-east-1/s3, SignedHeaders=host, Signature=00'],
    ['AWS4-HMAC-SHA256 Credential=AKIA/20130525/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00'],
    ['Basic dXNlcjpwYXNz'],
  ])('that reads "%s" is called malformed', (authorization) => {
    const request = get('/', { host: 'h', 'x-amz-date': '20130524T000000Z', authorization });

    expect(() => claimedSignature(request)).toThrow(
      expect.objectContaining({ code: 'AuthorizationHeaderMalformed', status: 400 }),
    );
  });
});

function prove(
  request: AwsRequest,
  given: { readonly payloadHash: string; readonly secretAccessKey?: string; readonly nowEpochMs?: number },
): void {
  const claim = claimedSignature(request);
  if (claim === undefined) throw new Error('the request is not signed');
  proveSignature(request, claim, { secretAccessKey, nowEpochMs: signedAt, ...given });
}

function get(url: string, headers: Readonly<Record<string, string>>): AwsRequest {
  const incoming = new IncomingMessage(new Socket());
  incoming.method = 'GET';
  incoming.url = url;
  Object.assign(incoming.headers, headers);
  return awsRequest(incoming);
}
