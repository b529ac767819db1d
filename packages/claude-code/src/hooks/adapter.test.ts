import { describeAdapter } from "@spoor/testing";
import { join } from "node:path";
import { claudeHooks } from "./adapter.ts";

describeAdapter(claudeHooks, { fixtures: join(import.meta.dirname, "fixtures") });
