import type { Scenario } from '../day.ts';
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

/** Single sign-on writes an agent's attributes anew at the log-in, with what must never be shown among them. */
export const newAddress: Scenario = {
  title: 'an agent’s attributes change at the log-in',
  async play(day) {
    const attributes = workerAttributes('farid', agents.indexOf('farid') + 1);
    day.twilio.taskRouter.setWorkerAttributes(day.staff.sid('farid'), { ...attributes, location: 'Denver, CO' });
    await day.seconds(20);
  },
};
