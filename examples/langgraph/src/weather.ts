import type { Observer } from "@spoor/core";
import { spoorCallbacks } from "@spoor/langgraph";
import { createAgent, tool } from "langchain";
import { z } from "zod";
import { findModel } from "./find-model.ts";
import type { Say } from "./say.ts";
import type { Script } from "./scripted-model.ts";

const temperatures: Readonly<Record<string, number>> = { Nairobi: 22, Oslo: -4, Lima: 19 };

const getTemperature = tool(
  ({ city }: { city: string }) => {
    const celsius = temperatures[city];
    if (celsius === undefined) throw new Error(`no weather station in ${city}`);
    return `${celsius} °C`;
  },
  {
    name: "get_temperature",
    description: "The temperature in a city now.",
    schema: z.object({ city: z.string() }),
  },
);

/** A ReAct agent: two cities at once, one of which the tool does not know, then the answer. */
export async function askAboutWeather(observer: Observer, say: Say): Promise<void> {
  const agent = createAgent({
    name: "weather",
    model: await findModel(script),
    tools: [getTemperature],
    systemPrompt: "Answer in one sentence. Use the tools.",
  });
  const question = "Where is it warmer now, in Nairobi or in Atlantis?";
  say("you", question);
  const { messages } = await agent.invoke(
    { messages: [{ role: "user", content: question }] },
    {
      callbacks: [spoorCallbacks(observer)], // spoor
      metadata: { user_id: "ada", feature: "weather" }, // spoor: who asked, and what for
      configurable: { thread_id: `weather-${Date.now()}` },
    },
  );
  say("weather", messages.at(-1)?.text ?? "");
}

const script: Script = (messages) =>
  messages.at(-1)?.type === "tool"
    ? { text: "It is 22 °C in Nairobi; of Atlantis nobody could tell me." }
    : {
        tools: [
          { name: "get_temperature", args: { city: "Nairobi" } },
          { name: "get_temperature", args: { city: "Atlantis" } },
        ],
      };
