/** What the chat lends to the small window that it opens, beside its look: both are of the same origin. */
export interface Lender {
  lend(): Promise<Lent>;
  /** The visitor is told here from now on. */
  told(told: Told): void;
}

export interface Lent {
  /** The visitor's, for as long as tokens live. */
  readonly token: string;
  /** Where a click on a notification leads. */
  readonly to: string;
}

/** As the server takes it, and as the chat keeps it to say it again. */
export interface Told {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly language: string;
}
