import {
  addTranscriptTask,
  applyConversation,
  applyTranscriptArchive,
  applyTranscriptAttempt,
  nextTranscriptDueAt,
  transcriptLabel,
} from '../../../lambdas/shared/domain/transcript-life.ts';
import type { TranscriptArchive } from '../../../lambdas/shared/domain/transcript-record.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleTranscript, fullTranscript } from '../../support/ledger/example-transcripts.ts';

const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);
const verified: TranscriptArchive = fullTranscript().archive;
const failed: TranscriptArchive = { state: 'failed', reason: 'gone' };
const erasure = { state: 'requested', requestedAt: at('10:30:00') } as const;

describe('an attempt at a transcript', () => {
  it('is followed by a look an hour later, and a twenty-fourth of its age once that is longer', () => {
    expect(applyTranscriptAttempt(exampleTranscript(), at('11:00:00')).dueAt).toEqual(at('12:00:00'));
    const tenDaysLater = new Date('2026-11-30T10:00:00Z');
    expect(applyTranscriptAttempt(exampleTranscript(), tenDaysLater).dueAt).toEqual(new Date('2026-11-30T20:00:00Z'));
  });

  it('leaves an appointment alone that a verified one has later on, and puts off one that has come', () => {
    const record = exampleTranscript({ archive: verified, dueAt: at('15:00:00') });

    expect(applyTranscriptAttempt(record, at('11:00:00'))).toEqual(record);
    expect(applyTranscriptAttempt(record, at('15:00:00')).dueAt).toEqual(at('16:00:00'));
  });
});

describe('what is said of a transcript’s copy', () => {
  it('ends the waiting', () => {
    expect(applyTranscriptArchive(exampleTranscript({ dueAt: at('12:00:00') }), failed)).toEqual(
      exampleTranscript({ archive: failed }),
    );
  });

  it('never makes a verified one worse, and makes a failed one better', () => {
    expect(applyTranscriptArchive(exampleTranscript({ archive: verified }), failed).archive).toEqual(verified);
    expect(applyTranscriptArchive(exampleTranscript({ archive: failed }), verified).archive).toEqual(verified);
  });
});

describe('what Twilio says of a conversation', () => {
  it('is believed, also after it was gone, but for its beginning, which stays the first', () => {
    const gone = exampleTranscript({ source: { status: 'gone', startedAt: at('09:00:00') } });

    expect(applyConversation(gone, { status: 'active', startedAt: at('09:30:00') }).source).toEqual({
      status: 'active',
      startedAt: at('09:00:00'),
    });
  });
});

describe('a transcript that is to be erased', () => {
  it('is changed by nothing and never due', () => {
    const record = exampleTranscript({ erasure, dueAt: at('12:00:00') });

    expect(addTranscriptTask(record, sids.task())).toEqual(record);
    expect(applyConversation(record, { status: 'closed' })).toEqual(record);
    expect(applyTranscriptArchive(record, verified)).toEqual(record);
    expect(applyTranscriptAttempt(record, at('12:00:00'))).toEqual(record);
    expect(nextTranscriptDueAt(record)).toBeUndefined();
  });
});

describe('the word for a transcript', () => {
  it.each([
    ['announced', exampleTranscript()],
    ['archived', exampleTranscript({ archive: verified })],
    ['stuck', exampleTranscript({ archive: failed })],
    ['held', fullTranscript()],
    ['erased', { ...fullTranscript(), erasure: { state: 'erased', erasedAt: at('12:00:00') } as const }],
  ])('is %s', (word, record) => {
    expect(transcriptLabel(record)).toBe(word);
  });
});
