import type { CarrierProblem, Reading } from "./problem.ts";
import { withoutBlanks } from "./texts.ts";

/** What one tracing system says about its place in the trace: opaque to all others. */
export type TracestateMember = readonly [key: string, value: string];

const mostMembers = 32;
/** What an event can hold of it; W3C asks for 512 at least. */
const longest = 4096;
/** Members above this length go first, says W3C. */
const longMember = 128;

const key = /^[a-z0-9][a-z0-9_\-*/@]{0,255}$/;
const value = /^[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;

/** The members from the left, the most recent first. One that breaks the grammar, or a 33rd, makes all of them void, as W3C has it. */
export function parseTracestate(text: string): Reading<readonly TracestateMember[]> {
  const members = text
    .split(",")
    .map(withoutBlanks)
    .filter((member) => member !== "")
    .map(memberOf);
  if (members.length > mostMembers)
    return nothing({
      field: "tracestate",
      fault: "too many",
      text: `tracestate has ${members.length} members, ${mostMembers} are allowed`,
    });
  const valid = members.filter((member) => member !== null);
  if (valid.length < members.length)
    return nothing({
      field: "tracestate",
      fault: "malformed",
      text: `member ${members.indexOf(null) + 1} of tracestate breaks its grammar`,
    });
  return withoutRepetition(valid);
}

/** The text, within the limits: what does not fit goes as whole members, long ones first, then from the right. Null: nothing is left to say. */
export function writeTracestate(members: readonly TracestateMember[]): Reading<string | null> {
  const kept = members.slice(0, mostMembers);
  while (textOf(kept).length > longest) {
    const lastLong = kept.findLastIndex((member) => textOf([member]).length > longMember);
    kept.splice(lastLong === -1 ? kept.length - 1 : lastLong, 1);
  }
  const dropped = members.length - kept.length;
  return {
    value: kept.length > 0 ? textOf(kept) : null,
    problems:
      dropped > 0
        ? [
            {
              field: "tracestate",
              fault: members.length > mostMembers ? "too many" : "too long",
              text: `${dropped} of ${members.length} members of tracestate do not fit`,
            },
          ]
        : [],
  };
}

/** Two lists in one, without saying a key twice: the left one is more recent. */
export function joinTracestate(
  left: readonly TracestateMember[],
  right: readonly TracestateMember[],
): readonly TracestateMember[] {
  const named = new Set(left.map(([key]) => key));
  return [...left, ...right.filter(([key]) => !named.has(key))];
}

function memberOf(text: string): TracestateMember | null {
  const equals = text.indexOf("=");
  const member = [text.slice(0, equals), text.slice(equals + 1)] as const;
  return equals > 0 && key.test(member[0]) && value.test(member[1]) ? member : null;
}

function withoutRepetition(
  members: readonly TracestateMember[],
): Reading<readonly TracestateMember[]> {
  const value = members.filter(([key], at) => members.findIndex(([other]) => other === key) === at);
  return { value, problems: value.length < members.length ? [repeated] : [] };
}

const repeated: CarrierProblem = {
  field: "tracestate",
  fault: "repeated",
  text: "tracestate names a member twice; the first one counts",
};

function textOf(members: readonly TracestateMember[]): string {
  return members.map((member) => member.join("=")).join(",");
}

function nothing(problem: CarrierProblem): Reading<readonly TracestateMember[]> {
  return { value: [], problems: [problem] };
}
