/** Where text goes. Width and colour matter only to a terminal. */
export interface Output {
  /** False: what was written waits, and `drain` will tell when it is gone. */
  write(text: string): unknown;
  once?(event: "drain", listener: () => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The world as a command sees it: all that it reads besides files, and all that it prints. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves after so long, or at once when aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Aborted when the user wants the command to end. Asked for only by commands that would go on for ever. */
  readonly interruption: () => AbortSignal;
}

/** 0: done. 1: a problem was found. 2: the input was bad, and nothing was changed. */
export type ExitCode = 0 | 1 | 2;
