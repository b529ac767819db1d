import type { EventDraft, Key, Usage } from "@spoor/core";
import type {
  CallPlan,
  SessionPlan,
  StepPlan,
  ToolPlan,
  TurnPlan,
  WorkPlan,
} from "./arbitrary-plan.ts";
import { interleaved } from "./interleaved.ts";
import { Speaker } from "./speaker.ts";

/** A plan, told as a causal adapter tells it: an opening before all that is said of its span. Keys say where in the plan they come from. */
export function tell(plan: SessionPlan, session: string): readonly EventDraft[] {
  const telling = new Telling(session, plan);
  return [
    telling.sessionStarted(),
    ...plan.turns.flatMap((turn, index) => telling.turn(turn, index)),
    ...telling.late,
  ];
}

class Telling {
  /** What becomes known only after everything else. */
  readonly late: EventDraft[] = [];
  readonly #plan: SessionPlan;
  readonly #speaker: Speaker;

  constructor(session: string, plan: SessionPlan) {
    this.#plan = plan;
    this.#speaker = new Speaker(session, plan);
  }

  sessionStarted(): EventDraft {
    return {
      ...this.#speaker.about(),
      type: "session.started",
      on: null,
      mark: "session",
      framework: "arbitrary",
    };
  }

  turn(plan: TurnPlan, index: number): readonly EventDraft[] {
    const names = plan.activations.map(
      (_, part) => `turn ${index}${part === 0 ? "" : ` part ${part}`}`,
    );
    const [first = ""] = names;
    const story = plan.activations.flatMap((steps, part): readonly EventDraft[] => {
      const key = names[part] ?? first;
      const isLast = part === plan.activations.length - 1;
      const wait = `wait ${index}.${part}`;
      return [
        ...this.#speaker.opening({
          ...this.#speaker.about(),
          type: "turn.started",
          key,
          name: "turn",
          input: `input of ${key}`,
          ...(part === 0 ? {} : { resumes: `wait ${index}.${part - 1}` }),
        }),
        ...(part === 0 ? [] : [this.#resolved(key, `wait ${index}.${part - 1}`)]),
        ...this.#steps(steps, key, first),
        ...(isLast ? this.#speaker.ended("turn", key, plan.ending) : this.#suspended(key, wait)),
      ];
    });
    const counted = plan.counted ? [this.#counter(first)] : [];
    return [...story, ...counted];
  }

  #steps(steps: readonly StepPlan[], parent: Key, turn: Key): readonly EventDraft[] {
    return steps.flatMap((step, index) => {
      const key = `${parent} / ${step.does} ${index}`;
      return step.does === "call"
        ? this.#call(step, key, parent, turn)
        : this.#work(step, key, parent, turn);
    });
  }

  #work(plan: WorkPlan, key: Key, parent: Key, turn: Key): readonly EventDraft[] {
    return [
      ...this.#speaker.opening({
        ...this.#speaker.about(),
        type: "work.started",
        kind: plan.kind,
        key,
        name: plan.kind,
        parent,
      }),
      ...this.#steps(plan.steps, key, turn),
      ...this.#speaker.ended("work", key, plan.ending),
    ];
  }

  #call(plan: CallPlan, key: Key, parent: Key, turn: Key): readonly EventDraft[] {
    const failures = Array.from({ length: plan.failures }, (_, attempt): EventDraft => ({
      ...this.#speaker.about(),
      type: "attempt.failed",
      on: key,
      mark: `attempt ${attempt}`,
      errorType: "Overloaded",
      retryDelayMs: 250,
    }));
    const used = (final: boolean): EventDraft => ({
      ...this.#speaker.about(),
      type: "usage.reported",
      on: key,
      mark: final ? "final" : "so far",
      basis: "call",
      usage: final ? usage(7) : usage(1),
      final,
      meter: turn,
    });
    if (plan.usage === "late") this.late.push(used(true));
    const reports = plan.usage === "never" || plan.usage === "late" ? [] : [used(true)];
    return [
      ...this.#speaker.opening({
        ...this.#speaker.about(),
        type: "model.started",
        key,
        name: "model",
        parent,
        requestModel: "large",
        context: { messages: [{ role: "user", content: `question of ${key}` }] },
      }),
      ...failures,
      ...(plan.usage === "growing" ? [used(false)] : []),
      ...reports,
      ...this.#speaker.ended("model", key, plan.ending),
      ...interleaved(
        plan.tools.map((tool, index) =>
          this.#tool(tool, `${key} / tool ${index}`, parent, key, turn),
        ),
        this.#plan.shuffle,
      ),
    ];
  }

  /** Attempts one after the other, an agent inside the last. */
  #tool(plan: ToolPlan, name: Key, parent: Key, causedBy: Key, turn: Key): readonly EventDraft[] {
    return Array.from({ length: plan.failures + 1 }, (_, attempt) => {
      const isLast = attempt === plan.failures;
      const key = isLast ? name : `${name} try ${attempt}`;
      return [
        ...this.#speaker.opening({
          ...this.#speaker.about(),
          type: "tool.started",
          key,
          name: "tool",
          parent,
          causedBy,
          toolCallId: name,
          ...(plan.failures > 0 ? { attempt: attempt + 1 } : {}),
          input: { of: key },
        }),
        ...(isLast && plan.agent ? this.#work(plan.agent, `${key} / agent`, key, turn) : []),
        ...this.#speaker.ended("tool", key, isLast ? plan.ending : "error"),
      ];
    }).flat();
  }

  #suspended(key: Key, wait: string): readonly EventDraft[] {
    return [
      {
        ...this.#speaker.about(),
        type: "interrupt.raised",
        on: key,
        mark: wait,
        wait,
        payload: "may I?",
      },
      { ...this.#speaker.about(), type: "turn.ended", key, outcome: { status: "suspended" } },
    ];
  }

  #resolved(key: Key, wait: string): EventDraft {
    return {
      ...this.#speaker.about(),
      type: "interrupt.resolved",
      on: key,
      mark: wait,
      wait,
      answer: "yes",
    };
  }

  #counter(turn: Key): EventDraft {
    return {
      ...this.#speaker.about(),
      type: "usage.reported",
      on: turn,
      mark: "counter",
      basis: "total",
      usage: usage(100),
      final: true,
      meter: turn,
    };
  }
}

const usage = (amount: number): Usage => ({
  input: amount,
  cacheRead: amount,
  cacheWrite: null,
  output: amount,
  reasoning: null,
});
