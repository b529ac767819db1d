/** An error that was told: what it said and, where it is live, the very thing that was thrown. */
export interface ToldError {
  readonly identity: string;
  readonly thrown: WeakRef<Error> | null;
}

/** What runs below have told already. It comes up from run to run, and is not told again on its way. */
export interface Told {
  readonly errors: readonly ToldError[];
  /** Nodes that were handed over to. */
  readonly handoffs: readonly string[];
}

/** A run, as far as something can come up through it. */
interface Teller {
  readonly parent: Teller | null;
  readonly ended: boolean;
  told?: Told;
}

const nothing: Told = { errors: [], handoffs: [] };
/** A node may fail at very many things and get over all of them. */
const mostRemembered = 100;

export function toldBelow(run: Teller): Told {
  return run.told ?? nothing;
}

/** Of those above, the first that goes on: one that is cancelled ends before what it called. */
export function tellAbove({ parent }: Teller, { errors = [], handoffs = [] }: Partial<Told>): void {
  let above = parent;
  while (above?.ended === true) above = above.parent;
  if (above === null) return;
  const before = toldBelow(above);
  above.told = {
    errors: [...before.errors, ...errors].slice(-mostRemembered),
    handoffs: [...before.handoffs, ...handoffs].slice(-mostRemembered),
  };
}

/** Its run has ended. */
export function forgetTold(run: Teller): void {
  run.told = nothing;
}
