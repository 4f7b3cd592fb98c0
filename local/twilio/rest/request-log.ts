import type { RecordedRequest } from '../simulator.ts';
import type { RestRequest } from './rest-request.ts';

export interface RequestLog {
  /** Writes the request down as unanswered; the returned function adds the status. */
  note(request: RestRequest, at: Date): (status: number) => void;
  lines(): readonly RecordedRequest[];
}

export function requestLog(): RequestLog {
  const lines: RecordedRequest[] = [];
  return {
    note(request, at) {
      const line: RecordedRequest = {
        at,
        method: request.method,
        path: request.path,
        query: Object.fromEntries(request.query),
        formKeys: [...request.form.keys()],
        ...(request.ifMatch !== undefined && { ifMatch: request.ifMatch }),
        status: 0,
      };
      const place = lines.push(line) - 1;
      return (status) => void (lines[place] = { ...line, status });
    },
    lines: () => [...lines],
  };
}
