import type { RequestListener } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamodbLedger } from '../../../lambdas/shared/adapters/dynamodb/dynamodb-ledger.ts';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import type { Ledger } from '../../../lambdas/shared/ports/ledger.ts';
import { describeError } from '../../../lambdas/shared/runtime/describe-error.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { exampleTask } from '../../support/ledger/example-records.ts';

/** DynamoDB's error answer: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const failing =
  (status: number, code: string): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message: 'said by the table' }));
  };

describe('the ledger in DynamoDB translates failures', () => {
  let server: HttpAnswers | undefined;
  let client: DynamoDBClient | undefined;

  const ledgerAnsweredBy = async (listener: RequestListener, requestTimeout = 2_000): Promise<Ledger> => {
    server = await answerHttp(listener);
    client = new DynamoDBClient({
      endpoint: server.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
      requestHandler: { requestTimeout, throwOnRequestTimeout: true },
    });
    return dynamodbLedger('ledger', client);
  };

  afterEach(async () => {
    client?.destroy();
    await server?.close();
  });

  it.each([
    [400, 'ProvisionedThroughputExceededException', 'ledger-unavailable'],
    [400, 'ThrottlingException', 'ledger-unavailable'],
    [400, 'RequestLimitExceeded', 'ledger-unavailable'],
    [500, 'InternalServerError', 'ledger-unavailable'],
    [503, 'ServiceUnavailable', 'ledger-unavailable'],
    [400, 'AccessDeniedException', 'ledger-refused'],
    [400, 'ExpiredTokenException', 'ledger-refused'],
    [400, 'ResourceNotFoundException', 'ledger-refused'],
    [400, 'UnrecognizedClientException', 'ledger-refused'],
  ])('says of %i %s that it is worth another try: %s', async (status, code, reason) => {
    const ledger = await ledgerAnsweredBy(failing(status, code));

    const failures = await Promise.all(
      [
        ledger.readTask(sids.task()),
        ledger.saveTask(exampleTask()),
        ledger.findByAlias('CA1'),
        ledger.due(new Date('2026-11-20T10:00:00Z'), 10),
      ].map(failureOf),
    );

    for (const failure of failures) {
      expect(failure).toBeInstanceOf(RetryableError);
      expect(failure).toMatchObject({ reason, cause: { name: code } });
    }
  });

  it('names the action that a policy does not allow', async () => {
    const ledger = await ledgerAnsweredBy(failing(400, 'AccessDeniedException'));

    const failure = await failureOf(ledger.saveTask(exampleTask()));

    expect(failure).toHaveProperty('message', expect.stringContaining('dynamodb:PutItem'));
  });

  it('does not repeat what AWS says of a wrong signature: the session token is in it', async () => {
    const ledger = await ledgerAnsweredBy((_request, response) => {
      const message =
        "The request signature we calculated does not match. The Canonical String should have been 'x-amz-security-token:canary'";
      response.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: 'com.amazon.coral.service#InvalidSignatureException', message }));
    });

    const said = JSON.stringify(describeError(await failureOf(ledger.readTask(sids.task()))));

    expect(said).toContain('InvalidSignatureException');
    expect(said).not.toContain('canary');
  });

  it('says of a connection that broke that it is worth another try', async () => {
    const ledger = await ledgerAnsweredBy((request) => request.socket.destroy());

    const failure = await failureOf(ledger.readTask(sids.task()));

    expect(failure).toMatchObject({ name: 'RetryableError', reason: 'ledger-unavailable' });
  });

  it('says of a table that never answers that it is worth another try', async () => {
    const ledger = await ledgerAnsweredBy(() => undefined, 20);

    const failure = await failureOf(ledger.readTask(sids.task()));

    expect(failure).toMatchObject({ name: 'RetryableError', reason: 'ledger-unavailable' });
  });

  it('leaves a request that DynamoDB calls invalid as it is: that is a fault of ours', async () => {
    const ledger = await ledgerAnsweredBy(failing(400, 'ValidationException'));

    const failure = await failureOf(ledger.readTask(sids.task()));

    expect(failure).toHaveProperty('name', 'ValidationException');
    expect(server?.requestCount()).toBe(1);
  });
});
