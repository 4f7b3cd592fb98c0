/** Who took part; an address is personal and goes into the transcript alone. */
export interface ConversationParticipant {
  readonly participantSid: string;
  readonly identity?: string;
  /** The customer's number or address, and ours that they wrote to. */
  readonly address?: string;
  readonly proxyAddress?: string;
  readonly joinedAt?: Date;
}

/** A file that was sent; it stays at Twilio and is named, not copied. */
export interface MessageMedia {
  readonly mediaSid: string;
  readonly contentType?: string;
  readonly filename?: string;
  readonly sizeBytes?: number;
}

export interface ConversationMessage {
  readonly messageSid: string;
  /** 0 for the first. */
  readonly index: number;
  readonly author?: string;
  readonly participantSid?: string;
  readonly body?: string;
  readonly media: readonly MessageMedia[];
  readonly sentAt: Date;
  readonly editedAt?: Date;
}
