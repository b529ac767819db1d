/** What runs below have told already. It comes up from run to run, and is not told again on its way. */
export interface Told {
  /** Errors, by what tells them apart. */
  readonly errors: readonly string[];
  /** Nodes that were handed over to. */
  readonly handoffs: readonly string[];
}

/** A run, as far as something can come up through it. */
interface Teller {
  readonly parent: Teller | null;
  told?: Told;
}

const nothing: Told = { errors: [], handoffs: [] };
/** A node may fail at very many things and get over all of them. */
const mostRemembered = 100;

export function toldBelow(run: Teller): Told {
  return run.told ?? nothing;
}

export function tellAbove({ parent }: Teller, { errors = [], handoffs = [] }: Partial<Told>): void {
  if (parent === null) return;
  const before = toldBelow(parent);
  parent.told = {
    errors: [...before.errors, ...errors].slice(-mostRemembered),
    handoffs: [...before.handoffs, ...handoffs].slice(-mostRemembered),
  };
}

/** Its run has ended. */
export function forgetTold(run: Teller): void {
  run.told = nothing;
}
