import { expect, test } from "vitest";
import { draftsOf } from "./fixtures.ts";
import { outline } from "./outline.ts";

const trees: Readonly<Record<string, string>> = {
  "01-react-agent-invoke": `
turn:MyRun [ok]
  workflow:MyRun [ok]
    step:agent [ok] → "tools"
      model:ScriptedChatModel [ok]
    step:tools [ok]
      tool:get_weather [ok]
    step:agent [ok] → "__end__"
      model:ScriptedChatModel [ok]
`,

  "03-createAgent-parallel-tools": `
turn:planner [ok]
  agent:planner [ok]
    step:model_request [ok] → ["tools","tools"]
      model:ScriptedChatModel [ok]
    step:tools [ok]
      tool:get_weather [ok]
    step:tools [ok]
      tool:add [ok]
    step:model_request [ok] → "__end__"
      model:ScriptedChatModel [ok]
`,

  "06-send-fanout": `
turn:LangGraph [ok]
  workflow:LangGraph [ok]
    step:plan [ok] → ["worker","worker","worker"]
    step:worker [ok]
    step:worker [ok]
    step:worker [ok]
    step:reduce [ok]
`,

  "07-subgraph-as-node": `
turn:Parent [ok]
  workflow:Parent [ok]
    step:outer [ok]
    step:sub [ok]
      workflow:SubG [ok]
        step:inner [ok]
          model:ScriptedChatModel [ok]
turn:ParentFn [ok]
  workflow:ParentFn [ok]
    step:caller [ok]
      workflow:SubG [ok]
        step:inner [ok]
          model:ScriptedChatModel [ok]
turn:Parent [ok]
  workflow:Parent [ok]
    step:outer [ok]
    step:sub [ok]
      workflow:SubG [ok]
        step:inner [ok]
          model:ScriptedChatModel [ok]
`,

  "11-interrupt-resume": `
turn:LangGraph [suspended] + interrupt.raised
  workflow:LangGraph [suspended]
    step:ask [suspended]
turn:LangGraph (resumes) [ok] + interrupt.resolved
  workflow:LangGraph [ok]
    step:ask [ok]
    step:after [ok]
turn:LangGraph [error GraphValueError]
  workflow:LangGraph [error GraphValueError]
    step:ask [error GraphValueError]
`,

  "11b-interrupt-in-tool-and-subgraph": `
turn:LangGraph [suspended] + interrupt.raised
  workflow:LangGraph [suspended]
    step:pre [ok]
    step:asker [suspended]
      workflow:asker [suspended]
        step:agent [ok] → "tools"
          model:ScriptedChatModel [ok]
        step:tools [suspended]
          tool:ask_human [suspended]
turn:LangGraph (resumes) [ok] + interrupt.resolved
  workflow:LangGraph [ok]
    step:asker [ok]
      workflow:asker [ok]
        step:tools [ok]
          tool:ask_human [ok]
        step:agent [ok] → "__end__"
          model:ScriptedChatModel [ok]
`,

  "15-tool-errors": `
turn:LangGraph [ok]
  workflow:LangGraph [ok]
    step:agent [ok] → "tools"
      model:ScriptedChatModel [ok]
    step:tools [ok]
      tool:boom [error TypeError]
    step:agent [ok] → "tools"
      model:ScriptedChatModel [ok]
    step:tools [ok]
      tool:nope [error UnknownTool]
    step:agent [ok] → "tools"
      model:ScriptedChatModel [ok]
    step:tools [ok]
      tool:add [error ToolInputParsingException]
    step:agent [ok] → "__end__"
      model:ScriptedChatModel [ok]
turn:LangGraph [error TypeError]
  workflow:LangGraph [error TypeError]
    step:agent [ok] → "tools"
      model:ScriptedChatModel [ok]
    step:tools [error TypeError]
      tool:boom [error TypeError]
turn:LangGraph [ok]
  workflow:LangGraph [ok]
    step:agent [ok] → "tools"
      model:ScriptedChatModel [ok]
    step:tools [ok]
      tool:tuple [open]
    step:agent [ok] → "__end__"
      model:ScriptedChatModel [ok]
turn:LangGraph [ok]
  agent:LangGraph [ok]
    step:model_request [ok] → ["tools"]
      model:ScriptedChatModel [ok]
    step:tools [ok]
      tool:boom [error TypeError]
    step:model_request [ok] → "__end__"
      model:ScriptedChatModel [ok]
`,

  "21-functional-api": `
turn:wf [suspended] + interrupt.raised
  workflow:wf [suspended]
    step:wf [suspended]
      task:step_one [ok]
        model:ScriptedChatModel [ok]
      task:step_one [ok]
        model:ScriptedChatModel [ok]
      task:flaky_task [error Error]
      task:flaky_task #2 [ok]
turn:wf (resumes) [ok] + interrupt.resolved
  workflow:wf [ok]
    step:wf [ok]
`,

  "13-node-throws": `
turn:LangGraph [error RangeError]
  workflow:LangGraph [error RangeError]
    step:bad [error RangeError]
    step:ok [cancelled]
`,

  "14-retry-policy": `
turn:LangGraph [ok]
  workflow:LangGraph [ok]
    step:flaky [error Error]
      model:ScriptedChatModel [ok]
    step:flaky #2 [error Error]
      model:ScriptedChatModel [ok]
    step:flaky #3 [ok]
      model:ScriptedChatModel [ok]
turn:LangGraph [error Error]
  workflow:LangGraph [error Error]
    step:flaky [error Error]
      model:ScriptedChatModel [ok]
    step:flaky #2 [error Error]
      model:ScriptedChatModel [ok]
    step:flaky #3 [error Error]
      model:ScriptedChatModel [ok]
`,

  "24-llm-errors-fallbacks-retry": `
turn:LangGraph [ok]
  workflow:LangGraph [ok]
    step:fb [ok]
      model:ScriptedChatModel [error Error]
      model:ScriptedChatModel #2 [ok]
    step:rt [ok]
      model:ScriptedChatModel [error Error]
      model:ScriptedChatModel #2 [ok]
    step:midstream [ok]
      model:ScriptedChatModel [error Error]
`,

  "27-concurrent-invocations-shared-handler": `
turn:LangGraph [ok]
  workflow:LangGraph [ok]
    step:agent [ok] → "tools"
      model:ScriptedChatModel [ok]
    step:tools [ok]
      tool:add [ok]
    step:agent [ok] → "__end__"
      model:ScriptedChatModel [ok]
turn:LangGraph [ok]
  workflow:LangGraph [ok]
    step:agent [ok] → "tools"
      model:ScriptedChatModel [ok]
    step:tools [ok]
      tool:add [ok]
    step:agent [ok] → "__end__"
      model:ScriptedChatModel [ok]
turn:LangGraph [ok]
  workflow:LangGraph [ok]
    step:agent [ok] → "tools"
      model:ScriptedChatModel [ok]
    step:tools [ok]
      tool:add [ok]
    step:agent [ok] → "__end__"
      model:ScriptedChatModel [ok]
turn:LangGraph [ok]
  workflow:LangGraph [ok]
    step:agent [ok] → "tools"
      model:ScriptedChatModel [ok]
    step:tools [ok]
      tool:add [ok]
    step:agent [ok] → "__end__"
      model:ScriptedChatModel [ok]
`,
};

test.each(Object.entries(trees))("%s is the tree that its author would draw", (scenario, tree) => {
  expect(outline(draftsOf(scenario))).toBe(tree.trim());
});
