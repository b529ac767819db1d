import { type Peers, peersIn } from "../peers.ts";

/** What people use beside LangGraph.js today. */
export const langGraphPeers: Peers = peersIn(new URL("peers/", import.meta.url), "langgraph");
