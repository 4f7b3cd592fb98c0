import type { EventIds } from './message-context.ts';

/** A request as a handler sees it; nothing of it is logged, because paths and queries carry link keys. */
export interface HttpRequest {
  /** In capitals. */
  readonly method: string;
  /** Path parameters as the route names them, decoded. */
  readonly pathParams: Readonly<Record<string, string>>;
  /** Query parameters, decoded; of a repeated one the last. */
  readonly query: Readonly<Record<string, string>>;
  /** By lower-case name; of a repeated one the last. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as UTF-8 text; "" when there is none. */
  readonly body: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** "" for none. */
  readonly body: string;
  /** Why it is none that was hoped for: a constant of ours, which is logged and not sent. */
  readonly reason?: string;
}

export interface HttpContext {
  /** The gateway's id of the request; also in its access log. */
  readonly requestId: string;
  /** Whom the route's authorizer let in, by the name it knows them by; absent where the route has none. */
  readonly caller?: string;
  /** Adds ids to the one line that is logged for the request. */
  note(ids: EventIds): void;
}
