import { callsOf, ingestedTasks } from './calls-of.ts';
import { correlationLines } from './correlation-lines.ts';
import type { Correlation } from './correlation-lines.ts';
import { ingestShares } from './ingest-shares.ts';
import { observationsOf } from './observe.ts';
import { proposeLegModel } from './propose-leg-model.ts';
import { recordedTasks } from './recorded-tasks.ts';
import { exitCodes } from '../command.ts';
import type { Command, CommandNeeds, ExitCode } from '../command.ts';
import { daysSince, sinceOption } from '../days.ts';

/** `calabrio correlate`: what Calabrio's ids are to us, whether it takes replaced links, and which leg model that speaks for. */
export const calabrioCorrelate: Command = {
  name: 'calabrio correlate',
  usage: '',
  summary: 'what Calabrio’s ids are to us, what it completed, and a proposed leg model',
  options: {
    ...sinceOption,
    reveal: { kind: 'flag', help: 'also the ids themselves and why Calabrio failed, in its own words' },
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    'Reads the contact statuses as they were received (they are kept for 30 days) and changes nothing. The leg model is',
    'yours to set (calabrio.legModel in lib/stages.ts); a call counts for it a day after its end.',
  ],
  async run({ typed, connect, print, progress }: CommandNeeds): Promise<ExitCode> {
    const connection = await connect();
    const now = connection.now();
    const days = daysSince(typed, now);
    const observations = await observationsOf(connection, days, (day) => progress.show([`statuses of ${day}`]));
    const recorded = await recordedTasks(connection, days, (day) => progress.show([`calls of ${day}`]));
    progress.end();
    const found: Correlation = {
      observations,
      shares: ingestShares(ingestedTasks(recorded, observations)),
      proposal: proposeLegModel(callsOf(recorded, observations, now)),
    };
    const reveal = typed.flags.has('reveal');
    if (typed.flags.has('json')) print(JSON.stringify(answerOf(found, reveal)));
    else correlationLines(found, reveal).forEach((line) => print(line));
    return exitCodes.done;
  },
};

function answerOf({ observations, shares, proposal }: Correlation, reveal: boolean): object {
  return {
    observations: observations.length,
    statuses: observations.map(({ contact, ...observation }) => ({
      receivedAt: observation.firstReceivedAt,
      times: observation.times,
      status: contact.status,
      ccrId: contact.ccrId,
      sessionIdIs: observation.sessionIdIs,
      legIdIs: observation.legIdIs,
      ...(reveal && {
        sessionId: contact.sessionId,
        legId: contact.legId,
        failureReason: contact.failureReason,
      }),
    })),
    shares,
    proposal,
  };
}
