import type { Run } from "../runs/run.ts";

/** Where a state was told. */
export interface StatePlace {
  readonly thread: string;
  /** A question or an answer: the last of a list is told even if it was told before. */
  readonly showsLast: boolean;
}

/** What a run was given. A turn's own question is told, whoever told it before. */
export function givenTo({ turn, parent }: Run): StatePlace {
  return { thread: turn.session, showsLast: parent === null };
}

/** What a run gave. A graph's answer is told, though one of its nodes gave it first. */
export function givenBy({ turn, role }: Run): StatePlace {
  const isGraph = role.opens === "work" && (role.kind === "workflow" || role.kind === "agent");
  return { thread: turn.session, showsLast: isGraph };
}
