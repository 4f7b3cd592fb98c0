import type { PromisedAttributes, Scenario } from '../day.ts';
import { workerAttributes } from '../shapes/worker.ts';
import { agents } from '../staff.ts';

/** What the adherence view shows of an agent all day long: there, away, there again. */
export const breakAndBack: Scenario = {
  title: 'an agent takes a break',
  async play(day) {
    const { taskRouter } = day.twilio;
    const hans = day.staff.sid('hans');
    taskRouter.setActivity(hans, 'Break');
    await day.seconds(600);
    taskRouter.setActivity(hans, 'Available');
    await day.seconds(60);
    taskRouter.setActivity(hans, 'Offline');
    await day.seconds(30);
    taskRouter.setActivity(hans, 'Available');
  },
};

/**
 * By hand, from what the attributes hold and what Flex Insights reads of an agent: its role, and levels that are divided by
 * its own sign. A department's name needs its id, which nobody knows; what is nobody's business stays as it is.
 */
const owedToFarid: PromisedAttributes = {
  role: 'agent',
  team_name_in_hierarchy: 'Day shift ▸ Springfield ▸ IL',
  location: 'Denver, CO',
  phone: '+12025550186',
  department_name: null,
  rd_auth_token: 'not-a-real-token',
};

/** Single sign-on writes an agent's attributes anew at the log-in, with what must never be shown among them. */
export const newAddress: Scenario = {
  title: 'an agent’s attributes change at the log-in',
  async play(day) {
    const attributes = workerAttributes('farid', agents.indexOf('farid') + 1);
    const farid = day.staff.sid('farid');
    day.twilio.taskRouter.setWorkerAttributes(farid, { ...attributes, location: 'Denver, CO' });
    day.promisedOfWorker(farid, owedToFarid);
    await day.seconds(20);
  },
};
