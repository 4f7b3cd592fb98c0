import { linkRecording, readLinkRecordingMessage } from '../../../lambdas/link-recording/handler.ts';
import type { LinkRecordingNeeds } from '../../../lambdas/link-recording/handler.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import type { LinkRecording } from '../../../lambdas/shared/messages/work-message.ts';
import { sids } from '../../support/example-sids.ts';
import { contextOf } from './world.ts';
import type { World } from './world.ts';

type Rules = Partial<Pick<LinkRecordingNeeds, 'linkMode' | 'onExistingLink' | 'linkTranscripts'>>;

/** Works on one message of link-recording under `replace`, without transcripts, and by `linkMode` where the rules have no other. */
export function linkingBy(linkMode: LinkRecordingNeeds['linkMode']) {
  return function link(world: World, message: Partial<LinkRecording> = {}, rules: Rules = {}): Promise<Outcome> {
    const work = linkRecording({ ...world, linkMode, linkTranscripts: false, onExistingLink: 'replace', ...rules });
    const body: LinkRecording = {
      v: 1,
      route: 'internal/link-recording',
      taskSid: sids.task(),
      why: 'announced',
      cause: sids.event(),
      ...message,
    };
    return work(readLinkRecordingMessage(JSON.stringify(body)), contextOf());
  };
}
