import type { MediaLibrary } from './audio/media-library.ts';
import { messagingOf } from './messaging-verbs.ts';
import type { MediaService } from './rest/media-service.ts';
import type { Chat, Media, TaskRouter, Voice } from './simulator.ts';
import { readAttributes, writeAttributes } from './state/attributes.ts';
import * as conferences from './state/conference-life.ts';
import * as conversations from './state/conversation-life.ts';
import * as recordings from './state/recording-life.ts';
import { publicKeysOf } from './state/recording-seal.ts';
import * as reservations from './state/reservation-life.ts';
import * as tasks from './state/task-life.ts';
import { viewOf } from './state/task.ts';
import { endTransfer, initiateTransfer } from './state/transfer-life.ts';
import { placeQueue, queueNamed } from './state/task-queues.ts';
import * as workers from './state/worker-life.ts';
import { placeWorkflow } from './state/workflow.ts';
import { homeWorkspace } from './state/workspaces.ts';
import type { World } from './state/world.ts';

export function taskRouterOf(world: World): TaskRouter {
  return {
    createWorker: (input) => workers.createWorker(world, input),
    setActivity: (sid, activity) => workers.setActivity(world, sid, activity),
    setWorkerAttributes: (sid, attributes) => workers.setWorkerAttributes(world, sid, attributes),
    worker(sid) {
      const worker = world.workers.get(sid);
      return worker && workers.viewOf(worker);
    },
    createTask: (input) => tasks.createTask(world, input),
    task(sid) {
      const task = world.tasks.get(sid);
      return task && viewOf(world, task);
    },
    tasks: () => [...world.tasks.values()].map((task) => viewOf(world, task)),
    createQueue: ({ name, sid, targetWorkers }) =>
      placeQueue(world, homeWorkspace(world).sid, {
        name,
        ...(sid !== undefined && { sid }),
        ...(targetWorkers !== undefined && { targetWorkers }),
      }).sid,
    createWorkflow: ({ name, queue, sid }) => placeWorkflow(world, homeWorkspace(world).sid, { name, queue, sid }).sid,
    queueSid: (name) => queueNamed(world, homeWorkspace(world).sid, name).sid,
    moveToQueue: (sid, queue) => tasks.moveToQueue(world, sid, queue),
    reserve: (sid, worker) => reservations.reserve(world, sid, worker),
    accept: (sid) => reservations.accept(world, sid),
    reject: (sid, reason) =>
      reservations.endOffer(world, sid, 'rejected', reason === undefined ? {} : { Reason: reason }),
    timeOut: (sid) => reservations.endOffer(world, sid, 'timeout'),
    cancelReservation: (sid) => reservations.endOffer(world, sid, 'canceled'),
    rescind: (sid) => reservations.endOffer(world, sid, 'rescinded'),
    wrapUp: (sid) => reservations.wrapUp(world, sid),
    completeReservation: (sid) => reservations.completeReservation(world, sid),
    completeTask: (sid, reason) => tasks.completeTask(world, sid, reason),
    cancelTask: (sid, reason) => tasks.cancelTask(world, sid, reason),
    deleteTask: (sid) => tasks.deleteTask(world, sid),
    systemDeleteTask: (sid, reason) => tasks.systemDeleteTask(world, sid, reason),
    initiateTransfer: (input) => initiateTransfer(world, input),
    completeTransfer: (sid) => endTransfer(world, sid, 'COMPLETED'),
    failTransfer: (sid, reason) => endTransfer(world, sid, 'FAILED', reason),
    cancelTransfer: (sid) => endTransfer(world, sid, 'CANCELED'),
    readAttributes: (sid) => readAttributes(world, sid),
    writeAttributes: (sid, attributes, how) => writeAttributes(world, sid, attributes, how),
  };
}

export function voiceOf(world: World, recordingKeys: Readonly<Record<string, string>> = {}): Voice {
  return {
    startCall: (call) => conferences.startCall(world, call),
    startConference: (input) => conferences.startConference(world, input),
    announceConference: (sid) => conferences.announceConference(world, sid),
    join: (sid, role) => conferences.join(world, sid, role),
    leave: (sid, call) => conferences.leave(world, sid, call),
    hangUp: (sid, call) => conferences.hangUp(world, sid, call),
    endConference: (sid) => conferences.endConference(world, sid),
    conference: (sid) => conferences.conferenceView(world, sid),
    publicKeys: () => publicKeysOf(recordingKeys),
    startRecording: (input) => recordings.startRecording(world, input),
    pauseRecording: (sid) => recordings.pauseRecording(world, sid),
    resumeRecording: (sid) => recordings.resumeRecording(world, sid),
    stopRecording: (sid, end) => recordings.stopRecording(world, sid, end),
    placeRecording: (input) => recordings.placeRecording(world, input),
    writeSegmentLink: (sid, task) => recordings.writeSegmentLink(world, sid, task),
    deleteRecording: (sid) => recordings.deleteRecording(world, sid),
    recordingUrl: (sid) => recordings.recordingUrl(world, sid),
    recording(sid) {
      const recording = world.recordings.get(sid);
      return recording && recordings.recordingView(recording);
    },
    recordings: () => [...world.recordings.values()].map(recordings.recordingView),
  };
}

export function chatOf(world: World): Chat {
  return {
    ...messagingOf(world),
    start: () => conversations.startConversation(world),
    join: (sid, who) => conversations.joinConversation(world, sid, who),
    leave: (sid, participantSid) => conversations.leaveConversation(world, sid, participantSid),
    say: (sid, said) => conversations.sayInConversation(world, sid, said),
    edit: (sid, messageSid, body) => conversations.editMessage(world, sid, messageSid, body),
    remove: (sid, messageSid) => conversations.removeMessage(world, sid, messageSid),
    setState: (sid, state) => conversations.setConversationState(world, sid, state),
    deleteConversation: (sid) => conversations.deleteConversation(world, sid),
    conversation(sid) {
      const conversation = world.conversations.get(sid);
      return conversation && conversations.conversationView(conversation);
    },
  };
}

export function mediaOf(library: MediaLibrary, service: MediaService): Media {
  return {
    bytes: (sid, channels) => library.bytes(sid, channels),
    sizeBytes: (sid, channels) => library.sizeBytes(sid, channels),
    sha256: (sid, channels) => library.sha256(sid, channels),
    served: (sid) => library.served(sid),
    fault: (sid, fault, times = 1) => service.faults.add(sid, fault, times),
    notFoundAfterCompletion: (ms) => void (service.settings.notFoundAfterCompletionMs = ms),
    declareLength: (declare) => void (service.settings.declareLength = declare),
    redirect: () => service.redirect(),
  };
}
