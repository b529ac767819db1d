/** A message as it comes out of a mailbox. */
export interface Delivery {
  readonly message: unknown;
  /** 1 for the first, as the bus counts. */
  readonly attempt: number;
}

/** Resolves when nobody has to see the message again. */
export type Receive = (delivery: Delivery) => Promise<unknown>;

/** What one process has of a bus with mailboxes. A message stays in its mailbox until a process is done with it: if that dies before, it comes again. */
export interface Bus {
  put(mailbox: string, message: object): Promise<void>;
  take(mailbox: string, receive: Receive): Promise<void>;
  /** What this process is not done with comes again, to whoever takes it next. */
  close(): Promise<void>;
}
