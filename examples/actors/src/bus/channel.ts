import type { ChildProcess } from "node:child_process";
import type { Bus, Receive } from "./bus.ts";
import { InHand } from "./in-hand.ts";

/** What a process and the one that started it say to each other about a bus that lies in the latter. */
type FromChild =
  | { readonly put: string; readonly message: object }
  | { readonly take: string }
  | { readonly done: number };
interface ToChild {
  readonly delivery: number;
  readonly mailbox: string;
  readonly message: unknown;
  readonly attempt: number;
}

/** Lets a child process use a connection of ours, and closes that when the process has ended, however it did. */
export function serve(child: ChildProcess, bus: Bus): void {
  const inHand = new Map<number, () => void>();
  let deliveries = 0;
  const deliver = (mailbox: string): Receive => {
    return ({ message, attempt }) =>
      new Promise<void>((done) => {
        deliveries += 1;
        inHand.set(deliveries, done);
        const said: ToChild = { delivery: deliveries, mailbox, message, attempt };
        child.send(said, nobodyHears);
      });
  };
  child.on("message", (said: FromChild) => {
    if ("put" in said) void bus.put(said.put, said.message);
    if ("take" in said) void bus.take(said.take, deliver(said.take));
    if ("done" in said) {
      inHand.get(said.done)?.();
      inHand.delete(said.done);
    }
  });
  child.once("exit", () => void bus.close());
}

/** The other side: the bus of the process that started this one. */
export function busOfParent(self: NodeJS.Process): Bus {
  const takers = new Map<string, Receive>();
  const inHand = new InHand();
  const tell = (said: FromChild): void => void self.send?.(said, nobodyHears);
  const deliver = async ({ delivery, mailbox, message, attempt }: ToChild): Promise<void> => {
    try {
      await takers.get(mailbox)?.({ message, attempt });
    } catch {
      return;
    }
    tell({ done: delivery });
  };
  self.on("message", (said: ToChild) => inHand.add(deliver(said)));
  return {
    put: async (mailbox, message) => tell({ put: mailbox, message }),
    take: async (mailbox, receive) => {
      takers.set(mailbox, receive);
      tell({ take: mailbox });
    },
    close: async () => {
      await inHand.ended();
      if (self.connected) self.disconnect();
    },
  };
}

/** Whoever has ended hears no more. */
const nobodyHears = (): void => {};
