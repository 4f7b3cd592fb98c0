import { signedHeaders } from '../../../cli/aws/sign-request.ts';

/** AWS's published test suite for Signature Version 4 (aws-sig-v4-test-suite), which uses these throughout. */
const scope = {
  service: 'service',
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
  now: new Date('2015-08-30T12:36:00Z'),
};

describe('signedHeaders', () => {
  it('signs get-vanilla as the test suite does', () => {
    const headers = signedHeaders(
      { method: 'GET', url: new URL('https://example.amazonaws.com/'), headers: {}, body: '' },
      scope,
    );

    expect(headers['authorization']).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    );
  });

  it('signs get-vanilla-query-order-key-case as the test suite does', () => {
    const url = new URL('https://example.amazonaws.com/?Param2=value2&Param1=value1');

    const headers = signedHeaders({ method: 'GET', url, headers: {}, body: '' }, scope);

    expect(headers['authorization']).toContain(
      'Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    );
  });

  it('signs post-x-www-form-urlencoded as the test suite does', () => {
    const request = {
      method: 'POST',
      url: new URL('https://example.amazonaws.com/'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Param1=value1',
    };

    const headers = signedHeaders(request, scope);

    expect(headers['authorization']).toContain(
      'Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    );
  });

  it('sends and signs the token of temporary credentials', () => {
    const headers = signedHeaders(
      { method: 'GET', url: new URL('https://example.amazonaws.com/'), headers: {}, body: '' },
      { ...scope, credentials: { ...scope.credentials, sessionToken: 'example-token' } },
    );

    expect(headers['x-amz-security-token']).toBe('example-token');
    expect(headers['authorization']).toContain('SignedHeaders=host;x-amz-date;x-amz-security-token,');
  });
});
