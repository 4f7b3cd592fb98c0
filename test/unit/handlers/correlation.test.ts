import { linkRecording, readLinkRecordingMessage } from '../../../lambdas/link-recording/handler.ts';
import { newTask } from '../../../lambdas/shared/domain/task-life.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { sids } from '../../support/example-sids.ts';
import { at, attributesAtTwilio, contextOf, ourLink, putTask, startWorld } from './world.ts';
import type { World } from './world.ts';

/** Announces recording 1 of a task that the ledger knows with these facts, where correlation is wanted under `archive`. */
async function linked(world: World, facts: Partial<TaskRecord> = {}): Promise<readonly string[]> {
  const measured: string[] = [];
  const of = { taskSid: sids.task(), accountSid: sids.account(), workspaceSid: sids.workspace() };
  await world.ledger.saveTask({ ...newTask(of, at('10:00:00')), ...facts });
  const meter = {
    measure: ({ name, outcome }: { readonly name: string; readonly outcome: string }) =>
      void measured.push(`${name} ${outcome}`),
  };
  const work = linkRecording({
    ...world,
    meter,
    linkMode: 'segment-link',
    linkTranscripts: false,
    onExistingLink: 'replace',
    correlationObject: 'archive',
  });
  const message = {
    v: 1,
    route: 'internal/link-recording',
    taskSid: sids.task(),
    why: 'announced',
    cause: sids.event(),
  };
  const body = JSON.stringify({ ...message, recordingSid: sids.recording() });
  await work(readLinkRecordingMessage(body), contextOf());
  return measured.filter((line) => line.startsWith('correlations'));
}

function worldWith(attributes: object): World {
  const world = startWorld();
  putTask(world, attributes);
  return world;
}

describe('the correlation keys', () => {
  it('are written as texts with the first link, while the task is open', async () => {
    const world = worldWith({ call_sid: sids.call() });

    const measured = await linked(world, { conferenceSids: [sids.conference()] });

    expect(attributesAtTwilio(world)).toEqual({
      call_sid: sids.call(),
      conversations: { segment_link: ourLink() },
      archive: { recording_sid: sids.recording(), task_sid: sids.task(), conference_sid: sids.conference() },
    });
    expect(measured).toEqual(['correlations written']);
  });

  it('leave what else is under their name', async () => {
    const world = worldWith({ archive: { box: 7 } });

    await linked(world);

    expect(attributesAtTwilio(world)).toHaveProperty('archive', {
      box: 7,
      recording_sid: sids.recording(),
      task_sid: sids.task(),
    });
  });

  it('are skipped and counted as late after the task’s end, and the link is written all the same', async () => {
    const world = worldWith({});

    const measured = await linked(world, { endedAt: at('09:59:50'), endedBy: 'completed' });

    expect(attributesAtTwilio(world)).toEqual({ conversations: { segment_link: ourLink() } });
    expect(measured).toEqual(['correlations late']);
  });

  it('give way to the link where both would not fit', async () => {
    const filler = 'x'.repeat(3900);
    const world = worldWith({ filler });

    await linked(world);

    expect(attributesAtTwilio(world)).toEqual({ filler, conversations: { segment_link: ourLink() } });
  });

  it('give way to a text that has their name', async () => {
    const world = worldWith({ archive: 'on the shelf' });

    expect(await linked(world)).toEqual(['correlations no-room']);

    expect(attributesAtTwilio(world)).toEqual({ archive: 'on the shelf', conversations: { segment_link: ourLink() } });
  });
});
