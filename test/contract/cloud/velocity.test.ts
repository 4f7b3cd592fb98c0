import { renderTemplate } from '../../../local/cloud/gateway/velocity.ts';
import type { GatewayRequest } from '../../../local/cloud/gateway/gateway-request.ts';

const request: GatewayRequest = {
  method: 'POST',
  path: '/notes/7',
  query: [
    ['q', 'first'],
    ['q', 'last'],
    ['shared', 'from query'],
  ],
  headers: [
    ['X-Note', 'one'],
    ['__proto__', 'a name like any other'],
    ['shared', 'from header'],
  ],
  body: Buffer.from(''),
  sourceIp: '192.0.2.7',
  protocol: 'HTTP/1.1',
  requestId: 'r-1',
  extendedRequestId: 'e-1=',
  receivedAtEpochMs: 0,
};

const rendered = (template: string, body = ''): string =>
  renderTemplate(template, { body, request, pathParameters: { id: '7' }, context: { requestId: 'r-1' } }).text;

// Expected values: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
// (read 2026-11), and what java.net.URLEncoder and Apache Commons' escapeEcmaScript are documented to give.
describe('mapping templates', () => {
  it('find a parameter in the path, then the query, then the headers, and nothing as empty text', () => {
    expect(
      rendered("$input.params('id')|$input.params('shared')|$input.params('X-Note')|$input.params('x-note')|"),
    ).toBe('7|from query|one||');
  });

  it('see the last of repeated parameters', () => {
    expect(rendered("$input.params('q') $input.params().querystring.get('q')")).toBe('last last');
  });

  it('walk over header names as sent, none of which means anything to the engine', () => {
    expect(rendered('#foreach($name in $input.params().header.keySet())$name;#end')).toBe('X-Note;__proto__;shared;');
    expect(rendered("$input.params().header.get('__proto__')")).toBe('a name like any other');
  });

  it('encode as Java does', () => {
    expect(rendered('$util.urlEncode($input.body)', "a b&c=d+é*~!'()-._")).toBe(
      'a+b%26c%3Dd%2B%C3%A9*%7E%21%27%28%29-._',
    );
    expect(rendered('$util.base64Encode($input.body)', 'Grüße 🎧')).toBe('R3LDvMOfZSDwn46n');
    expect(rendered('$util.base64Decode($util.base64Encode($input.body))', 'Grüße 🎧')).toBe('Grüße 🎧');
    expect(rendered('$util.urlDecode("a+b%26")')).toBe('a b&');
    expect(rendered('$util.escapeJavaScript($input.body)', `it's "é"/\\\n`)).toBe('it\\\'s \\"\\u00E9\\"\\/\\\\\\n');
  });

  it('read JSON by path', () => {
    const body = '{"a":{"b":[1,{"c":"é"}]}}';

    expect(rendered("$input.json('$')", body)).toBe(body);
    expect(rendered("$input.json('$.a.b[1]')", body)).toBe('{"c":"é"}');
    expect(rendered("$input.path('$.a.b[1].c')", body)).toBe('é');
    expect(rendered('$util.parseJson($input.body).a.b.size()', body)).toBe('2');
  });

  it('never run what the sender wrote', () => {
    const text = '#set($x = 1)$x $input.body $context.requestId';

    expect(rendered('<$input.body>', text)).toBe(`<${text}>`);
  });

  it('fail for a context variable or a method that does not exist, instead of printing its name', () => {
    expect(() => rendered('$context.requestID')).toThrow('$context.requestID is not known here');
    expect(() => rendered('$util.md5($input.body)')).toThrow('md5 is not method');
  });
});
