import type { StatePlace } from "../content/state-place.ts";
import type { Run } from "./run.ts";

/** What a run was given. A turn's own question is told, whoever told it before. */
export function givenTo({ turn, parent }: Run): StatePlace {
  return { thread: turn.session, showsLast: parent === null };
}

/** What a run gave. A graph's answer is told, though one of its nodes gave it first. */
export function givenBy({ turn, role }: Run): StatePlace {
  const isGraph = role.opens === "work" && (role.kind === "workflow" || role.kind === "agent");
  return { thread: turn.session, showsLast: isGraph };
}
