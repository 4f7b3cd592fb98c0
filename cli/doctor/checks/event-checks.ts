import type { Check } from '../check.ts';
import { isDoctors } from '../patient/doctors-tests.ts';
import { CannotLookError, failed, ok, warning } from '../finding.ts';
import type { Patient } from '../patient/patient.ts';
import { endOf } from '../patient/probe.ts';
import { leadsTo, readSinks, usedSink } from '../../twilio/events/sinks.ts';
import type { Sink } from '../../twilio/events/sinks.ts';
import { readSubscriptions } from '../../twilio/events/subscriptions.ts';
import { tryAgain } from '../../twilio/events/pipeline-urls.ts';

const destinationOf = (patient: Patient): string => `${patient.publicUrl()}/twilio/event-streams`;

/** The one that `twilio plan` goes by, else an active one before others; undefined where none leads to us. */
async function ourSink(patient: Patient): Promise<Sink | undefined> {
  const leading = (await readSinks(patient.twilio)).filter((sink) => leadsTo(sink, destinationOf(patient)));
  const subscribed = new Set((await readSubscriptions(patient.twilio)).map(({ sinkSid }) => sinkSid));
  const used = usedSink(leading, ({ sid }) => subscribed.has(sid));
  return used ?? leading.find(({ status }) => status === 'active') ?? leading[0];
}

const makeIt = ({ command }: Patient): string => command('twilio apply --only events');

const eventSink: Check = {
  name: 'event sink',
  area: 'events',
  async run(patient) {
    await patient.secret();
    const sink = await ourSink(patient);
    if (sink !== undefined)
      return sink.status === 'active'
        ? ok(`${sink.sid} is active and leads to ${sink.leadsTo}`)
        : failed(`${sink.sid} is ${sink.status}: Twilio sends it nothing`, makeIt(patient));
    const callback = await workspaceCallback(patient);
    return isOurCallback(patient, callback)
      ? ok('there is none; the workspace calls back instead')
      : failed(
          `no sink leads to ${destinationOf(patient)}, and no workspace callback: no event comes`,
          makeIt(patient),
        );
  },
};

async function workspaceCallback({ twilio, stage }: Patient): Promise<string> {
  const found = await twilio.fetch(`https://taskrouter.twilio.com/v1/Workspaces/${stage.twilio.workspaceSid}`);
  const url = found?.resource['event_callback_url'];
  return typeof url === 'string' ? url : '';
}

const isOurCallback = ({ publicUrl }: Patient, url: string): boolean =>
  url.split('#')[0] === `${publicUrl()}/twilio/task-events`;

const callbackUrl: Check = {
  name: 'workspace callback',
  area: 'events',
  async run(patient) {
    await patient.secret();
    const url = await workspaceCallback(patient);
    if (url === '') return ok('the workspace has none; Event Streams brings the events');
    if (!isOurCallback(patient, url)) return ok(`it leads to somebody else, and is left alone: ${hostOf(url)}`);
    return url.endsWith(tryAgain)
      ? ok('ours, with five more attempts whatever failed')
      : warning(
          `ours, without ${tryAgain}: Twilio tries once more at best, and only where it cannot connect`,
          `add the fragment, or use Event Streams alone: ${patient.command('twilio plan --only events')}`,
        );
  },
};

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? 'what is no URL';
}

/** Twilio signs it with its own token and sends it over the internet: what reaches us is what its events will. */
const sinkTestCheck: Check = {
  name: 'sink test',
  area: 'events',
  limitSeconds: 100,
  async run(patient) {
    await patient.secret();
    const sink = await ourSink(patient);
    if (sink === undefined) throw new CannotLookError('there is no sink of ours');
    const { controls, installation, now } = patient.connection;
    const known = new Set((await controls.readSinkTests())?.tests.map(({ testId }) => testId));
    const before = await installation.putAside('quarantine');
    const askedAt = now();
    await patient.twilio.create(`https://events.twilio.com/v1/Sinks/${sink.sid}/Test`, { form: {} });
    const end = await endOf(patient, before, (test) => !known.has(test.testId) && !isDoctors(test));
    if (end.kind === 'proved')
      return ok(`Twilio's own test event came out proved after ${secondsBetween(askedAt, end.test.receivedAt)} s`);
    return end.kind === 'put-aside' ? notProved(sink, patient) : notCome(sink);
  },
};

const notProved = ({ sid }: Sink, { command }: Patient) =>
  failed(
    `the test event of ${sid} came and lies in quarantine: the secret has another token than Twilio signs with, or its URL is not exactly ours`,
    `put the primary auth token of the Console into the secret, then ${command('redrive quarantine')}`,
  );

const notCome = ({ sid, leadsTo: destination }: Sink) =>
  failed(
    `Twilio has sent the test event of ${sid}, and none came within a minute`,
    `Twilio's Console, Monitor, Errors, says what it met at ${destination}`,
  );

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
}

const subscription: Check = {
  name: 'event subscription',
  area: 'events',
  async run(patient) {
    await patient.secret();
    const { changes, warnings } = await patient.plannedEvents();
    const [missing] = changes.filter(({ action, kind }) => action === 'create' && kind === 'subscription');
    if (missing !== undefined)
      return failed('no subscription brings the events of config/taskrouter.json', makeIt(patient));
    const plan = `${patient.command('twilio plan --only events')} shows it`;
    const texts = changes.map(
      ({ action, kind, differences }) => `${action} ${kind} (${differences.map(({ field }) => field).join(', ')})`,
    );
    if (texts.length > 0)
      return warning(`not as config/taskrouter.json says: ${texts.join('; ')}`, `${plan}, and apply makes it so`);
    return warnings.length > 0 ? warning(warnings.join('; '), plan) : ok('as config/taskrouter.json says');
  },
};

export const eventChecks: readonly Check[] = [eventSink, subscription, callbackUrl, sinkTestCheck];
