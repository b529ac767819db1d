import { type Peers, peersIn } from "../peers.ts";

/** What people send to Langfuse with today. */
export const langfusePeers: Peers = peersIn(new URL("peers/", import.meta.url), "langfuse");
