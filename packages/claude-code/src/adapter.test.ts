import { describeAdapter } from "@spoor/testing";
import { join } from "node:path";
import { claudeCode } from "./adapter.ts";

describeAdapter(claudeCode, { fixtures: join(import.meta.dirname, "fixtures") });
