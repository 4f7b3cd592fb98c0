import type { TaskSid } from '../../lambdas/shared/domain/sids.ts';
import type { Appointments } from '../twilio/appointments.ts';
import { isJsonObject } from '../twilio/json.ts';
import type { JsonObject } from '../twilio/json.ts';
import { seededRandom } from '../twilio/seeded-random.ts';
import type { TaskView } from '../twilio/simulator.ts';
import type { ApiContact } from './api.ts';
import { contactIds, idKindsOf } from './contact-ids.ts';
import type { IdKinds } from './contact-ids.ts';
import { contactParts } from './contact-parts.ts';
import { pullRecording } from './pull-recording.ts';
import type { CalabrioOptions, ContactPlan, ContactView, StatusStep } from './simulator.ts';
import type { StatusSender } from './status-sender.ts';
import { taskFacts } from './task-facts.ts';
import type { ContactPart, TaskFacts } from './task-facts.ts';

export interface ContactTaker {
  /** Makes the task's contacts and plans their statuses; a second call does nothing. */
  take(taskSid: TaskSid): Promise<void>;
  hasTaken(taskSid: TaskSid): boolean;
  /** Tasks whose recordings are being fetched. */
  underWay(): number;
  contacts(): readonly ContactView[];
  apiContacts(): readonly ApiContact[];
}

interface TakerParts {
  readonly appointments: Appointments;
  readonly sender: StatusSender;
  readonly planOf: (taskSid: TaskSid) => ContactPlan;
}

interface Contact {
  readonly view: ContactView;
  readonly facts: TaskFacts;
  readonly plan: ContactPlan;
}

/** A contact has been downloaded, encoded and encrypted about so long after Calabrio came for it. */
const processingSeconds = 40;
const firstCcrId = 4_700_001;

export function contactTaker(options: CalabrioOptions, { appointments, sender, planOf }: TakerParts): ContactTaker {
  const { clock, twilio, legModel, tenantId } = options;
  const random = seededRandom(options.seed ?? 1);
  const taken = new Set<TaskSid>();
  const contacts: Contact[] = [];
  let underWay = 0;
  let recorded = 0;
  let nextCcrId = firstCcrId;

  const send = (contact: ContactView, step: StatusStep): void => {
    const { ccrId, sessionId, legId } = contact;
    const body = {
      ...{ ccrId, sessionId, legId },
      tenantId: step.tenantId ?? tenantId,
      status: step.status,
      ...(step.failureReason !== undefined && { failureReason: step.failureReason }),
    };
    void sender.send(body, { contact, ...(step.token !== undefined && { token: step.token }) });
  };

  const makeContact = async (
    { taskSid }: TaskView,
    facts: TaskFacts,
    part: ContactPart,
    ids: { readonly sessionId: string; readonly legId: string },
  ): Promise<Contact> => {
    const ccrId = nextCcrId;
    nextCcrId += 1;
    const pulled = await Promise.all(part.recordings.map((sid) => pullRecording(options, sid)));
    const view: ContactView = {
      ...{ ccrId, taskSid, ...ids },
      recordings: part.recordings,
      takenAt: new Date(clock.now()),
      isSourceMissing: pulled.includes(false),
    };
    return { view, facts, plan: planOf(taskSid) };
  };

  return {
    async take(taskSid) {
      const task = twilio.taskRouter.task(taskSid);
      if (task === undefined || taken.has(taskSid)) return;
      taken.add(taskSid);
      // Between its requests to Twilio the clock must not jump.
      const release = clock.busy();
      underWay += 1;
      const facts = taskFacts(task, twilio.voice);
      const parts = contactParts(facts, legModel);
      if (parts.some((part) => part.recordings.length > 0)) recorded += 1;
      const plan = planOf(taskSid);
      const kinds = { ...idKindsOf(recorded, parts, facts), ...idsOf(plan) };
      const made = await Promise.all(
        parts.map((part) => makeContact(task, facts, part, contactIds(taskSid, facts, part, kinds, random))),
      );
      contacts.push(...made);
      for (const [place, { view }] of made.entries())
        for (const step of stepsOf(view, plan, place))
          appointments.after(step.afterSeconds * 1000, () => send(view, step));
      underWay -= 1;
      release();
    },
    hasTaken: (taskSid) => taken.has(taskSid),
    underWay: () => underWay,
    contacts: () => contacts.map(({ view }) => view),
    apiContacts: () => contacts.map((contact) => apiContact(contact, options)),
  };
}

function idsOf({ sessionId, legId }: ContactPlan): Partial<IdKinds> {
  return { ...(sessionId !== undefined && { sessionId }), ...(legId !== undefined && { legId }) };
}

/** A contact whose source was gone is never complete, whatever was planned. */
function stepsOf(contact: ContactView, plan: ContactPlan, place: number): readonly StatusStep[] {
  const steps = plan.statuses?.(place) ?? [{ afterSeconds: processingSeconds, status: 'COMPLETE' }];
  if (!contact.isSourceMissing) return steps;
  return steps.map((step) => ({ ...step, status: 'FAILED', failureReason: 'The recording could not be downloaded.' }));
}

function apiContact({ view, facts, plan }: Contact, { clock, metadata }: CalabrioOptions): ApiContact {
  const { audioUploadedAfterSeconds: after = 0 } = plan;
  const uploadedAt = after === 'never' ? Infinity : view.takenAt.getTime() + after * 1000;
  const mapped = metadata.flatMap(({ object, attribute, name }) => {
    const parent = facts.attributes[object];
    const value = isJsonObject(parent) ? parent[attribute] : undefined;
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  const values: Readonly<Record<string, string>> = { ...Object.fromEntries(mapped), ...plan.metadata };
  const json: JsonObject = {
    id: view.ccrId,
    startTime: view.takenAt.getTime(),
    assocCallId: view.sessionId,
    icmCallId: view.legId,
    externalId: null,
    contactType: facts.kind === 'voice' ? 'CALL' : 'TEXT',
    audioUploaded: facts.kind === 'voice' && !view.isSourceMissing && clock.now() >= uploadedAt,
    metadata: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])),
  };
  return { id: view.ccrId, startTime: view.takenAt.getTime(), json };
}
