import type { TaskSid } from '../../lambdas/shared/domain/sids.ts';
import { appointmentsWith } from '../twilio/appointments.ts';
import { startLocalServer } from '../twilio/rest/local-server.ts';
import { apiSessions } from './api-sessions.ts';
import { calabrioApi } from './api.ts';
import { contactTaker } from './contact-taker.ts';
import type { CalabrioOptions, CalabrioSimulator, ContactPlan } from './simulator.ts';
import { statusSender } from './status-sender.ts';
import { taskFacts } from './task-facts.ts';

const pullSeconds = 300;

/** Starts a Calabrio of one tenant on 127.0.0.1; `stop()` ends it and all it has on the wire. */
export async function startCalabrio(options: CalabrioOptions): Promise<CalabrioSimulator> {
  const { clock, tenantId, legModel, twilio } = options;
  const appointments = appointmentsWith(clock);
  const sessions = apiSessions(clock);
  const sender = statusSender(clock, tenantId);
  const plans = new Map<TaskSid, ContactPlan>();
  const planOf = (taskSid: TaskSid): ContactPlan => plans.get(taskSid) ?? {};
  const taker = contactTaker(options, { appointments, sender, planOf });
  const api = calabrioApi({ user: options.user, sessions, contacts: taker.apiContacts });
  const server = await startLocalServer(clock, options.port ?? 0, api.serve);

  const untaken = (): readonly TaskSid[] =>
    twilio.taskRouter
      .tasks()
      .filter(({ workspaceSid, endedAt }) => workspaceSid === options.workspaceSid && endedAt !== undefined)
      .map(({ taskSid }) => taskSid)
      .filter((taskSid) => !taker.hasTaken(taskSid));
  const isReady = (taskSid: TaskSid): boolean => {
    const task = twilio.taskRouter.task(taskSid);
    return task !== undefined && !taskFacts(task, twilio.voice).isRunning;
  };
  const taking = new Set<Promise<void>>();
  const take = (taskSid: TaskSid): Promise<void> => {
    const done = taker.take(taskSid).finally(() => taking.delete(done));
    taking.add(done);
    return done;
  };
  const everyMs = (options.pullEverySeconds ?? pullSeconds) * 1000;
  let nextLook = 0;
  const look = (): void => {
    for (const taskSid of untaken()) if (isReady(taskSid)) void take(taskSid);
    nextLook += everyMs;
    callOff = clock.at(nextLook, look);
  };
  nextLook = clock.now() + everyMs;
  let callOff = clock.at(nextLook, look);

  return {
    url: `http://${server.host}`,
    ...{ tenantId, legModel },
    deliverTo: sender.deliverTo,
    plan: (taskSid, plan) => void plans.set(taskSid, plan),
    take,
    post: (body) => sender.send(body),
    contacts: taker.contacts,
    statuses: sender.sent,
    endSessions: sessions.endAll,
    answerNext: api.answerNext,
    requests: api.requests,
    waiting: () => untaken().length + taker.underWay() + appointments.waiting(),
    async settled() {
      await Promise.all(taking);
      await sender.settled();
    },
    async stop() {
      callOff();
      await Promise.all(taking);
      appointments.callOff();
      sender.stop();
      await server.close();
    },
  };
}
