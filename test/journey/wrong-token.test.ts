import { startJourney } from '../support/journey/pipeline.ts';
import { atRest, restOf } from '../support/journey/rest.ts';
import { playScriptedCall } from '../support/journey/scripted-call.ts';

/** Ten calls of five deliveries each, all signed with a token that the secret does not hold yet. */
async function playTenCalls(redriveAfterSeconds: number) {
  const journey = startJourney();
  journey.setSignatureInForce('another');
  const without = ['reservation.accepted', 'task.wrapup', 'in-progress'];
  const numbers = Array.from({ length: 10 }, (_, n) => n + 1);
  const calls = numbers.map((number) =>
    playScriptedCall(journey, { number, announcedBy: 'callback', wrapupSeconds: 20, without }),
  );
  await journey.run(redriveAfterSeconds);
  const before = {
    quarantined: journey.quarantined.length,
    tasks: journey.ledger.tasks().length,
    recordings: journey.ledger.recordings().length,
    archived: journey.archive.keys().length,
    writes: journey.tasks.writes.length,
  };
  journey.setSignatureInForce('genuine');
  const putBack = journey.redriveQuarantine();
  await journey.run();
  const rests = await Promise.all(calls.map(({ sound }, place) => restOf(journey, sound, numbers[place])));
  return { before, putBack, rests, lost: journey.quarantined.length + journey.deadLetters.length };
}

describe('fifty genuine deliveries that no token in force proves', () => {
  it('have no effect, and lose nothing when they are put back with the right token in time', async () => {
    const { before, putBack, rests, lost } = await playTenCalls(120);

    expect(before).toEqual({ quarantined: 50, tasks: 0, recordings: 0, archived: 0, writes: 0 });
    expect(putBack).toBe(50);
    expect(lost).toBe(0);
    for (const rest of rests) {
      expect(rest).toMatchObject(atRest);
      expect(rest.seenAfterEndSeconds).toBeLessThanOrEqual(120);
    }
  });

  it('lose no recording when they are put back a day later', async () => {
    const { putBack, rests, lost } = await playTenCalls(86_400);

    expect(putBack).toBe(50);
    expect(lost).toBe(0);
    for (const rest of rests) expect(rest).toMatchObject({ ...atRest, link: 'missed' });
  });
});
