import { describeAdapter } from "@spoor/testing";
import { join } from "node:path";
import { langgraph } from "./adapter.ts";

describeAdapter(langgraph, { fixtures: join(import.meta.dirname, "callbacks", "fixtures") });
