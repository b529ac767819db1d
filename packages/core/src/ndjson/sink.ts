/**
 * Where text goes. One write at a time is asked of it; it resolves when the operating system has all of the text, and throws where it may not
 * have. The text is asked for when it is known where it will stand. `isNew`: nothing that was written before stands there.
 */
export interface Sink {
  write(textFor: (isNew: boolean) => string): Promise<void>;
}
