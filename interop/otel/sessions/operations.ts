import type { Observer } from "@spoor/core";

/** How many spans `operate` records with each turn: itself and its tools. */
const toolsInTurn = 99;

/** Records so many operations in one tick, a hundred a turn, each of them saying something of its own. */
export function operate(observer: Observer, session: string, count: number): void {
  const conversation = observer.session({ id: session });
  const turns = Math.ceil(count / (toolsInTurn + 1));
  for (let turn = 0; turn < turns; turn += 1)
    conversation.turn({ name: "work" }, (scope) => {
      for (let tool = 0; tool < toolsInTurn; tool += 1)
        scope.tool("look_up", { input: `${turn}/${tool} `.padEnd(200, "x") }, () => "found");
    });
}
