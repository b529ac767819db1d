import { describeAdapter } from "@spoor/testing";
import { join } from "node:path";
import { claudeTranscript } from "./adapter.ts";

describeAdapter(claudeTranscript, { fixtures: join(import.meta.dirname, "fixtures") });
