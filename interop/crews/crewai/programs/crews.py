"""Crews as people write them, each run by its name: python crews.py sequential"""

import asyncio
import json
import os
import sys
import time

import spoor_crewai

recording = spoor_crewai.record()

from crewai import LLM, Agent, Crew, Process, Task  # noqa: E402
from crewai.flow.flow import Flow, listen, start  # noqa: E402
from crewai.tools import tool  # noqa: E402

# Its name in the environment does not say that it is a key: that is known from the models only.
PLANTED = os.environ["PLANTED"]


def model():
    return LLM(model="openai/gpt-4o-mini", base_url=os.environ["MODEL_URL"], api_key=PLANTED)


def agent(role, **options):
    return Agent(role=role, goal=f"Be the {role}", backstory="You keep the harbour books.", llm=model(), **options)


def task(name, of, **options):
    return Task(name=name, description=f"Do {name} for {{port}}", expected_output=f"The {name}", agent=of, **options)


@tool("lookup")
def lookup(port: str) -> str:
    """The fee of a port."""
    return f"{port}: 12.5; the keys are {PLANTED} and {os.environ['HARBOUR_TOKEN']}"


@tool("failing")
def failing(port: str) -> str:
    """The fee of a port, when the books are open."""
    raise ValueError(f"the books of {port} are closed")


@tool("waiting")
def waiting(port: str) -> str:
    """The fee of a port, in its own time."""
    with open(os.environ["WAITING"], "w"):
        pass
    time.sleep(2)
    return "never"


def sequential():
    researcher, writer = agent("Researcher", tools=[lookup]), agent("Writer")
    tasks = [task("research", researcher), task("report", writer)]
    return Crew(name="harbour", agents=[researcher, writer], tasks=tasks).kickoff(inputs={"port": "Lisbon"})


def hierarchical():
    researcher = agent("Researcher")
    only = Task(name="fees", description="Find the fees", expected_output="The fees")
    return Crew(name="led", agents=[researcher], tasks=[only], process=Process.hierarchical, manager_llm=model()).kickoff()


def failing_tool():
    researcher = agent("Researcher", tools=[failing])
    return Crew(name="closed", agents=[researcher], tasks=[task("research", researcher)]).kickoff(inputs={"port": "Riga"})


def guardrail():
    def is_short(output):
        return (True, output.raw) if len(output.raw) < 10 else (False, "too long")

    writer = agent("Writer")
    return Crew(name="checked", agents=[writer], tasks=[task("report", writer, guardrail=is_short)]).kickoff(inputs={"port": "Oslo"})


def flow():
    class Harbour(Flow):
        @start()
        def gather(self):
            self.state["port"] = "Porto"
            return str(sequential())

        @listen(gather)
        def publish(self, gathered):
            return f"published: {gathered}"

    return Harbour().kickoff()


def two_at_once():
    def crew(role):
        one = agent(role)
        return Crew(name=f"crew of {role}", agents=[one], tasks=[task("answer", one)])

    async def both():
        return await asyncio.gather(
            crew("Left").kickoff_async(inputs={"port": "Bergen"}), crew("Right").kickoff_async(inputs={"port": "Turku"})
        )

    return asyncio.run(both())


def interrupted():
    researcher = agent("Researcher", tools=[waiting])
    return Crew(name="cut short", agents=[researcher], tasks=[task("research", researcher)]).kickoff(inputs={"port": "Nice"})


if __name__ == "__main__":
    programs = {run.__name__: run for run in (sequential, hierarchical, failing_tool, guardrail, flow, two_at_once, interrupted)}
    answer = programs[sys.argv[1]]()
    with open(os.environ["ANSWER"], "w") as file:
        json.dump([str(one) for one in answer] if isinstance(answer, list) else str(answer), file)
