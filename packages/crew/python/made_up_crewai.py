"""As much of CrewAI as the listener sees: its events, its objects and its bus."""

import uuid
from datetime import datetime, timezone

PLANTED = "sk-planted-0123456789abcdef"


class Made:
    """An object with the given fields, of a class that says where it comes from."""

    def __init__(self, **fields):
        self.__dict__.update(fields)


def of_crewai(class_name, **fields):
    kind = type(class_name, (Made,), {"__module__": "crewai.made_up", "model_fields": dict.fromkeys(fields)})
    return kind(**fields)


def event(type_name, **fields):
    common = {"type": type_name, "timestamp": datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc), "event_id": str(uuid.uuid4()), "parent_event_id": None, "task_id": None, "agent_id": None, "agent_role": None}
    return of_crewai("Event", **{**common, **fields})


def llm():
    return of_crewai("OpenAICompletion", model="gpt-4o-mini", provider="openai", api_key=PLANTED, client_params={"default_headers": {"Authorization": f"Bearer {PLANTED}2"}})


def agent(role="Researcher"):
    return of_crewai("Agent", id=uuid.uuid4(), key="k", role=role, goal="g", backstory="b", llm=llm(), tools=[Made(name="lookup")], crew=Made(id=uuid.UUID(int=7)))


def task(of, **fields):
    return of_crewai("Task", id=uuid.uuid4(), name="research", description="find {port}", expected_output="the fee", agent=of, context=None, tools=[], **fields)


def crew():
    one = agent()
    return of_crewai("Crew", id=uuid.UUID(int=7), key="c", name="harbour", process="sequential", planning=False, memory=False, agents=[one], tasks=[task(one)])


class Bus:
    """As the bus of CrewAI 1.9 and later: ids when something is emitted, handlers some time later."""

    def __init__(self):
        self.emitted = 0
        self.fail_with = None

    def emit(self, source, one):
        self.emitted += 1
        one.emission_sequence = self.emitted
        if self.fail_with is not None:
            raise self.fail_with
        return "future"

    async def aemit(self, source, one):
        return self.emit(source, one)

    def replay(self, source, one):
        return "replayed"


class OldBus:
    """As the bus of CrewAI 0.140: handlers are called where something is emitted, and may emit in turn."""

    def __init__(self):
        self.handlers = []

    def emit(self, source, one):
        for handler in self.handlers:
            handler(source, one)
