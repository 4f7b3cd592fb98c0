import { isSecretName, withoutSecrets } from '../../../../lambdas/shared/domain/secrets-in-attributes.ts';
import { read } from './read-fixture.ts';

describe('a name of a secret', () => {
  it.each([
    ...['rd_auth_token', 'rdChatWidgetKey', 'client_secret', 'clientSecret', 'password', 'userPassword', 'apiKey'],
    ...['api-key', 'APIKEY', 'Authorization', 'accessToken', 'private_key', 'db_pwd', 'credentials'],
    ...[
      'rdAPIToken',
      'userJWTToken',
      'APIKey',
      'rdAPIKey',
      'authtoken',
      'token2',
      'password_1',
      'apiKey1',
      'AUTH_TOKEN',
    ],
  ])('is %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    ...[
      'rdChatWidgetId',
      'key',
      'customer_key',
      'monkey',
      'token_count',
      'passport',
      'author',
      'secretary',
      'keyboard',
    ],
    ...['is_password_set_at', 'routing_key'],
  ])('is not %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('attributes without secrets', () => {
  it('lack them at every depth, say where each was, and keep all else', () => {
    const value = {
      rd_auth_token: 'not-a-real-token',
      rdJson: { apiKey: 'not-a-real-key', leadId: 7 },
      users: [{ name: 'Ada Example', password: 1234 }],
    };

    expect(withoutSecrets(value)).toEqual({
      value: { rdJson: { leadId: 7 }, users: [{ name: 'Ada Example' }] },
      paths: ['rd_auth_token', 'rdJson.apiKey', 'users[0].password'],
    });
  });

  it('lack them in a printed map too, nested or at its end', () => {
    const rdForm =
      '{a=1, json={b=2, rdChatWidgetKey=not-a-real-key}, apiKey=not-a-real-key, url=https://example.com/?q=1}';

    expect(withoutSecrets({ rdForm })).toEqual({
      value: { rdForm: '{a=1, json={b=2}, url=https://example.com/?q=1}' },
      paths: ['rdForm.rdChatWidgetKey', 'rdForm.apiKey'],
    });
  });

  it('lack them in the text of an object, which stays JSON', () => {
    const text = '{"leadId":7,"nested":{"password":"a, \\"b\\" }c"},"token":12}';
    const { value, paths } = withoutSecrets({ text });

    expect(JSON.parse(String(value['text']))).toEqual({ leadId: 7, nested: {} });
    expect(paths).toEqual(['text.nested.password', 'text.token']);
  });

  it('lack them in JSON within JSON, whatever they are', () => {
    const inner = JSON.stringify({ apiKey: { id: 1, value: 'not-a-real-key' }, ok: 1, tokens: ['not-a-real-token'] });
    const { value, paths } = withoutSecrets({ rdJson: JSON.stringify({ form: inner }) });

    expect(value).toEqual({ rdJson: JSON.stringify({ form: '{"ok":1}' }) });
    expect(paths).toEqual(['rdJson.form.apiKey', 'rdJson.form.tokens']);
  });

  it.each([
    ['a flag', { requires_password: true, token: null }],
    ['an empty text', { password: '', rdForm: '{rdChatWidgetKey=, a=1}', json: '{"password":""}' }],
    ['a link that carries its own authorisation', { segment_link: 'https://example.com/r/RE1?k=k1.abc&token=x' }],
    ['a sentence', { note: 'my password: forgotten' }],
  ])('are the same object where there is only %s', (_case, value) => {
    const cleaned = withoutSecrets(value);

    expect(cleaned.paths).toEqual([]);
    expect(cleaned.value).toBe(value);
  });

  it('keep a number that JavaScript cannot hold as it was', () => {
    const raw = JSON.rawJSON('9007199254740993');
    const { value } = withoutSecrets({ crm_id: raw, password: 'x1' });

    expect(JSON.stringify(value)).toBe('{"crm_id":9007199254740993}');
  });

  it('lack what is nested too deep to be looked through', () => {
    let nested: Record<string, unknown> = { leadId: 7 };
    for (let depth = 0; depth < 150; depth += 1) nested = { a: nested };
    const { value, paths } = withoutSecrets({ nested, b: 1 });

    expect(paths).toHaveLength(1);
    expect(JSON.stringify(value)).not.toContain('leadId');
    expect(value['b']).toBe(1);
  });
});

describe('a task with secrets', () => {
  it('is read without any of them', () => {
    const reading = read({
      rd: { client_id: 1, auth_token: 'not-a-real-token', own: { api_key: 'not-a-real-key' } },
      rdForm: '{rdChatWidgetKey=not-a-real-key, leadId=7}',
    });

    expect(reading.secrets).toEqual(['rd.auth_token', 'rd.own.api_key', 'rdForm.rdChatWidgetKey']);
    expect(JSON.stringify(reading.task)).not.toContain('not-a-real');
    expect(reading.task.rd).toEqual({ client_id: 1, lead_id: 7, own: {} });
  });
});
