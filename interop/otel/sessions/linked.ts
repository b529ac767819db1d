import { type Observer, writeCarrier } from "@spoor/core";

/** A turn that hands work to somebody who takes it up in a session of their own: two traces, and a link from one to the other. */
export async function handOverWork(observer: Observer): Promise<void> {
  const sender = observer.session({ id: "sender" }).turn(({ context }) => context);
  if (!sender) throw new Error("the sender's turn has no place in a trace");
  const links = [{ kind: "cause", carrier: writeCarrier(sender) }] as const;
  observer.session({ id: "worker" }).turn({ links }, () => {});
}
