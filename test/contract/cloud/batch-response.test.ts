import { failedMessages } from '../../../local/cloud/events/batch-response.ts';

// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html (read 2026-11)
describe('the failures of a batch', () => {
  const ids = ['m-1', 'm-2'];

  it.each([
    ['an empty list', { batchItemFailures: [] }],
    ['a null list', { batchItemFailures: null }],
    ['an empty response', {}],
    ['no response', null],
  ])('are none for %s', (_title, response) => {
    expect([...failedMessages(response, ids)]).toEqual([]);
  });

  it('are those that the response names', () => {
    expect([...failedMessages({ batchItemFailures: [{ itemIdentifier: 'm-2' }] }, ids)]).toEqual(['m-2']);
  });

  it.each([
    ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['a null identifier', { batchItemFailures: [{ itemIdentifier: null }] }],
    ['a misspelt key', { batchItemFailures: [{ itemIdentifer: 'm-1' }] }],
    ['an identifier of another batch', { batchItemFailures: [{ itemIdentifier: 'm-3' }] }],
    ['a text instead of an object', 'done'],
  ])('are all for %s', (_title, response) => {
    expect([...failedMessages(response, ids)]).toEqual(ids);
  });
});
