export interface PlaybackRequest {
  readonly method: 'GET' | 'HEAD';
  /** The object's key in the archive, and which of its versions when that is known. */
  readonly key: string;
  readonly versionId?: string;
  /** What the browser is told it is, for example `audio/wav`, whatever was stored. */
  readonly contentType: string;
  /** The name under which a person saves it; letters, digits, `.`, `-` and `_`. */
  readonly fileName: string;
  /** 1 to 604,800 (seven days). */
  readonly validForSeconds: number;
}

/** Addresses under which a browser gets one archived object without being let into the bucket. */
export interface PlaybackUrls {
  /**
   * An address that answers this method, Range included, for the given time; sooner than that it ends with the
   * credentials that signed it. Nothing is asked of S3: the address of an object that is not there answers 404.
   */
  sign(request: PlaybackRequest): string;
}
