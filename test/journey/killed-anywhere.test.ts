import { sids } from '../support/example-sids.ts';
import { playCall } from '../support/journey/call.ts';
import { startJourney } from '../support/journey/pipeline.ts';
import type { KillAt } from '../support/journey/killable.ts';
import type { Journey } from '../support/journey/pipeline.ts';

type AnnouncedBy = 'segment-link' | 'callback' | 'list';

interface End {
  readonly archive: string;
  readonly bytesEqual: boolean;
  readonly link: string;
  readonly linkedInTime: boolean;
  readonly legs: number;
  readonly deadLetters: number;
  readonly versions: readonly string[];
}

async function playAndEnd(
  announcedBy: AnnouncedBy,
  killAt: KillAt | undefined,
): Promise<{ readonly end: End; readonly journey: Journey }> {
  const journey = startJourney(killAt === undefined ? {} : { killAt });
  const sound = playCall(journey, announcedBy);
  await journey.run();
  const task = await journey.ledger.readTask(sids.task());
  const recording = await journey.ledger.readRecording(sids.recording());
  const key = `${sids.account()}/2026/03/02/${sids.recording()}.wav`;
  const deadlineMs = (task?.endedAt?.getTime() ?? 0) + 120_000;
  return {
    journey,
    end: {
      archive: recording?.archive.state ?? 'unknown to the ledger',
      bytesEqual: journey.archive.bytesOf(key)?.equals(sound) ?? false,
      link: task?.link.state ?? 'unknown to the ledger',
      linkedInTime: (task?.link.writtenAt?.getTime() ?? Infinity) <= deadlineMs,
      legs: task?.legs.length ?? 0,
      deadLetters: journey.deadLetters.length,
      versions: journey.archive.keys(),
    },
  };
}

describe.each(['segment-link', 'callback', 'list'] as const)(
  'a pipeline that is killed while it handles a recording known by %s',
  (announcedBy) => {
    it('ends as if nothing had happened, and in time, whichever effect it was killed before or after', async () => {
      const undisturbed = await playAndEnd(announcedBy, undefined);
      const effects = undisturbed.journey.effects;
      const differences: unknown[] = [];

      for (const [effect, name] of effects.entries()) {
        for (const when of ['before', 'after'] as const) {
          const { end, journey } = await playAndEnd(announcedBy, { effect, when });
          if (!journey.wasKilled() || JSON.stringify(end) !== JSON.stringify(undisturbed.end))
            differences.push({ killed: `${when} ${name} (${effect})`, end, settled: journey.settled.length });
        }
      }

      expect(undisturbed.end).toEqual({
        archive: 'verified',
        bytesEqual: true,
        link: 'written',
        linkedInTime: true,
        legs: 1,
        deadLetters: 0,
        versions: [
          `${sids.account()}/2026/03/02/${sids.recording()}.json`,
          `${sids.account()}/2026/03/02/${sids.recording()}.wav`,
        ],
      });
      expect(effects).toEqual(
        expect.arrayContaining([
          'addToTimeline',
          'saveTask',
          'addAliases',
          'send',
          'replaceAttributes',
          'create',
          'putSidecar',
        ]),
      );
      expect(differences).toEqual([]);
    });
  },
);
