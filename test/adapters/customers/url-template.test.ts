import { readUrlTemplate } from '../../../lambdas/shared/adapters/customers/url-template.ts';
import type { TaskCustomer } from '../../../lambdas/shared/domain/task-shapes/canonical-task.ts';

const urlOf = (template: string, of: TaskCustomer): string | undefined => {
  const read = readUrlTemplate(template);
  return read.kind === 'template' ? read.urlOf(of)?.href : read.why;
};
const base = 'https://crm.example.com';

describe('the URL of a customer', () => {
  it.each([
    [`${base}/customers?phone={phone}`, { phone: '+12025550143' }, `${base}/customers?phone=%2B12025550143`],
    [`${base}/customers?q={email}`, { email: 'ada+1@example.com' }, `${base}/customers?q=ada%2B1%40example.com`],
    [
      `${base}/customers/{externalId}/card`,
      { externalId: 'a/b?c#d&e é' },
      `${base}/customers/a%2Fb%3Fc%23d%26e%20%C3%A9/card`,
    ],
    [
      `${base}/c/{externalId}?p={phone}&again={phone}`,
      { externalId: '7', phone: '+1' },
      `${base}/c/7?p=%2B1&again=%2B1`,
    ],
    [`${base}:8443/{phone}`, { phone: '{email}', email: 'x' }, `${base}:8443/%7Bemail%7D`],
    [`${base}/{externalId}`, { externalId: "$&$'" }, `${base}/%24%26%24'`],
  ])('%s is filled with what is known, percent-encoded', (template, of, url) => {
    expect(urlOf(template, of)).toBe(url);
  });

  it.each([
    ['what is asked for is not known', { email: 'ada@example.com' }],
    ['what is asked for is empty', { phone: '' }],
    ['what is asked for is half a character', { phone: '\ud83c' }],
    ['it would lead a step up', { phone: '..' }],
    ['it would lead nowhere', { phone: '.' }],
  ])('is none where %s', (_what, of) => {
    expect(urlOf(`${base}/customers/{phone}`, of)).toBeUndefined();
  });

  it('takes dots for what they are in a query', () => {
    expect(urlOf(`${base}/customers?id={externalId}`, { externalId: '..' })).toBe(`${base}/customers?id=..`);
  });
});

describe('a template', () => {
  it.each([
    ['asks for nothing', `${base}/customers`, 'it holds none of {phone}, {email}, {externalId}'],
    ['asks for something else', `${base}/?n={name}&p={phone}`, '{name} is none of {phone}, {email}, {externalId}'],
    ['is no URL', '/customers?phone={phone}', 'it is no URL'],
    ['has a host that depends on the customer', 'https://{externalId}.example.com/', 'its host is not fixed'],
    ['has a host that ends in the customer', 'https://crm.example.com{externalId}/', 'its host is not fixed'],
    ['has a user name that depends on the customer', 'https://{phone}@crm.example.com/', 'its host is not fixed'],
  ])('that %s is of no use, and says why', (_what, template, why) => {
    expect(readUrlTemplate(template)).toEqual({ kind: 'unusable', why });
  });
});
