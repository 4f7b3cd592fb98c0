import type { RecordingLife, TaskLife } from './life.ts';
import { idKind } from './calabrio/id-kind.ts';
import { refusalWords } from './refusal-words.ts';
import { identifyContact } from '../lambdas/shared/domain/identify-contact.ts';
import type { RecordingRecord } from '../lambdas/shared/domain/recording-record.ts';

/** A life as `--json` gives it; what people wrote freely is left out unless it is to be revealed. */
export function lifeJson(life: TaskLife | RecordingLife, reveal: boolean): object {
  if (life.kind === 'task') {
    return { ...life, recordings: life.recordings.map((recording) => recordingJson(recording, reveal)) };
  }
  const { recording, tasks, source, ...rest } = life;
  const known = { tasks, recordings: [recording] };
  return {
    ...rest,
    recording: recordingJson(recording, reveal),
    tasks: tasks.map(({ taskSid }) => taskSid),
    contacts: recording.contacts.map((contact) => ({
      hash: contact.hash,
      about: identifyContact(contact, recording, tasks),
      sessionIdIs: idKind(contact, 'sessionId', known),
      legIdIs: idKind(contact, 'legId', known),
    })),
    ...(source !== undefined && {
      source: {
        ...source,
        mayGo: source.refusals.length === 0,
        refusals: source.refusals.map((reason) => ({ reason, meaning: refusalWords[reason] })),
      },
    }),
  };
}

/** A recording's record as JSON gives it; what people wrote freely is left out unless it is to be revealed. */
export function recordingJson(recording: RecordingRecord, reveal: boolean): object {
  if (reveal) return recording;
  const { releases } = recording;
  return {
    ...recording,
    contacts: recording.contacts.map(({ failureReason: _freeText, ...contact }) => contact),
    holds: recording.holds.map(({ matter, placedAt }) => ({ matter, placedAt })),
    ...(releases !== undefined && {
      releases: releases.map(({ matter, releasedAt }) => ({ matter, releasedAt })),
    }),
  };
}
