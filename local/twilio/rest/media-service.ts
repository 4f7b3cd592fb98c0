import type { ServerResponse } from 'node:http';
import { recordingSid, type RecordingSid } from '../../../lambdas/shared/domain/sids.ts';
import type { Clock } from '../../clock.ts';
import type { MediaLibrary } from '../audio/media-library.ts';
import { mediaFaults, type MediaFaults } from '../faults/media-faults.ts';
import type { MediaRedirect } from '../simulator.ts';
import { startLocalServer, type LocalServer } from './local-server.ts';
import { sendMedia } from './send-media.ts';

/** How media is served: its faults, its length declared or not, from here or by a redirect from another port. */
export interface MediaService {
  readonly faults: MediaFaults;
  readonly settings: { declareLength: boolean; notFoundAfterCompletionMs: number };
  serve(order: MediaRequest, response: ServerResponse): Promise<void>;
  redirect(): Promise<MediaRedirect>;
  close(): Promise<void>;
}

interface MediaRequest {
  readonly recordingSid: RecordingSid;
  readonly channels: 1 | 2;
  readonly headOnly: boolean;
}

export function mediaService(clock: Clock, library: MediaLibrary): MediaService {
  const faults = mediaFaults();
  const settings = { declareLength: true, notFoundAfterCompletionMs: 0 };
  const counts = { requests: 0, withAuthorization: 0 };
  let elsewhere: LocalServer | undefined;

  const send = (order: MediaRequest, response: ServerResponse): Promise<void> =>
    sendMedia(
      response,
      { ...order, declareLength: settings.declareLength, fault: faults.take(order.recordingSid) },
      library,
    );

  const startElsewhere = (): Promise<LocalServer> =>
    startLocalServer(clock, 0, async (request, response) => {
      counts.requests += 1;
      if (request.headers.authorization !== undefined) counts.withAuthorization += 1;
      await send(readMediaPath(request.url ?? '', request.method === 'HEAD'), response);
    });

  return {
    faults,
    settings,
    async serve(order, response) {
      if (elsewhere === undefined) return send(order, response);
      const location = `http://${elsewhere.host}${mediaPath(order)}`;
      response.writeHead(307, { Location: location, 'Content-Length': 0 }).end();
    },
    async redirect() {
      elsewhere ??= await startElsewhere();
      return { host: elsewhere.host, counts: () => ({ ...counts }) };
    },
    close: async () => elsewhere?.close(),
  };
}

const mediaPath = (order: MediaRequest): string => `/media/${order.recordingSid}/${order.channels}`;

function readMediaPath(url: string, headOnly: boolean): MediaRequest {
  const [, sid, channels] = /^\/media\/(RE[0-9a-f]{32})\/([12])$/.exec(url) ?? [];
  return { recordingSid: recordingSid(sid ?? ''), channels: channels === '2' ? 2 : 1, headOnly };
}
