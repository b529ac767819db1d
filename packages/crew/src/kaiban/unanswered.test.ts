import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Unanswered } from "./unanswered.ts";

type Told = readonly [question: string, answer: string, isAwaited: boolean];

function told(
  play: (unanswered: Unanswered<string>, answer: (said: string) => void) => void,
): Told[] {
  const heard: Told[] = [];
  const unanswered = new Unanswered<string>();
  play(unanswered, (said) =>
    unanswered.answered((asked, isAwaited) => heard.push([asked, said, isAwaited])),
  );
  return heard;
}

test("what was given up and never answers takes nobody's answer", () => {
  const heard = told((unanswered, answer) => {
    unanswered.asked("first");
    unanswered.giveUp(() => {});
    unanswered.asked("second");
    answer("to the second");
    unanswered.goesOn();
  });
  expect(heard).toEqual([["second", "to the second", true]]);
});

test("what was given up and answers late is known by that nobody goes on with it", () => {
  const heard = told((unanswered, answer) => {
    unanswered.asked("first");
    unanswered.giveUp(() => {});
    unanswered.asked("second");
    answer("to the first");
    answer("to the second");
    unanswered.goesOn();
  });
  expect(heard).toEqual([
    ["first", "to the first", false],
    ["second", "to the second", true],
  ]);
});

test("an answer to nothing is nobody's", () => {
  expect(told((_, answer) => answer("to what?"))).toEqual([]);
});

test("each answer is told to the question that it is to, whichever were given up, and whether they answer late or never", () => {
  const question = fc.record({ isGivenUp: fc.boolean(), answersLate: fc.boolean() });
  fc.assert(
    fc.property(fc.array(question, { maxLength: 8 }), (questions) => {
      const expected: Told[] = [];
      const heard = told((unanswered, answer) => {
        let late: string[] = [];
        for (const [index, { isGivenUp, answersLate }] of questions.entries()) {
          const name = String(index);
          unanswered.asked(name);
          for (const one of late) {
            answer(one);
            expected.push([one, one, false]);
          }
          late = [];
          if (isGivenUp) {
            unanswered.giveUp(() => {});
            // One that never answers makes it unknown which one a later answer of those is to: the oldest.
            const isOnly = questions
              .slice(0, index)
              .every((one) => !one.isGivenUp || one.answersLate);
            if (answersLate && isOnly) late.push(name);
            continue;
          }
          answer(name);
          unanswered.goesOn();
          expected.push([name, name, true]);
        }
      });
      expect(heard).toEqual(expected);
    }),
  );
});
