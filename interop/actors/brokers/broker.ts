/** A real one, on loopback, which keeps what it keeps in a folder of its own. */
export interface Broker {
  readonly address: string;
  readonly stop: () => Promise<void>;
}
