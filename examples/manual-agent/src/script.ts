import type { ToolCall, ToolInput } from "./message.ts";
import type { Line } from "./scripted-model.ts";

const call = (id: string, name: string, input: ToolInput): ToolCall => ({
  id,
  name,
  arguments: input,
});

/** What the model says to the doctor, one line each time it is asked. */
export const doctorSays: readonly Line[] = [
  {
    says: "I will read the log, and see what changed since the last green night.",
    calls: [
      call("call_1", "read_build_log", { build: "4182" }),
      call("call_2", "list_commits", { since: "4181" }),
    ],
  },
  {
    says: "One of the three commits is about dates. That one deserves a second pair of eyes.",
    calls: [
      call("call_3", "ask_reviewer", {
        question: "Can commit 4f2c1aa give a date one day early at 01:30 UTC?",
      }),
    ],
  },
  {
    says: "The test is right, and the code is wrong at night only. Commit 4f2c1aa prints the date in the time zone of the machine. The nightly starts at 01:30 UTC, when it is still yesterday in New York, where runner-7 stands; by day both have the same date, so nobody sees it. It should print the date in UTC again.",
  },
  {
    says: "Back to UTC, in one line.",
    calls: [
      call("call_5", "edit_file", {
        path: "src/delivery-date.ts",
        line: "return formatUtc(date).slice(0, 10);",
      }),
    ],
  },
  {
    says: "Now the tests, as if it were night and as if it were day.",
    calls: [
      call("call_6", "run_tests", { at: "01:30 UTC" }),
      call("call_7", "run_tests", { at: "noon" }),
    ],
  },
  {
    says: "Green by night and by day. May I push fix/delivery-date?",
    calls: [call("call_8", "push_branch", { branch: "fix/delivery-date" })],
  },
  { says: "Pushed. Build 4183 is running with the fix." },
  {
    says: "The nightly failed because delivery dates were printed in the time zone of the build machine. They are in UTC again, and build 4183 is checking it.",
  },
];

export const reviewerSays: readonly Line[] = [
  { says: "Let me see it.", calls: [call("call_4", "read_diff", { commit: "4f2c1aa" })] },
  {
    says: "Yes. getDate() is the day where the machine stands, and in New York that is the day before until 04:00 UTC.",
  },
];
