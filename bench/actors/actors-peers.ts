import { type Peers, peersIn } from "../peers.ts";

/** What people trace their queues with today, and the clients of these queues. */
export const actorsPeers: Peers = peersIn(new URL("peers/", import.meta.url), "actors");
