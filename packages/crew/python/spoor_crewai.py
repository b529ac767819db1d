"""Records what a CrewAI program does as lines that `spoor import crewai` reads.

Copy this file into your project, then say once, before the first kickoff:

    import spoor_crewai
    spoor_crewai.record("crew.ndjson")          # or "http://127.0.0.1:4320/lines"

or set SPOOR_CREWAI_LOG to a path or an address, and only import it.

It needs nothing but Python 3.10 and CrewAI. It never raises into the crew and never waits for a disk or a network in the crew's threads: each event becomes a
line where it is emitted, and one thread of its own writes the lines. Only the fields that are named below are written; what is known to be a secret is masked
in all of them. The lines are described in docs/spec/crewai-lines.md of Spoor.
"""

from __future__ import annotations

import atexit
import enum
import functools
import itertools
import json
import math
import multiprocessing.util
import os
import platform
import queue
import re
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
import weakref
from datetime import date, datetime, timezone

__all__ = ["Recording", "record"]

LISTENER_VERSION = "1.0.0"
FORMAT_VERSION = 1
SOURCE = "spoor-crewai"

# Characters of a text and values of an event: the next ones are for a line that is still too long.
FITTINGS = ((100_000, 20_000), (30_000, 20_000), (10_000, 20_000), (1_000, 5_000), (100, 1_000))
MAX_LINE_BYTES = 4_000_000
MAX_DEPTH = 32
MAX_WAITING_LINES = 20_000
MAX_WAITING_BYTES = 64_000_000
MAX_BATCH_LINES = 500
MAX_BATCH_BYTES = 1_000_000
BATCH_AFTER_SECONDS = 0.2
HTTP_TIMEOUT_SECONDS = 10.0
HTTP_PAUSES_SECONDS = (0.2, 0.5, 1.0, 2.0)
EXIT_SECONDS = 5.0


def record(target=None, *, session=None, headers=None):
    """Records every event of CrewAI in this process from now on, and returns the `Recording`.

    `target` is the path of a file that is appended to, or an http(s) address that lines are posted to; else SPOOR_CREWAI_LOG, else `spoor-crewai.ndjson`.
    `session` names the conversation that the runs of this process belong to. `headers` go with each request. Where recording is not possible, one line on
    standard error says why, and the crew runs as it would without.
    """
    target = str(target or os.environ.get("SPOOR_CREWAI_LOG") or "spoor-crewai.ndjson")
    with _recordings_lock:
        open_one = _recordings.get(target)
        if open_one is not None and not open_one.closed:
            return open_one
        recording = _recordings[target] = Recording(target, session=session, headers=headers)
        return recording


_recordings = {}
_recordings_lock = threading.RLock()


class Recording:
    """What `record` has begun. It ends by itself when the interpreter does; `flush` and `close` are for those who cannot wait."""

    def __init__(self, target, *, session=None, headers=None, bus=None):
        self.target = target
        self.session = session
        self.closed = False
        self._headers = headers
        self._crewai = _crewai_version()
        self._secrets = Secrets()
        self._lock = threading.RLock()
        self._begin()
        self._tap = None
        try:
            self._tap = Tap(bus if bus is not None else _crewai_bus(), self._observe)
        except Exception as error:
            _say(f"nothing is recorded: {type(error).__name__}: {error}")
        atexit.register(self.close)
        if hasattr(os, "register_at_fork"):
            itself = weakref.ref(self)
            os.register_at_fork(after_in_child=lambda: _in_child(itself()))
        multiprocessing.util.register_after_fork(self, _close_with_worker)

    def flush(self, timeout=EXIT_SECONDS):
        """Waits until all that was emitted so far is written, or given up; false where the time was too short."""
        return self._writer.flush(timeout)

    def close(self, timeout=EXIT_SECONDS):
        """Writes what is waiting and the closing line, and lets go of CrewAI's bus. Further calls do nothing."""
        with self._lock:
            if self.closed:
                return
            self.closed = True
            if self._tap is not None:
                self._tap.remove()
            if self._opened:
                self._writer.put(self._line(_encoded({"kind": "closed", "lost": self._writer.lost_in_all()})), always=True)
        atexit.unregister(self.close)
        self._writer.close(timeout)

    @property
    def lost(self):
        """How many events did not become a line."""
        return self._writer.lost_in_all()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _begin(self):
        self._process = uuid.uuid4().hex[:16]
        self._numbers = itertools.count(1)
        self._opened = False
        self._writer = Writer(_destination(self.target, self._headers), self._lost_line)

    def _observe(self, source, event, replaying=False):
        """Makes the lines of an event. What goes wrong here costs a line that is counted, and nothing else."""
        try:
            type_name = str(_get(event, "type"))
            if self.closed or type_name in NOT_WRITTEN or type_name.endswith("_env"):
                return
            self._learn_secrets(type_name, source, event)
            common = {"run": _run_id(), **({"replaying": True} if replaying or _is_replaying() else {})}
            bodies = []
            if type_name == "crew_kickoff_started":
                kickoff = _text_of(_get(event, "event_id"))
                bodies.append(self._fitting(lambda plain: {"kind": "crew", **common, "kickoff": kickoff, "crew": crew_shape(source, plain)}))
            if type_name == "flow_started":
                common.update(resumes_shape(source))
            common["emitter"] = emitter_shape(source, type_name)
            bodies.append(self._fitting(lambda plain: {"kind": "event", **common, **event_shape(event, source, plain)}))
            self._put([body for body in bodies if body is not None])
        except Exception:
            self._writer.lose("unreadable event")

    def _learn_secrets(self, type_name, source, event):
        if type_name in ("crew_kickoff_started", "flow_started", "lite_agent_execution_started"):
            self._secrets.learn_environment()
        if type_name == "crew_kickoff_started":
            self._secrets.learn_crew(source)
        elif type_name == "agent_execution_started":
            self._secrets.learn_agent(_get(event, "agent"))
        elif type_name.startswith("lite_agent"):
            self._secrets.learn_agent(source)
        elif type_name in ("llm_call_started", "llm_call_failed"):
            self._secrets.learn_object(source)

    def _fitting(self, shape):
        """The body of a line, cut harder until it has a size that a reader can bear."""
        for max_text, max_values in FITTINGS:
            plain = Plain(self._secrets.mask, max_text, max_values)
            line = shape(plain)
            if plain.cut:
                line["cut"] = plain.cut
            body = _encoded(line)
            if len(body) <= MAX_LINE_BYTES:
                return body
        self._writer.lose("unreadable event")
        return None

    def _put(self, bodies):
        """What is put together stands together. All that is slow has been done: threads that emit meet only here."""
        with self._lock:
            if not self._opened:
                self._opened = True
                versions = {"listener": LISTENER_VERSION, "python": platform.python_version(), "crewai": self._crewai}
                self._writer.put(self._line(_encoded({"kind": "opened", "versions": versions})))
            for body in bodies:
                self._writer.put(self._line(body))

    def _line(self, body):
        # A signal may emit between any two steps of this, but not within `next`.
        n = next(self._numbers)
        named = {} if self.session is None else {"session": self._secrets.mask(str(self.session))}
        writer = {"process": self._process, "pid": os.getpid(), "crewai": self._crewai}
        envelope = {"v": FORMAT_VERSION, "source": SOURCE, **writer, "n": n, "at": _utc(datetime.now(timezone.utc)), **named}
        return _encoded(envelope)[:-1] + b"," + body[1:] + b"\n"

    def _lost_line(self, count, reason):
        return self._line(_encoded({"kind": "lost", "count": count, "reason": reason}))


def _encoded(value):
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # A lone surrogate becomes the escape that JSON has for it.
    return text.encode("utf-8", "backslashreplace")


def _in_child(recording):
    """A fork has the parent's numbers and none of its threads: it is a process of its own."""
    if recording is None:
        return
    recording._lock = threading.RLock()
    recording._begin()


def _close_with_worker(recording):
    """A worker of `multiprocessing` ends without the interpreter's end."""
    multiprocessing.util.Finalize(recording, recording.close, exitpriority=0)


# --- The bus ------------------------------------------------------------------------------------------------------------------------------------------------


class Tap:
    """Stands at the bus where events are emitted.

    Handlers of the bus are called from ten threads, so in no order, some after the kickoff has returned, some never; in older lines they match subclasses too.
    Where events are emitted they have one order, their run is known, and each is there once. The bus and its handlers do what they did without.
    """

    def __init__(self, bus, observe):
        self._bus = bus
        self._ours = {}
        # An old bus calls its handlers itself, and they may emit in turn; a newer one gives the event its ids first.
        told_first = not hasattr(bus, "aemit")
        self._wrap("emit", lambda emit: _emitting(emit, observe, told_first))
        if hasattr(bus, "replay"):
            self._wrap("replay", lambda replay: _emitting(replay, functools.partial(observe, replaying=True), True))
        if hasattr(bus, "aemit"):
            self._wrap("aemit", lambda aemit: _emitting_async(aemit, observe))

    def _wrap(self, name, wrapper):
        self._ours[name] = wrapper(getattr(self._bus, name))
        setattr(self._bus, name, self._ours[name])

    def remove(self):
        """Whoever has put something on top of ours keeps it: ours then passes on and tells nobody."""
        for name, ours in self._ours.items():
            if vars(self._bus).get(name) is ours:
                if isinstance(getattr(ours.__wrapped__, "__self__", None), type(self._bus)):
                    delattr(self._bus, name)
                else:
                    setattr(self._bus, name, ours.__wrapped__)


def _emitting(emit, observe, told_first):
    @functools.wraps(emit)
    def emitting(source, event, *args, **kwargs):
        if told_first:
            observe(source, event)
            return emit(source, event, *args, **kwargs)
        try:
            return emit(source, event, *args, **kwargs)
        finally:
            observe(source, event)

    return emitting


def _emitting_async(aemit, observe):
    @functools.wraps(aemit)
    async def emitting(source, event, *args, **kwargs):
        try:
            return await aemit(source, event, *args, **kwargs)
        finally:
            observe(source, event)

    return emitting


def _crewai_bus():
    try:
        from crewai.events.event_bus import crewai_event_bus
    except ImportError:
        from crewai.utilities.events import crewai_event_bus
    return crewai_event_bus


def _crewai_version():
    try:
        from importlib.metadata import version

        return version("crewai")
    except Exception:
        return None


def _run_id():
    """The id that CrewAI gives to one outermost kickoff, and again to what goes on from its pause."""
    return _text_of(_answer_of("crewai.execution", "get_execution_uuid"))


def _is_replaying():
    return _answer_of("crewai.events.event_bus", "is_replaying") is True


def _answer_of(module, function):
    try:
        return getattr(sys.modules[module], function)()
    except Exception:
        return None


# --- What is written of an event ----------------------------------------------------------------------------------------------------------------------------

ALWAYS = (
    "type timestamp event_id parent_event_id started_event_id previous_event_id triggered_by_event_id emission_sequence "
    "source_type source_fingerprint task_id task_name agent_id agent_role"
).split()

NOT_WRITTEN = frozenset(["llm_stream_chunk", "llm_thinking_chunk", "a2a_streaming_chunk", "agent_logs_started", "agent_logs_execution", "flow_plot"])


def _fields(table):
    lines = (line.partition(":") for line in table.strip().splitlines())
    return {name.strip(): tuple(fields.split()) for types, _, fields in lines for name in types.split()}


FIELDS = _fields(
    """
    crew_kickoff_started: crew_name inputs
    crew_kickoff_completed: crew_name output total_tokens
    crew_kickoff_failed crew_train_failed crew_test_failed: crew_name error
    crew_train_started: crew_name n_iterations filename inputs
    crew_train_completed: crew_name n_iterations filename
    crew_test_started: crew_name n_iterations inputs
    crew_test_completed: crew_name
    crew_test_result: crew_name quality execution_duration model
    task_started: context task
    task_completed: output task
    task_failed: error error_type task
    task_evaluation: evaluation_type task
    agent_execution_started: agent task tools task_prompt
    agent_execution_completed: agent task output
    agent_execution_error: agent task error
    lite_agent_execution_started: agent_info tools messages
    lite_agent_execution_completed: agent_info output
    lite_agent_execution_error: agent_info error
    agent_evaluation_started: iteration
    agent_evaluation_completed: iteration metric_category score
    agent_evaluation_failed: iteration error
    agent_reasoning_started: attempt
    agent_reasoning_completed: attempt plan ready
    agent_reasoning_failed: attempt error
    llm_call_started: model call_id messages tools temperature top_p max_tokens stream seed stop_sequences frequency_penalty presence_penalty n
    llm_call_completed: model call_id response call_type usage finish_reason response_id
    llm_call_failed: model call_id error
    context_window_summarization_started context_window_summarization_completed: model
    context_window_summarization_failed: model error
    tool_usage_started: tool_name tool_args tool_class run_attempts delegations plan_step_number plan_step_description
    tool_usage_finished: tool_name tool_args tool_class run_attempts delegations plan_step_number plan_step_description started_at finished_at from_cache output failure
    tool_usage_error: tool_name tool_args tool_class run_attempts delegations plan_step_number plan_step_description error
    tool_failure_detected: tool_name tool_args tool_class run_attempts delegations plan_step_number failure policy
    tool_validate_input_error tool_selection_error: tool_name tool_args tool_class run_attempts error
    tool_execution_error: tool_name tool_args tool_class error
    llm_guardrail_started: guardrail_type guardrail_name retry_count
    llm_guardrail_completed: guardrail_type guardrail_name success result error retry_count
    flow_created: flow_name
    flow_started: flow_name inputs
    flow_finished: flow_name result state
    flow_failed: flow_name error
    flow_paused: flow_name flow_id method_name state message emit
    method_execution_started: flow_name method_name state params
    method_execution_finished: flow_name method_name result state
    method_execution_failed: flow_name method_name error
    method_execution_paused: flow_name method_name state flow_id message emit
    flow_input_requested: flow_name method_name message
    flow_input_received: flow_name method_name message response
    human_feedback_requested: flow_name method_name output message emit request_id
    human_feedback_received: flow_name method_name feedback outcome request_id
    conversation_message_added: flow_name session_id role content message_index
    conversation_turn_started conversation_turn_completed: flow_name session_id
    conversation_turn_failed: flow_name session_id error
    conversation_route_selected: flow_name session_id route user_message message_index previous_intent
    memory_query_started: query limit score_threshold
    memory_query_completed: query results limit score_threshold query_time_ms
    memory_query_failed: query limit score_threshold error
    memory_save_started: value metadata
    memory_save_completed: value metadata save_time_ms
    memory_save_failed: value metadata error
    memory_retrieval_started:
    memory_retrieval_completed: memory_content retrieval_time_ms
    memory_retrieval_failed: error
    knowledge_search_query_started knowledge_retrieval_started:
    knowledge_search_query_completed knowledge_retrieval_completed: query retrieved_knowledge
    knowledge_search_query_failed: query error
    knowledge_query_started: task_prompt
    knowledge_query_completed: query
    knowledge_query_failed: error
    plan_step_started: step_number step_description tool_to_use
    plan_step_completed: step_number step_description tool_to_use success result error
    step_observation_started: step_number step_description
    step_observation_completed: step_number step_description step_completed_successfully key_information_learned remaining_plan_still_valid needs_full_replan replan_reason goal_already_achieved suggested_refinements
    step_observation_failed: step_number step_description error
    plan_refinement: step_number step_description refined_step_count refinements
    plan_replan_triggered: step_number step_description replan_reason replan_count completed_steps_preserved
    goal_achieved_early: step_number step_description steps_remaining steps_completed
    mcp_connection_started: server_name server_url transport_type connect_timeout is_reconnect
    mcp_connection_completed: server_name server_url transport_type started_at completed_at connection_duration_ms is_reconnect
    mcp_connection_failed: server_name server_url transport_type error error_type status_code started_at failed_at
    mcp_tool_execution_started: server_name server_url transport_type tool_name tool_args
    mcp_tool_execution_completed: server_name server_url transport_type tool_name tool_args result started_at completed_at execution_duration_ms
    mcp_tool_execution_failed: server_name server_url transport_type tool_name tool_args error error_type started_at failed_at
    mcp_config_fetch_failed: slug error error_type
    checkpoint_started: location provider trigger branch parent_id
    checkpoint_completed: location provider trigger branch parent_id checkpoint_id duration_ms
    checkpoint_failed: location provider trigger branch parent_id error
    checkpoint_pruned: location provider trigger branch parent_id removed_count max_checkpoints
    checkpoint_fork_started checkpoint_fork_completed: branch parent_branch parent_checkpoint_id
    checkpoint_restore_started: location provider
    checkpoint_restore_completed: location provider checkpoint_id branch parent_id duration_ms
    checkpoint_restore_failed: location provider error
    hook_dispatched: interception_point outcome hook_count duration_ms abort_reason abort_source
    skill_discovery_started: skill_name skill_path search_path
    skill_discovery_completed: skill_name skill_path search_path skills_found skill_names
    skill_loaded skill_activated skill_used: skill_name skill_path disclosure_level
    skill_load_failed: skill_name skill_path error
    a2a_delegation_started: endpoint task_description context_id turn_number a2a_agent_name skill_id
    a2a_delegation_completed: endpoint status result error context_id a2a_agent_name
    a2a_conversation_started: endpoint context_id a2a_agent_name skill_id
    a2a_conversation_completed: endpoint status final_result error context_id total_turns a2a_agent_name
    a2a_message_sent: endpoint message turn_number context_id message_id a2a_agent_name
    a2a_response_received: endpoint response turn_number context_id message_id status final a2a_agent_name
    a2a_server_task_started a2a_server_task_canceled: context_id
    a2a_server_task_completed: context_id result
    a2a_server_task_failed: context_id error
    a2a_parallel_delegation_started: endpoints task_description
    a2a_parallel_delegation_completed: endpoints success_count failure_count
    a2a_authentication_failed a2a_connection_error: endpoint error error_type status_code a2a_agent_name context_id
    SIGTERM SIGINT SIGHUP SIGTSTP SIGCONT: reason
    """
)

# Known, and not written: whole objects of CrewAI, what another event has said already, and code.
LEFT_OUT_SILENTLY = frozenset(
    "fingerprint_metadata from_task from_agent agent task crew callbacks available_functions guardrail messages agent_key eval_llm verbose".split()
)

ADDRESSES = frozenset(["endpoint", "endpoints", "server_url", "negotiated_url", "callback_url"])


def event_shape(event, source, plain):
    """The named fields of an event under CrewAI's own names, and the names of those that nobody has named."""
    names = _field_names(event)
    type_name = _text_of(_get(event, "type"))
    wanted = FIELDS.get(type_name, ())
    if type_name.startswith("flow_") and _is_of_crewai(type(source)):
        wanted = ("flow_name",)
    shape = {name: _field(event, name, plain) for name in (*ALWAYS, *wanted) if name in names}
    _fill_in(shape, "task_id", _get(shape.get("task"), "id"))
    _fill_in(shape, "agent_id", _get(shape.get("agent"), "id"))
    _fill_in(shape, "agent_role", _get(shape.get("agent"), "role"))
    error = _get(event, "error")
    if isinstance(error, BaseException):
        _fill_in(shape, "error_type", type(error).__name__)
    known = {*ALWAYS, *FIELDS.get(type_name, ()), *LEFT_OUT_SILENTLY}
    left_out = [plain.text(name) for name in names if name not in known and _get(event, name) is not None]
    return {"event": shape, **({"left_out": left_out[:50]} if left_out else {})}


def _field(event, name, plain):
    value = _get(event, name)
    if value is None:
        return None
    if name == "task":
        return task_shape(value, plain)
    if name in ("agent", "agent_info"):
        return agent_shape(value, plain)
    if name == "tools" and _get(event, "type") != "llm_call_started":
        return tool_names(value, plain)
    if name == "failure":
        return failure_shape(value, plain)
    if name in ADDRESSES:
        return [_address(one, plain) for one in value] if isinstance(value, (list, tuple)) else _address(value, plain)
    if name == "tool_class" and not isinstance(value, str):
        return plain.text(_name_of(value))
    return plain.value(value)


def _fill_in(shape, name, value):
    if shape.get(name) is None and value is not None:
        shape[name] = value


def resumes_shape(flow):
    """Which paused flow this one goes on from, where it does."""
    flow_id = _text_of(_get(_get(flow, "pending_feedback"), "flow_id"))
    return {"resumes": flow_id} if flow_id else {}


def emitter_shape(source, type_name):
    shape = {"class": type(source).__name__[:200]}
    own_id = _get(source, "flow_id") or _get(source, "id")
    if isinstance(own_id, (str, uuid.UUID)) and own_id:
        shape["id"] = str(own_id)[:200]
    if type_name.startswith("llm_call"):
        names = {name: _get(source, name) for name in ("provider", "model")}
        shape.update({name: value[:200] for name, value in names.items() if isinstance(value, str)})
    return shape


def crew_shape(crew, plain):
    """The structure of a crew as its author wrote it: CrewAI fills in the inputs later."""
    memory = _get(crew, "memory")
    return {
        "id": _text_of(_get(crew, "id")),
        **{name: plain.value(_get(crew, name)) for name in ("key", "name", "process")},
        "planning": _get(crew, "planning") is True,
        "memory": memory is not None and memory is not False,
        "manager": _manager_shape(crew, plain),
        "agents": [_member_shape(agent, plain) for agent in _items(_get(crew, "agents"))],
        "tasks": [_planned_shape(task, plain) for task in _items(_get(crew, "tasks"))],
    }


def _manager_shape(crew, plain):
    manager = _get(crew, "manager_agent")
    if manager is not None:
        return agent_shape(manager, plain)
    model = _model_of(_get(crew, "manager_llm"))
    return None if model is None else {"id": None, "role": None, "model": plain.text(model)}


def _member_shape(agent, plain):
    own = {"backstory": plain.value(_get(agent, "backstory")), "allow_delegation": _get(agent, "allow_delegation") is True}
    return {**agent_shape(agent, plain), **own}


def _planned_shape(task, plain):
    context = _get(task, "context")
    ids = [_text_of(_get(one, "id")) for one in context] if isinstance(context, (list, tuple)) else None
    return {**task_shape(task, plain), "context": ids, "tools": tool_names(_get(task, "tools"), plain)}


def task_shape(task, plain):
    if isinstance(task, str):
        return plain.text(task)
    agent = _get(task, "agent")
    written = ("key", "name", "description", "expected_output", "async_execution", "human_input")
    shape = {
        "id": _text_of(_get(task, "id")),
        **{name: plain.value(_get(task, name)) for name in written},
        "agent_id": _text_of(_get(agent, "id")),
        "agent_role": plain.value(_get(agent, "role")),
    }
    guardrails = [_get(task, "guardrail"), *_items(_get(task, "guardrails"))]
    names = [plain.text(one if isinstance(one, str) else _name_of(one)) for one in guardrails if one is not None]
    if names:
        shape["guardrail"] = ", ".join(names)
    for name in ("output_pydantic", "output_json", "response_model"):
        if _get(task, name) is not None:
            shape["output_type"] = plain.text(_name_of(_get(task, name)))
    if _get(task, "condition") is not None:
        shape["conditional"] = True
    return shape


def agent_shape(agent, plain):
    if isinstance(agent, str):
        return plain.text(agent)
    crew = _get(agent, "crew")
    llm = _get(agent, "llm")
    return {
        "id": _text_of(_get(agent, "id")),
        **{name: plain.value(_get(agent, name)) for name in ("key", "role", "goal")},
        "crew": _text_of(crew) if isinstance(crew, (str, uuid.UUID)) else _text_of(_get(crew, "id")),
        "model": plain.value(_model_of(llm)),
        "provider": plain.value(_text_of(_get(llm, "provider"))),
        "tools": tool_names(_get(agent, "tools"), plain),
    }


def tool_names(tools, plain):
    names = (_get(tool, "name") or _get(_get(tool, "function"), "name") or _name_of(tool) for tool in _items(tools))
    return [plain.text(str(name)) for name in names]


def failure_shape(failure, plain):
    return {name: plain.value(_get(failure, name)) for name in ("message", "reason", "code", "retryable")}


def _model_of(llm):
    return llm if isinstance(llm, str) else _text_of(_get(llm, "model") or _get(llm, "model_name"))


def _address(value, plain):
    """An address without what lets somebody in: user, password, query, fragment."""
    try:
        parts = urllib.parse.urlsplit(str(value))
        return plain.text(urllib.parse.urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", "")))
    except ValueError:
        return "[withheld]"


# --- Values as JSON -----------------------------------------------------------------------------------------------------------------------------------------

# Objects of CrewAI that hold what was said, and nothing else. Agents, crews, tasks and models are named by their class only: they hold keys.
SAID = {
    "TaskOutput": ("description", "name", "expected_output", "raw", "pydantic", "json_dict", "agent", "output_format", "tool_failures"),
    "CrewOutput": ("raw", "pydantic", "json_dict", "token_usage"),
    "LiteAgentOutput": ("raw", "pydantic", "agent_role", "usage_metrics"),
    "UsageMetrics": ("total_tokens", "prompt_tokens", "cached_prompt_tokens", "completion_tokens", "reasoning_tokens", "cache_creation_tokens", "successful_requests"),
    "ToolFailure": ("message", "reason", "code", "retryable"),
    "ToolFailureRecord": ("tool_name", "message", "reason", "code", "retryable", "failure"),
    "MemoryMatch": ("record", "score"),
    "MemoryRecord": ("id", "content", "scope", "categories", "importance", "created_at"),
    "AgentFinish": ("output",),
}

SECRET_NAME = re.compile(
    r"(?:^|[_.-])(?:api[_-]?key|secrets?|password|passwd|passphrase|authorization|cookie|credentials?|token"
    r"|(?:private|secret|access|account|signing|encryption)[_-]?key)$",
    re.IGNORECASE,
)
ENVIRONMENT_SECRET = re.compile(r"(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|_PAT|CREDENTIALS?)$")
ADDRESS_PASSWORD = re.compile(r"://[^:/@\s]*:([^/@\s]+)@")


class Plain:
    """Turns values into JSON, cut to what a line can bear. It never calls `repr`, `str` or a method of an object that is not known: they may tell a key."""

    def __init__(self, mask, max_text, max_values):
        self.cut = 0
        self._mask = mask
        self._max_text = max_text
        self._left = max_values

    def text(self, text):
        text = self._mask(text)
        if len(text) <= self._max_text:
            return text
        self.cut += 1
        half = self._max_text // 2
        return f"{text[:half]}…[cut {len(text) - 2 * half} characters]…{text[-half:]}"

    def value(self, value, depth=0):
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, enum.Enum):
            return self.value(value.value, depth)
        if isinstance(value, str):
            return self.text(str.__str__(value))
        if isinstance(value, int):
            return int(value)
        if isinstance(value, float):
            return float(value) if math.isfinite(value) else str(float(value))
        if isinstance(value, datetime):
            return _utc(value)
        if isinstance(value, (date, uuid.UUID)):
            return str(value)
        if isinstance(value, os.PathLike):
            return self.text(os.fsdecode(value))
        if isinstance(value, BaseException):
            return self.text(_error_text(value))
        if depth >= MAX_DEPTH:
            self.cut += 1
            return f"<{type(value).__name__}>"
        if isinstance(value, dict):
            return self._object(list(value.items()), depth)
        if isinstance(value, (list, tuple, set, frozenset)):
            return self._list(list(value), depth)
        return self._instance(value, depth)

    def _list(self, items, depth):
        kept = items[: max(self._left, 0)]
        self._left -= len(kept)
        self.cut += len(items) - len(kept)
        return [self.value(item, depth + 1) for item in kept]

    def _object(self, pairs, depth):
        kept = pairs[: max(self._left, 0)]
        self._left -= len(kept)
        self.cut += len(pairs) - len(kept)
        return {self._name(name): self._member(name, value, depth) for name, value in kept}

    def _name(self, name):
        return self.text(str(name) if isinstance(name, (str, int, float)) else f"<{type(name).__name__}>")

    def _member(self, name, value, depth):
        if isinstance(value, (str, bytes)) and isinstance(name, str) and SECRET_NAME.search(name):
            return "[withheld]"
        return self.value(value, depth + 1)

    def _instance(self, value, depth):
        kind = type(value)
        said = SAID.get(kind.__name__) if _is_of_crewai(kind) else None
        if said is not None:
            return self._object([(name, _get(value, name)) for name in said if _has(value, name)], depth)
        is_state = any(base.__name__ == "FlowState" for base in kind.__mro__)
        if (is_state or not _is_of_crewai(kind)) and _is_plain_record(kind):
            return self._object([(name, field) for name, field in list(vars(value).items()) if not name.startswith("_")], depth)
        return f"<{kind.__name__}>" if not isinstance(value, type) else f"<class {value.__name__}>"


class Secrets:
    """What is known to be a secret: values of the environment that are named like one, and the keys of the models. Never written, only looked for."""

    def __init__(self):
        self._known = ()
        self._lock = threading.RLock()
        self.learn_environment()

    def mask(self, text):
        for secret in self._known:
            if secret in text:
                text = text.replace(secret, "[secret]")
        return text

    def learn(self, value):
        if hasattr(value, "get_secret_value"):
            value = value.get_secret_value()
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if not isinstance(value, str):
            return
        value = value.strip()
        bare = value.rpartition(" ")[2] if value.lower().startswith(("bearer ", "basic ")) else value
        looks_like_one = len(bare) >= 16 or (len(bare) >= 8 and any(character.isdigit() for character in bare))
        if not looks_like_one or len(bare) > 10_000 or bare in self._known:
            return
        with self._lock:
            if len(self._known) < 200:
                # The longest first: one may be the beginning of another.
                self._known = tuple(sorted({*self._known, bare}, key=len, reverse=True))

    def learn_environment(self):
        for name, value in list(os.environ.items()):
            if ENVIRONMENT_SECRET.search(name.upper()):
                self.learn(value)
            for password in ADDRESS_PASSWORD.findall(value):
                self.learn(password)

    def learn_crew(self, crew):
        for agent in [*_items(_get(crew, "agents")), _get(crew, "manager_agent")]:
            self.learn_agent(agent)
        for name in ("manager_llm", "function_calling_llm", "planning_llm", "chat_llm", "embedder"):
            self.learn_object(_get(crew, name))

    def learn_agent(self, agent):
        for name in ("llm", "function_calling_llm", "embedder"):
            self.learn_object(_get(agent, name))

    def learn_object(self, value, depth=0):
        if value is None or isinstance(value, (str, int, float)) or depth > 3:
            return
        fields = value if isinstance(value, dict) else _variables(value)
        for name, field in list(fields.items()):
            if isinstance(name, str) and SECRET_NAME.search(name):
                self.learn(field)
            elif isinstance(field, dict) or (depth == 0 and name in ("llm", "client_params", "additional_params")):
                self.learn_object(field, depth + 1)


def _is_of_crewai(kind):
    return (kind.__module__ or "").split(".")[0] == "crewai"


def _is_plain_record(kind):
    """A model of pydantic or a dataclass: its fields are its data."""
    return hasattr(kind, "model_fields") or hasattr(kind, "__dataclass_fields__")


def _error_text(error):
    try:
        message = str(error)
    except Exception:
        message = ""
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _utc(moment):
    """In UTC, whatever it was in: a time without a zone is a local one."""
    try:
        return moment.astimezone(timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")
    except (OverflowError, OSError, ValueError):
        return moment.isoformat()


def _field_names(event):
    names = getattr(type(event), "model_fields", None)
    return list(names) if names else [name for name in _variables(event) if not name.startswith("_")]


def _variables(value):
    try:
        return vars(value)
    except TypeError:
        return {}


def _get(value, name):
    """A field of an object or a dict; none where there is none, or where it throws."""
    if value is None or isinstance(value, str):
        return None
    try:
        return value.get(name) if isinstance(value, dict) else getattr(value, name, None)
    except Exception:
        return None


def _has(value, name):
    return name in _variables(value) or name in (getattr(type(value), "model_fields", None) or ())


def _items(value):
    return list(value) if isinstance(value, (list, tuple, set, frozenset)) else []


def _text_of(value):
    return str(value)[:1000] if isinstance(value, (str, uuid.UUID)) else None


def _name_of(value):
    name = getattr(value, "__name__", None)
    return name if isinstance(name, str) else type(value).__name__


# --- Where the lines go -------------------------------------------------------------------------------------------------------------------------------------


class Writer:
    """Takes lines without waiting, and writes them in a thread of its own, in their order. What does not fit, or cannot be delivered, is counted and said."""

    def __init__(self, destination, lost_line):
        self._destination = destination
        self._lost_line = lost_line
        self._queue = queue.SimpleQueue()
        self._lock = threading.RLock()
        self._waiting_lines = 0
        self._waiting_bytes = 0
        self._thread = None
        self._unsaid = {}
        self._lost = 0
        self._deadline = None

    def put(self, line, always=False):
        with self._lock:
            is_full = self._waiting_lines >= MAX_WAITING_LINES or self._waiting_bytes + len(line) > MAX_WAITING_BYTES
            if is_full and not always:
                self.lose("queue full")
                return
            self._waiting_lines += 1
            self._waiting_bytes += len(line)
            self._queue.put(line)
            self._start()

    def lose(self, reason, count=1):
        with self._lock:
            self._lost += count
            self._unsaid[reason] = self._unsaid.get(reason, 0) + count

    def lost_in_all(self):
        return self._lost

    def flush(self, timeout):
        with self._lock:
            if self._thread is None:
                return self._waiting_lines == 0
            written = threading.Event()
            self._queue.put(written)
        return written.wait(timeout)

    def close(self, timeout):
        self._deadline = time.monotonic() + timeout
        if not self.flush(timeout):
            _say(f"{self._waiting_lines} lines were not written before the end")

    def _start(self):
        if self._thread is not None:
            return
        thread = threading.Thread(target=self._run, name="spoor-crewai", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            return
        self._thread = thread

    def _run(self):
        while True:
            lines, flushed = self._next_batch()
            missing = len(lines) - self._deliver(lines)
            if missing:
                self.lose("delivery failed", missing)
            else:
                self._say_what_was_lost()
            if flushed is not None:
                flushed.set()

    def _next_batch(self):
        """Lines up to a batch, or up to a flush, which is given too."""
        first = self._queue.get()
        if isinstance(first, threading.Event):
            return [], first
        lines, size = [first], len(first)
        while len(lines) < MAX_BATCH_LINES and size < MAX_BATCH_BYTES:
            try:
                following = self._queue.get(timeout=self._destination.batch_after) if self._destination.batch_after else self._queue.get_nowait()
            except queue.Empty:
                break
            if isinstance(following, threading.Event):
                self._taken(lines, size)
                return lines, following
            lines.append(following)
            size += len(following)
        self._taken(lines, size)
        return lines, None

    def _taken(self, lines, size):
        with self._lock:
            self._waiting_lines -= len(lines)
            self._waiting_bytes -= size

    def _say_what_was_lost(self):
        with self._lock:
            unsaid, self._unsaid = self._unsaid, {}
        for reason, count in unsaid.items():
            if not self._deliver([self._lost_line(count, reason)]):
                with self._lock:
                    self._unsaid[reason] = self._unsaid.get(reason, 0) + count

    def _deliver(self, lines):
        """How many of the lines are where they should be."""
        if not lines:
            return 0
        try:
            return self._destination.write(lines, self._remaining)
        except Exception as error:
            _say_once(self._destination, f"cannot write lines: {type(error).__name__}: {error}")
            return getattr(error, "delivered", 0)

    def _remaining(self):
        return math.inf if self._deadline is None else self._deadline - time.monotonic()


class File:
    """A file that is appended to, one write a line, so that several processes can share it."""

    batch_after = None

    def __init__(self, path):
        self._path = os.path.abspath(path)
        self._descriptor = None
        self._torn = False

    def write(self, lines, _remaining):
        written = 0
        try:
            if self._descriptor is None:
                self._descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            for line in lines:
                self._write_line(line)
                written += 1
        except OSError as error:
            error.delivered = written
            raise
        return written

    def _write_line(self, line):
        # What a full disk has cut off stands on a line of its own.
        data = memoryview(b"\n" + line if self._torn else line)
        while data:
            count = os.write(self._descriptor, data)
            self._torn = count < len(data)
            data = data[count:]


LOOPBACK = re.compile(r"https?://(?:[^/@]*@)?(?:localhost|127\.[0-9.]+|\[::1\])(?:[:/?]|$)", re.IGNORECASE)


class Http:
    """An address that takes NDJSON by POST.

    What may have been lost on the way is sent again, at most four times: a receiver knows a line by `process` and `n`.
    """

    batch_after = BATCH_AFTER_SECONDS

    def __init__(self, url, headers):
        self._url = url
        self._headers = {"content-type": "application/x-ndjson", "user-agent": f"{SOURCE}/{LISTENER_VERSION}", **(headers or {})}
        # No proxy knows the way to this machine.
        direct = [urllib.request.ProxyHandler({})] if LOOPBACK.match(url) else []
        self._opener = urllib.request.build_opener(NoRedirect, *direct)

    def write(self, lines, remaining):
        for pause in (*HTTP_PAUSES_SECONDS, None):
            failure = self._post(b"".join(lines), max(0.1, min(HTTP_TIMEOUT_SECONDS, remaining())))
            if failure is None:
                return len(lines)
            is_final = isinstance(failure, urllib.error.HTTPError) and failure.code not in (408, 429) and failure.code < 500
            if is_final or pause is None or remaining() <= pause:
                raise failure
            time.sleep(pause)
        return 0

    def _post(self, body, timeout):
        request = urllib.request.Request(self._url, data=body, headers=self._headers, method="POST")
        try:
            with self._opener.open(request, timeout=timeout) as response:
                response.read(1024)
            return None
        except urllib.error.HTTPError as error:
            error.close()
            return error
        except OSError as error:
            return error


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A POST that is led elsewhere would arrive there as a GET without its lines, or with them where nobody meant them to go."""

    def redirect_request(self, *_):
        return None


def _destination(target, headers):
    return Http(target, headers) if re.match(r"https?://", target, re.IGNORECASE) else File(target)


def _say(sentence):
    try:
        print(f"spoor_crewai: {sentence}", file=sys.stderr)
    except Exception:
        # A process may have no standard error.
        pass


def _say_once(about, sentence):
    if not getattr(about, "told", False):
        about.told = True
        _say(sentence)


if os.environ.get("SPOOR_CREWAI_LOG"):
    record()
