import type { WorkerSid } from '../../lambdas/shared/domain/sids.ts';
import type { TwilioSimulator } from '../twilio/simulator.ts';
import { workerAttributes } from './shapes/worker.ts';

export const agents = ['ada', 'bob', 'chika', 'dmitri', 'elena', 'farid', 'grace', 'hans'] as const;
export type Agent = (typeof agents)[number];

/** The people at work that day. */
export interface Staff {
  sid(agent: Agent): WorkerSid;
  /** The next in turn, for calls where it does not matter who answers. */
  next(): Agent;
}

/** Creates the workers and marks them available. */
export function hireStaff(twilio: TwilioSimulator): Staff {
  const sids = new Map(
    agents.map((agent, place) => [
      agent,
      twilio.taskRouter.createWorker({ name: agent, attributes: workerAttributes(agent, place + 1) }),
    ]),
  );
  let turn = 0;
  return {
    sid(agent) {
      const sid = sids.get(agent);
      if (sid === undefined) throw new RangeError(`${agent} does not work here`);
      return sid;
    },
    next() {
      const agent = agents[turn % agents.length] ?? 'ada';
      turn += 1;
      return agent;
    },
  };
}
