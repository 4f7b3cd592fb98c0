import { createHash } from 'node:crypto';
import { aliasesOfContact, contactStatusHash } from '../../../lambdas/shared/domain/contact-status.ts';
import type { ContactStatus } from '../../../lambdas/shared/domain/contact-status.ts';
import { sids } from '../../support/example-sids.ts';

const contact: ContactStatus = { ccrId: 501, sessionId: 's', legId: 'l', tenantId: 1001, status: 'COMPLETE' };

describe('the hash of a contact status', () => {
  it('is SHA-256 over tenant, contact, session, leg and status', () => {
    const text = '[1001,501,"s","l","COMPLETE"]';

    expect(contactStatusHash(contact)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('is the same whatever the reason says', () => {
    expect(contactStatusHash({ ...contact, failureReason: 'the file was empty' })).toBe(contactStatusHash(contact));
  });

  it.each<Partial<ContactStatus>>([
    { tenantId: 1002 },
    { ccrId: 502 },
    { sessionId: 'sl', legId: '' },
    { legId: 'm' },
    { status: 'FAILED' },
  ])('is another with %j', (change) => {
    expect(contactStatusHash({ ...contact, ...change })).not.toBe(contactStatusHash(contact));
  });
});

describe('the names that a contact may be found by', () => {
  it('are its two ids, the session’s first', () => {
    expect(aliasesOfContact({ sessionId: sids.conference(), legId: ' 77-8d3f ' })).toEqual([
      { from: 'sessionId', alias: sids.conference() },
      { from: 'legId', alias: '77-8d3f' },
    ]);
  });

  it('are, after both, every part that has the shape of a SID', () => {
    const legId = `${sids.reservation(1)}_${sids.recording(2)}.wav`;

    expect(aliasesOfContact({ sessionId: 's', legId })).toEqual([
      { from: 'sessionId', alias: 's' },
      { from: 'legId', alias: legId },
      { from: 'legId', alias: sids.reservation(1) },
      { from: 'legId', alias: sids.recording(2) },
    ]);
  });

  it('are none of an empty id, nor of a SID of a kind that no call has', () => {
    expect(aliasesOfContact({ sessionId: '', legId: '  ' })).toEqual([]);
    expect(aliasesOfContact({ sessionId: `x${sids.account()}`, legId: '' })).toEqual([
      { from: 'sessionId', alias: `x${sids.account()}` },
    ]);
  });
});
