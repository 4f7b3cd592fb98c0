import { PermanentError } from '../../../lambdas/shared/domain/outcome.ts';
import { parseContactStatus } from '../../../lambdas/shared/messages/contact-status-body.ts';
import type { ProvedContactStatus } from '../../../lambdas/shared/messages/contact-status-body.ts';
import { statusBody } from '../../support/contact-statuses.ts';

function proved(body: string): ProvedContactStatus {
  return {
    proved: true,
    route: 'calabrio/contact-status',
    requestId: 'r-1',
    receivedAt: new Date(0),
    contentType: 'application/json',
    credential: '',
    authorization: '',
    contactStatusSource: '',
    body,
  };
}

const parse = (body: string) => parseContactStatus(proved(body));

function failure(body: string): PermanentError {
  try {
    parse(body);
  } catch (error) {
    if (error instanceof PermanentError) return error;
    throw error;
  }
  throw new Error('the body was read');
}

describe('the body of a contact status', () => {
  it('is read as Calabrio’s help describes it', () => {
    const body = `{"ccrId":4711,"sessionId":"CA1","legId":"CA2","tenantId":1001,"status":"FAILED","failureReason":"no audio"}`;

    expect(parse(body)).toEqual({
      ccrId: 4711,
      sessionId: 'CA1',
      legId: 'CA2',
      tenantId: 1001,
      status: 'FAILED',
      failureReason: 'no audio',
    });
  });

  it('may have its numbers as texts, its ids as numbers, and keys that nobody knows', () => {
    const body = `{"ccrId":"4711","sessionId":17,"legId":18,"tenantId":" 1001 ","status":" COMPLETE ","screenId":{"a":1}}`;

    expect(parse(body)).toEqual({ ccrId: 4711, sessionId: '17', legId: '18', tenantId: 1001, status: 'COMPLETE' });
  });

  it('may begin with a byte order mark', () => {
    expect(parse(`\uFEFF${statusBody()}`)).toEqual(parse(statusBody()));
  });

  it('may call the leg callId', () => {
    expect(parse(`{"ccrId":1,"sessionId":"S","callId":"CA2","tenantId":1001,"status":"COMPLETE"}`).legId).toBe('CA2');
    expect(parse(statusBody({ legId: 'CA3' })).legId).toBe('CA3');
  });

  it.each(['null', '""'])('may have %s for a reason, which then is none', (reason) => {
    const body = `{"ccrId":1,"sessionId":"S","legId":"L","tenantId":1001,"status":"FAILED","failureReason":${reason}}`;

    expect(parse(body)).not.toHaveProperty('failureReason');
  });

  it.each([[{ sessionId: null }], [{ sessionId: undefined }], [{ sessionId: '  ' }]])(
    'may lack an id, as in %j, which then is empty',
    (keys) => {
      expect(parse(statusBody(keys)).sessionId).toBe('');
    },
  );

  it('keeps a status that nobody knows', () => {
    expect(parse(statusBody({ status: 'UPLOADING' })).status).toBe('UPLOADING');
  });

  it('has failed however that is spelt, and is complete only as documented', () => {
    const wordOf = (status: string) => parse(statusBody({ status })).status;

    expect(['FAILED', 'failed', ' Failed '].map(wordOf)).toEqual(['FAILED', 'FAILED', 'FAILED']);
    expect(wordOf('complete')).toBe('complete');
  });

  it('has its reason cut at 1,000 characters, never in the middle of one', () => {
    const { failureReason } = parse(statusBody({ failureReason: '🎧'.repeat(1_001) }));

    expect(failureReason).toBe('🎧'.repeat(1_000));
  });

  it.each([
    ['ccrId', { ccrId: undefined }],
    ['ccrId', { ccrId: 1.5 }],
    ['ccrId', { ccrId: -1 }],
    ['ccrId', { ccrId: '47a' }],
    ['ccrId', { ccrId: '' }],
    ['ccrId', { ccrId: '9999999999999999' }],
    ['ccrId', { ccrId: true }],
    ['tenantId', { tenantId: null }],
    ['sessionId', { sessionId: 'x'.repeat(257) }],
    ['sessionId', { sessionId: ['CA1'] }],
    ['legId', { legId: { sid: 'CA1' } }],
    ['status', { status: undefined }],
    ['status', { status: ' ' }],
    ['status', { status: 'x'.repeat(65) }],
    ['status', { status: 7 }],
    ['failureReason', { failureReason: 7 }],
    ['ccrId, tenantId', { ccrId: 'secret', tenantId: 'secret' }],
  ])('is parked for its %s, which is named, when it has %j', (fields, keys) => {
    const error = failure(statusBody(keys));

    expect(error.reason).toBe('contact-status-malformed');
    expect(error.message).toBe(`a contact status cannot be read: ${fields}`);
  });

  it.each(['{“tenantId”: 1}', '[', 'ccrId=1', 'null', '[]', '"x"', '7'])(
    'is parked and not quoted when it is %s',
    (body) => {
      const error = failure(body);

      expect(error.reason).toBe('contact-status-malformed');
      expect(error.message).toMatch(/: (it is not JSON|not an object)$/);
    },
  );

  it('is read up to 8,192 bytes and parked beyond', () => {
    const filled = (bytes: number): string => {
      const body = statusBody({ status: 'COMPLETE' });
      return `${body}${' '.repeat(bytes - Buffer.byteLength(body))}`;
    };

    expect(parse(filled(8_192)).ccrId).toBe(4711);
    expect(failure(filled(8_193)).reason).toBe('contact-status-too-large');
  });
});
