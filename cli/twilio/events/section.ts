import type { SectionNeeds } from '../section-needs.ts';
import type { Section, SectionPlan } from '../section.ts';
import { deletionsLast } from './deletions-last.ts';
import { planEventStreams } from './event-streams-plan.ts';
import type { EventsSettings } from './events-settings.ts';
import { planFlexWebhook } from './flex-recording-webhook.ts';
import { takeOverProblems } from './one-url.ts';
import { pipelineUrls, tryAgain } from './pipeline-urls.ts';
import type { PipelineUrls } from './pipeline-urls.ts';
import { subscribedTypes, typesFor } from './subscribed-types.ts';
import { planWorkspaceCallback } from './workspace-callback.ts';

/**
 * How TaskRouter's events and Flex's recordings come to the pipeline. Whatever leads elsewhere is left alone; a URL of
 * which there is one alone is replaced where `--take-over` names it.
 */
export function eventsSection(has: SectionNeeds<EventsSettings>): Section {
  const { settings, account } = has;
  if (settings === undefined) return leftOut('the configuration has no "events"');
  if (account.publicUrl === undefined)
    return leftOut("the pipeline's public URL is not known: name it with --stage or --data, or give --public-url");
  const urls = pipelineUrls(account.publicUrl);
  return { name: 'events', kind: 'planned', plan: () => planEvents(has, urls, settings) };
}

const leftOut = (why: string): Section => ({ name: 'events', kind: 'left-out', why });

async function planEvents(
  has: SectionNeeds<EventsSettings>,
  urls: PipelineUrls,
  { transport, features, flexRecordingWebhook }: EventsSettings,
): Promise<SectionPlan> {
  const file = subscribedTypes();
  const types = typesFor(file, features);
  const isStreamed = transport === 'event-streams' || transport === 'both';
  const isCalled = transport === 'workspace-callback' || transport === 'both';
  const streams = await planEventStreams(
    has,
    urls,
    isStreamed ? { types, schemaVersion: file.schemaVersion } : undefined,
  );
  const callback = await planWorkspaceCallback(has, urls, isCalled ? types : undefined);
  const flex = await planFlexWebhook(has, urls, flexRecordingWebhook);
  const parts = [streams, callback, flex];
  return {
    changes: deletionsLast(parts.flatMap(({ changes }) => changes)),
    unmanaged: parts.flatMap(({ unmanaged }) => unmanaged),
    warnings: parts.flatMap(({ warnings }) => warnings),
    problems: [
      ...parts.flatMap(({ problems = [] }) => problems),
      ...takeOverProblems(has.typed, [...callback.foreign, ...flex.foreign]),
    ],
    notes: [recordingNote(urls)],
  };
}

/** What nobody can read of an account: the calls that its own code records. */
function recordingNote({ recordingEvents }: PipelineUrls): string {
  return `recordings that your own TwiML, functions or plug-ins begin are told of where they are begun: RecordingStatusCallback ${recordingEvents}${tryAgain} with RecordingStatusCallbackEvent "in-progress completed absent"`;
}
