import fc from 'fast-check';
import { startJourney } from '../support/journey/pipeline.ts';
import { atRest, restOf } from '../support/journey/rest.ts';
import type { Rest } from '../support/journey/rest.ts';
import { playScriptedCall } from '../support/journey/scripted-call.ts';
import type { CallScript, Delivery } from '../support/journey/scripted-call.ts';

/** Every delivery of the call, held back until ten seconds after its end and then made in the order that `order` gives. */
async function playHeldBack(
  announcedBy: CallScript['announcedBy'],
  order: (deliveries: readonly Delivery[]) => readonly Delivery[],
): Promise<Rest> {
  const journey = startJourney();
  const held: Delivery[] = [];
  const script = { announcedBy, wrapupSeconds: 20 } as const;
  const call = playScriptedCall(journey, script, (delivery) => void held.push(delivery));
  journey.plan(call.endSeconds + 10, () => {
    for (const { queueName, body } of order(held)) journey.queues.send(queueName, body, journey.now().getTime());
  });
  await journey.run();
  return restOf(journey, call.sound);
}

describe.each(['segment-link', 'callback', 'list'] as const)(
  'the deliveries of a call whose recording is known by %s only',
  (announcedBy) => {
    it('may all come twice and in the reverse order', async () => {
      const rest = await playHeldBack(announcedBy, (held) => [...held, ...held].reverse());

      expect(rest).toMatchObject(atRest);
      expect(rest.seenAfterEndSeconds).toBeLessThanOrEqual(120);
    });

    it('may come in any order, and any of them twice', async () => {
      await fc.assert(
        fc.asyncProperty(fc.infiniteStream(fc.nat(1000)), fc.nat(255), async (ranks, again) => {
          const rest = await playHeldBack(announcedBy, (held) => {
            const all = [...held, ...held.filter((_, place) => (again & (1 << place)) !== 0)];
            const ranked = all.map((delivery) => ({ delivery, rank: ranks.next().value ?? 0 }));
            return ranked.sort((a, b) => a.rank - b.rank).map(({ delivery }) => delivery);
          });

          expect(rest).toMatchObject(atRest);
          expect(rest.seenAfterEndSeconds).toBeLessThanOrEqual(120);
        }),
        { numRuns: 25 },
      );
    });
  },
);
