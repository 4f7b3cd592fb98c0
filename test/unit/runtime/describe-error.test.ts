import { PermanentError, RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import { describeError } from '../../../lambdas/shared/runtime/describe-error.ts';

describe('the description of an error', () => {
  it('has the words of our own errors, and their reason', () => {
    expect(describeError(new PermanentError('the body is not JSON', { reason: 'unreadable-message' }))).toEqual({
      name: 'PermanentError',
      reason: 'unreadable-message',
      message: 'the body is not JSON',
    });
  });

  it('has of an error that is not ours the name, the code and the place, and never its words', () => {
    const error = Object.assign(new TypeError('cannot dial +15005550006 of ada@example.com'), { code: 'ERR_DIAL' });

    const described = describeError(error);

    expect(described).toMatchObject({ name: 'TypeError', code: 'ERR_DIAL' });
    expect(described.at?.[0]).toContain('describe-error.test.ts');
    expect(JSON.stringify(described)).not.toMatch(/15005550006|ada@example/);
  });

  it('keeps the words out of the place too, when they have several lines', () => {
    const described = describeError(new Error('first line\n    at +15005550006 (customer)\nthird'));

    expect(JSON.stringify(described)).not.toContain('15005550006');
  });

  it('names the chain of causes, with the status of an AWS answer', () => {
    const aws = Object.assign(new Error('denied'), {
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 400 },
    });

    const described = describeError(new RetryableError('SQS did not answer', { reason: 'sqs-failed', cause: aws }));

    expect(described).toMatchObject({ reason: 'sqs-failed', cause: { name: 'AccessDeniedException', status: 400 } });
  });

  it('ends when an error is its own cause', () => {
    const error = new RetryableError('round', { reason: 'round' });
    error.cause = error;

    expect(describeError(error).cause?.cause?.cause?.cause).toBeUndefined();
  });

  it('says what kind of thing was thrown that is no error, and not what it was', () => {
    expect(describeError('+15005550006')).toEqual({ name: 'thrown string' });
  });
});
