import type { Readable } from 'node:stream';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { OpenedMedia } from '../shared/ports/recordings.ts';
import { unfit } from './judge-sound.ts';

/** Bytes on their way. The stream must be read to its end or destroyed. */
export type OpenedSource = { readonly kind: 'media'; readonly stream: Readable } | { readonly kind: 'not-there' };

/** @throws {RetryableError} `media-unfit` when it is no audio, or is not to be had. */
export function sourceOf(recording: RecordingRecord, opened: OpenedMedia): OpenedSource {
  switch (opened.kind) {
    case 'not-audio':
      throw unfit(recording, `its content type is ${opened.contentType}`);
    case 'channels-unavailable':
      throw unfit(recording, 'neither two channels nor one are to be had');
    case 'not-there':
    case 'media':
      return opened;
  }
}
