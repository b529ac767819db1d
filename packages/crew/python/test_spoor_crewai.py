"""What spoor_crewai.py promises, held against a CrewAI that is made up here: python3 -m unittest discover packages/crew/python"""

import contextlib
import contextvars
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import types
import unittest
import uuid
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import spoor_crewai
from made_up_crewai import PLANTED, Bus, Made, OldBus, agent, crew, event, llm, of_crewai, task

HERE = Path(__file__).parent


class Recorded(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory())) if hasattr(self, "enterContext") else Path(tempfile.mkdtemp())
        self.path = self.folder / "lines.ndjson"
        self.bus = Bus()

    def recording(self, target=None, bus=None, **options):
        recording = spoor_crewai.Recording(str(target or self.path), bus=bus or self.bus, **options)
        self.addCleanup(recording.close)
        return recording

    def lines(self, kind=None):
        text = self.path.read_text("utf8") if self.path.exists() else ""
        lines = [json.loads(line) for line in text.splitlines()]
        return [line for line in lines if kind is None or line["kind"] == kind]

    def event_of(self, one, source=None):
        """What is written of a single event."""
        with self.recording():
            self.bus.emit(source or Made(), one)
        return self.lines("event")[0]


class Lines(Recorded):
    def test_a_recording_opens_tells_its_events_and_closes(self):
        with self.recording(session="thread-7"):
            self.bus.emit(Made(), event("task_started", context=""))
        lines = self.lines()
        self.assertEqual([line["kind"] for line in lines], ["opened", "event", "closed"])
        self.assertEqual([line["n"] for line in lines], [1, 2, 3])
        self.assertEqual({line["session"] for line in lines}, {"thread-7"})
        self.assertEqual({(line["v"], line["source"], line["pid"]) for line in lines}, {(1, "spoor-crewai", os.getpid())})
        self.assertEqual(len({line["process"] for line in lines}), 1)
        self.assertEqual(lines[2]["lost"], 0)

    def test_nothing_is_written_where_nothing_was_emitted(self):
        self.recording().close()
        self.assertFalse(self.path.exists())

    def test_the_structure_of_a_crew_stands_right_before_its_kickoff(self):
        one = event("crew_kickoff_started", crew_name="harbour", inputs={"port": "Riga"})
        with self.recording():
            self.bus.emit(crew(), one)
        _, structure, kickoff, _ = self.lines()
        self.assertEqual((structure["kind"], structure["kickoff"]), ("crew", kickoff["event"]["event_id"]))
        self.assertEqual(structure["crew"]["agents"][0]["tools"], ["lookup"])
        self.assertEqual(structure["crew"]["tasks"][0]["expected_output"], "the fee")
        self.assertEqual(kickoff["event"]["inputs"], {"port": "Riga"})
        self.assertEqual(kickoff["emitter"], {"class": "Crew", "id": str(uuid.UUID(int=7))})

    def test_a_field_that_nobody_named_is_not_written_but_said(self):
        line = self.event_of(event("llm_call_completed", call_id="c", response="r", usage=None, messages=["m"], novelty=PLANTED))
        self.assertEqual(line["left_out"], ["novelty"])
        self.assertNotIn("messages", line["event"])
        self.assertIsNone(line["event"]["usage"])

    def test_of_an_event_that_nobody_knows_only_the_common_fields_are_written(self):
        line = self.event_of(event("something_new", task_id="t", inner=Made(api_key=PLANTED)))
        self.assertEqual((line["event"]["type"], line["event"]["task_id"], line["left_out"]), ("something_new", "t", ["inner"]))

    def test_ids_that_stand_only_in_the_objects_are_filled_in(self):
        one = agent()
        line = self.event_of(event("agent_execution_started", agent=one, task=task(one), tools=one.tools, task_prompt="p"))
        self.assertEqual(line["event"]["agent_role"], "Researcher")
        self.assertEqual(line["event"]["agent_id"], str(one.id))
        self.assertEqual(line["event"]["agent"]["crew"], str(uuid.UUID(int=7)))
        self.assertEqual(line["event"]["tools"], ["lookup"])
        self.assertIsNotNone(line["event"]["task_id"])

    def test_the_output_of_a_task_is_written_without_its_messages(self):
        output = of_crewai("TaskOutput", raw="12.5", expected_output="the fee", agent="Researcher", messages=["long"], json_dict=None)
        self.assertEqual(self.event_of(event("task_completed", output=output, task=None))["event"]["output"], {"raw": "12.5", "expected_output": "the fee", "agent": "Researcher", "json_dict": None})

    def test_an_error_is_text_and_says_its_type(self):
        line = self.event_of(event("flow_failed", flow_name="f", error=ValueError("no")))["event"]
        self.assertEqual((line["error"], line["error_type"]), ("ValueError: no", "ValueError"))

    def test_times_are_utc_whatever_zone_they_were_in(self):
        line = self.event_of(event("tool_usage_finished", started_at=datetime(2026, 1, 2, 3, 4, 5), tool_name="x"))["event"]
        local = datetime(2026, 1, 2, 3, 4, 5).astimezone(timezone.utc)
        self.assertEqual(line["timestamp"], "2026-01-02T03:04:05.000000Z")
        self.assertEqual(line["started_at"], local.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))

    def test_inner_flows_of_crewai_do_not_repeat_their_state(self):
        inner = of_crewai("AgentExecutor", flow_id="f-1")
        line = self.event_of(event("flow_finished", flow_name="AgentExecutor", state={"messages": ["m"]}, result="r"), inner)
        self.assertEqual(line["emitter"], {"class": "AgentExecutor", "id": "f-1"})
        self.assertNotIn("state", line["event"])

    def test_a_flow_that_goes_on_says_what_it_resumes(self):
        flow = Made(flow_id="f-1", pending_feedback=Made(flow_id="f-1"))
        self.assertEqual(self.event_of(event("flow_started", flow_name="Review"), flow)["resumes"], "f-1")

    def test_chunks_and_logs_are_not_written(self):
        with self.recording():
            for name in ("llm_stream_chunk", "agent_logs_started", "default_env"):
                self.bus.emit(Made(), event(name, chunk="x"))
        self.assertEqual(self.lines(), [])

    def test_an_address_is_written_without_what_lets_somebody_in(self):
        line = self.event_of(event("mcp_connection_started", server_name="s", server_url="https://me:pw@host:1/mcp?token=abc#x"))
        self.assertEqual(line["event"]["server_url"], "https://host:1/mcp")


class SecretValues(Recorded):
    def test_a_planted_key_is_in_no_byte_of_any_line(self):
        of, leaking = agent(), of_crewai("Flow", flow_id="f")
        leaking.__class__.__repr__ = lambda self: PLANTED
        crew_of = crew()
        crew_of.agents = [of]
        with self.recording(session=f"about {PLANTED}"):
            self.bus.emit(crew_of, event("crew_kickoff_started", crew_name=PLANTED, inputs={"key": PLANTED, "api_key": "another-secret", "headers": {"Authorization": "Bearer x"}}))
            self.bus.emit(of, event("agent_execution_started", agent=of, task=task(of), tools=[], task_prompt=f"use {PLANTED} and {PLANTED}2"))
            self.bus.emit(of.llm, event("llm_call_started", call_id="c", messages=[{"role": "user", "content": PLANTED * 9_000}], tools=[]))
            self.bus.emit(of.llm, event("llm_call_failed", call_id="c", error=f"401: {PLANTED}"))
            self.bus.emit(leaking, event("flow_failed", flow_name="f", error=RuntimeError(PLANTED)))
            self.bus.emit(leaking, event("flow_finished", flow_name="f", result=leaking, state={"deep": {"llm": llm(), PLANTED: [PLANTED], "X-Api-Key": "another-secret", "apiKey": "another-secret"}}))
            self.bus.emit(Made(), event("tool_usage_error", tool_name=PLANTED, tool_args='{"k": "%s"}' % PLANTED, error=of_crewai("LLM", api_key=PLANTED)))
            self.bus.emit(Made(), event(f"new_{PLANTED}", **{f"field {PLANTED}": 1}))
        data = self.path.read_bytes()
        self.assertEqual(len(self.lines("event")), 8)
        for secret in (b"planted", b"another-secret", b"Bearer x"):
            self.assertNotIn(secret, data)

    def test_what_the_environment_names_like_a_secret_is_masked(self):
        os.environ.update({"MADE_UP_API_KEY": "value-from-the-environment", "MADE_UP_URL": "postgres://me:hidden-passw0rd@host/db"})
        self.addCleanup(os.environ.pop, "MADE_UP_API_KEY")
        self.addCleanup(os.environ.pop, "MADE_UP_URL")
        line = self.event_of(event("tool_usage_finished", tool_name="env", output="they are value-from-the-environment and hidden-passw0rd."))
        self.assertEqual(line["event"]["output"], "they are [secret] and [secret].")

    def test_objects_of_crewai_are_named_and_not_opened(self):
        line = self.event_of(event("flow_finished", flow_name="f", result=[agent(), llm()], state={"crew": crew()}), Made())
        self.assertEqual((line["event"]["result"], line["event"]["state"]), (["<Agent>", "<OpenAICompletion>"], {"crew": "<Crew>"}))

    def test_objects_of_the_user_are_written_by_their_fields(self):
        fee = type("TaskOutput", (Made,), {"model_fields": {}})(port="Riga", fee=12.5, _cached="hidden", password="hidden")
        line = self.event_of(event("flow_finished", flow_name="f", result=fee), Made())
        self.assertEqual(line["event"]["result"], {"port": "Riga", "fee": 12.5, "password": "[withheld]"})

    def test_counts_of_tokens_are_no_secrets(self):
        usage = {"prompt_tokens": 3, "total_tokens": 4, "completion_tokens_details": {"reasoning_tokens": 1}}
        self.assertEqual(self.event_of(event("llm_call_completed", call_id="c", usage=usage))["event"]["usage"], usage)

    def test_the_file_is_for_its_owner_only(self):
        self.event_of(event("task_started"))
        self.assertEqual(self.path.stat().st_mode & 0o777, 0o600)


class Bounds(Recorded):
    def test_a_long_text_is_cut_in_its_middle_and_said_to_be(self):
        line = self.event_of(event("tool_usage_finished", tool_name="x", output="a" * 200_000 + "end"))
        self.assertEqual(line["cut"], 1)
        self.assertIn("…[cut 100003 characters]…", line["event"]["output"])
        self.assertTrue(line["event"]["output"].endswith("end"))

    def test_no_line_is_longer_than_a_reader_can_bear(self):
        state = {f"{outer}": {f"{inner}": "x" * 5_000 for inner in range(100)} for outer in range(100)}
        line = self.event_of(event("flow_finished", flow_name="f", state=state), Made())
        self.assertLessEqual(self.path.stat().st_size, 4_010_000)
        self.assertGreater(line["cut"], 0)

    def test_cycles_depths_and_widths_end(self):
        cycle = {"a": []}
        cycle["a"].append(cycle)
        deep = current = {}
        for _ in range(10_000):
            current["in"] = current = {}
        self.assertIn("event", self.event_of(event("flow_finished", flow_name="f", result=[cycle, deep], state=list(range(1_000_000))), Made()))

    def test_a_text_that_is_the_repr_of_a_whole_agent_does_no_harm(self):
        line = self.event_of(event("task_started", task="Task(description='x', agent=" + "y" * 312_000))
        self.assertEqual(line["cut"], 1)

    def test_values_that_json_has_no_word_for_are_written_as_text(self):
        result = [float("nan"), float("inf"), b"bytes", "\ud800", {1: 2, (3,): 4}, {5}, print, int, uuid.UUID(int=1), Path("/a")]
        written = self.event_of(event("flow_finished", flow_name="f", result=result), Made())["event"]["result"]
        self.assertEqual(written, ["nan", "inf", "<bytes>", "\ud800", {"1": 2, "<tuple>": 4}, [5], "<builtin_function_or_method>", "<class int>", str(uuid.UUID(int=1)), "/a"])


class TheCrew(Recorded):
    def test_it_gets_the_answer_of_its_bus(self):
        self.recording()
        self.assertEqual(self.bus.emit(Made(), event("task_started")), "future")

    def test_it_is_not_told_of_objects_that_cannot_be_read(self):
        class Hostile:
            model_fields = {"type": None, "timestamp": None, "state": None}
            type = "flow_finished"

            @property
            def __dict__(self):
                raise RuntimeError("no")

            def __getattr__(self, name):
                raise RuntimeError(name)

        recording = self.recording()
        self.assertEqual(self.bus.emit(Hostile(), Hostile()), "future")
        self.assertEqual(self.bus.replay(None, None), "replayed")
        recording.close()
        self.assertEqual({line["kind"] for line in self.lines()} - {"opened", "event", "lost", "closed"}, set())

    def test_it_gets_the_exception_of_its_bus_and_the_event_is_recorded(self):
        recording = self.recording()
        self.bus.fail_with = KeyboardInterrupt()
        with self.assertRaises(KeyboardInterrupt):
            self.bus.emit(Made(), event("task_started"))
        recording.close()
        self.assertEqual(len(self.lines("event")), 1)

    def test_it_never_waits_for_what_is_written(self):
        recording = self.recording()
        go_on = threading.Event()
        recording._writer._destination.write = lambda lines, _remaining: go_on.wait() and len(lines)
        for _ in range(100):
            self.bus.emit(Made(), event("task_started"))
        go_on.set()
        self.assertTrue(recording.flush())

    def test_what_does_not_fit_is_counted_and_said(self):
        recording = self.recording()
        write = recording._writer._destination.write
        go_on, stuck = threading.Event(), threading.Event()
        recording._writer._destination.write = lambda lines, remaining: (stuck.set(), go_on.wait(), write(lines, remaining))[2]
        self.addCleanup(setattr, spoor_crewai, "MAX_WAITING_LINES", spoor_crewai.MAX_WAITING_LINES)
        spoor_crewai.MAX_WAITING_LINES = 5
        self.bus.emit(Made(), event("task_started"))
        stuck.wait()
        for _ in range(10):
            self.bus.emit(Made(), event("task_started"))
        go_on.set()
        recording.close()
        lost = self.lines("lost")
        self.assertEqual([line["reason"] for line in lost], ["queue full"])
        self.assertEqual(lost[0]["count"] + len(self.lines("event")), 11)
        self.assertEqual(self.lines("closed")[0]["lost"], lost[0]["count"])
        self.assertLess(len(self.lines("event")), 11)

    def test_it_runs_where_nothing_can_be_written_and_that_is_said_once(self):
        told = io.StringIO()
        with contextlib.redirect_stderr(told):
            recording = self.recording(self.folder / "no" / "such" / "folder")
            for _ in range(3):
                self.assertEqual(self.bus.emit(Made(), event("task_started")), "future")
                recording.flush()
            recording.close()
        self.assertEqual(told.getvalue().count("cannot write lines"), 1)
        self.assertEqual(recording.lost, 5)

    def test_what_a_full_disk_has_torn_spoils_no_other_line(self):
        really = os.write
        self.addCleanup(setattr, os, "write", really)

        def torn(descriptor, data):
            os.write = full
            return really(descriptor, data[:10])

        def full(_descriptor, _data):
            os.write = really
            raise OSError(28, "no space left on device")

        with contextlib.redirect_stderr(io.StringIO()), self.recording() as recording:
            os.write = torn
            self.bus.emit(Made(), event("task_started"))
            recording.flush()
            self.bus.emit(Made(), event("task_completed"))
        first, *others = self.path.read_text().splitlines()
        self.assertEqual(len(first), 10)
        kinds = [json.loads(line)["kind"] for line in others]
        self.assertEqual(kinds[0], "event")
        self.assertIn("lost", kinds)

    def test_its_bus_is_as_before_once_the_recording_is_closed(self):
        before = set(vars(self.bus))
        recording = self.recording()
        self.assertNotEqual(set(vars(self.bus)), before)
        recording.close()
        self.assertEqual(set(vars(self.bus)), before)
        self.bus.emit(Made(), event("task_started"))
        self.assertEqual(self.lines(), [])

    def test_what_others_have_put_on_the_bus_stays(self):
        recording = self.recording()
        ours, calls = self.bus.emit, []
        self.bus.emit = lambda *args: (calls.append(1), ours(*args))[1]
        recording.close()
        self.assertEqual((self.bus.emit(Made(), event("task_started")), calls), ("future", [1]))
        self.assertTrue(recording.flush())
        self.assertEqual(self.lines(), [])


class Order(Recorded):
    def test_lines_have_the_order_of_emission_in_every_thread(self):
        recording = self.recording()

        def work(name):
            for number in range(200):
                self.bus.emit(Made(), event("task_started", task_id=f"{name}-{number}"))

        threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        recording.close()
        events = self.lines("event")
        self.assertEqual([line["n"] for line in self.lines()], list(range(1, 803)))
        for name in "abcd":
            mine = [line["event"]["task_id"] for line in events if line["event"]["task_id"].startswith(name)]
            self.assertEqual(mine, [f"{name}-{number}" for number in range(200)])

    def test_on_an_old_bus_an_event_comes_before_those_that_its_handlers_emit(self):
        old = OldBus()
        old.handlers.append(lambda source, one: one.type == "task_started" and old.emit(source, event("task_evaluation")))
        with self.recording(bus=old):
            old.emit(Made(), event("task_started"))
        self.assertEqual([line["event"]["type"] for line in self.lines("event")], ["task_started", "task_evaluation"])

    def test_a_run_is_the_one_of_the_thread_that_emits(self):
        run = contextvars.ContextVar("run", default=None)
        sys.modules["crewai.execution"] = types.SimpleNamespace(get_execution_uuid=run.get)
        self.addCleanup(sys.modules.pop, "crewai.execution")

        def kickoff(name):
            run.set(name)
            self.bus.emit(Made(), event("task_started", task_id=name))

        with self.recording():
            for name in ("left", "right"):
                contextvars.copy_context().run(kickoff, name)
            self.bus.emit(Made(), event("task_started", task_id=None))
        self.assertEqual([line["run"] for line in self.lines("event")], ["left", "right", None])

    def test_what_is_replayed_says_so(self):
        with self.recording():
            self.bus.replay(Made(), event("task_started"))
        self.assertIs(self.lines("event")[0]["replaying"], True)

    def test_what_is_emitted_to_be_awaited_is_recorded(self):
        import asyncio

        with self.recording():
            self.assertEqual(asyncio.run(self.bus.aemit(Made(), event("task_started"))), "future")
        # The bus that is made up here emits once more inside.
        self.assertGreaterEqual(len(self.lines("event")), 1)


class OverHttp(Recorded):
    def server(self, answers):
        got = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                status = answers.pop(0) if answers else 204
                if status < 300:
                    got.append((self.headers, body))
                self.send_response(status)
                self.send_header("location", "/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}/lines", got

    def posted(self, got):
        return [json.loads(line) for _, body in got for line in body.splitlines()]

    def setUp(self):
        super().setUp()
        self.addCleanup(setattr, spoor_crewai, "HTTP_PAUSES_SECONDS", spoor_crewai.HTTP_PAUSES_SECONDS)
        spoor_crewai.HTTP_PAUSES_SECONDS = (0.01, 0.01)

    def test_lines_are_posted_in_batches_with_the_headers_that_were_given(self):
        url, got = self.server([])
        with self.recording(url, headers={"authorization": "Bearer mine"}):
            for _ in range(20):
                self.bus.emit(Made(), event("task_started"))
        self.assertEqual([line["n"] for line in self.posted(got)], list(range(1, 23)))
        self.assertLess(len(got), 22)
        self.assertEqual((got[0][0]["content-type"], got[0][0]["authorization"]), ("application/x-ndjson", "Bearer mine"))

    def test_what_may_be_lost_on_the_way_is_sent_again(self):
        url, got = self.server([503, 429])
        with self.recording(url):
            self.bus.emit(Made(), event("task_started"))
        self.assertEqual([line["kind"] for line in self.posted(got)], ["opened", "event", "closed"])

    def test_what_is_refused_is_given_up_counted_and_said_with_the_next_lines(self):
        for status in (400, 302):
            url, got = self.server([status])
            with contextlib.redirect_stderr(io.StringIO()):
                with self.recording(url) as recording:
                    self.bus.emit(Made(), event("task_started"))
                    recording.flush()
                    self.bus.emit(Made(), event("task_completed"))
            lines = self.posted(got)
            self.assertEqual([line["count"] for line in lines if line["kind"] == "lost"], [2])
            self.assertEqual([line["event"]["type"] for line in lines if line["kind"] == "event"], ["task_completed"])

    def test_what_was_lost_is_said_until_it_has_arrived(self):
        url, got = self.server([400, 204, 400])
        with contextlib.redirect_stderr(io.StringIO()), self.recording(url) as recording:
            for _ in range(3):
                self.bus.emit(Made(), event("task_started"))
                recording.flush()
        self.assertEqual([line["count"] for line in self.posted(got) if line["kind"] == "lost"], [2])

    def test_an_address_that_is_none_costs_lines_and_nothing_else(self):
        for target in ("http://[", "http://", "https://127.0.0.1:99999999/"):
            with contextlib.redirect_stderr(io.StringIO()), self.recording(target) as recording:
                self.assertEqual(self.bus.emit(Made(), event("task_started")), "future")
            self.assertEqual(recording.lost, 3)

    def test_a_proxy_is_not_asked_for_the_way_to_this_machine(self):
        os.environ["http_proxy"] = "http://127.0.0.1:9"
        self.addCleanup(os.environ.pop, "http_proxy")
        url, got = self.server([])
        with self.recording(url):
            self.bus.emit(Made(), event("task_started"))
        self.assertEqual(len(self.posted(got)), 3)

    def test_an_address_where_nobody_listens_costs_the_crew_nothing(self):
        told = io.StringIO()
        with contextlib.redirect_stderr(told):
            with self.recording("http://127.0.0.1:9/lines") as recording:
                self.bus.emit(Made(), event("task_started"))
        self.assertEqual((recording.lost, told.getvalue().count("\n")), (3, 1))


class TheEnd(Recorded):
    """Programs of their own, because it is the end of the interpreter that matters."""

    def run_program(self, body, **environment):
        program = textwrap.dedent(
            """
            import os, signal, sys, threading, time, types
            from made_up_crewai import Bus, Made, event
            bus = Bus()
            module = types.ModuleType("crewai.events.event_bus")
            module.crewai_event_bus = bus
            sys.modules.update({"crewai": types.ModuleType("crewai"), "crewai.events": types.ModuleType("crewai.events"), "crewai.events.event_bus": module})
            """
        ) + textwrap.dedent(body)
        env = {**os.environ, "PYTHONPATH": str(HERE), "LINES": str(self.path), "PYTHONDONTWRITEBYTECODE": "1", **environment}
        env.pop("SPOOR_CREWAI_LOG", None) if "SPOOR_CREWAI_LOG" not in environment else None
        return subprocess.run([sys.executable, "-c", program], env=env, cwd=self.folder, capture_output=True, text=True, timeout=60)

    def kinds(self):
        return [line["kind"] for line in self.lines()]

    def test_a_program_that_ends_leaves_all_its_lines(self):
        for end in ("", "raise ValueError('no')", "sys.exit(3)", "signal.raise_signal(signal.SIGINT)"):
            with self.subTest(end):
                self.path.unlink(missing_ok=True)
                self.run_program(f"import spoor_crewai\nspoor_crewai.record(os.environ['LINES'])\nfor _ in range(500): bus.emit(Made(), event('task_started'))\n{end}")
                self.assertEqual(self.kinds(), ["opened", *["event"] * 500, "closed"])

    def test_a_program_that_is_killed_leaves_what_was_written_and_no_end(self):
        ran = self.run_program("import spoor_crewai\nspoor_crewai.record(os.environ['LINES'])\nbus.emit(Made(), event('task_started'))\nspoor_crewai.record(os.environ['LINES']).flush()\nos.kill(os.getpid(), signal.SIGKILL)")
        self.assertEqual((ran.returncode, self.kinds()), (-signal.SIGKILL, ["opened", "event"]))

    def test_the_environment_is_enough(self):
        self.run_program("import spoor_crewai\nbus.emit(Made(), event('task_started'))", SPOOR_CREWAI_LOG=str(self.path))
        self.assertEqual(self.kinds(), ["opened", "event", "closed"])

    def test_recording_twice_to_one_place_records_once(self):
        self.run_program("import spoor_crewai\nassert spoor_crewai.record(os.environ['LINES']) is spoor_crewai.record(os.environ['LINES'])\nbus.emit(Made(), event('task_started'))")
        self.assertEqual(self.kinds(), ["opened", "event", "closed"])

    def test_without_crewai_the_program_runs_and_is_told_why_nothing_is_recorded(self):
        ran = self.run_program("sys.modules['crewai'] = None\nfor name in list(sys.modules):\n    if name.startswith('crewai.'): del sys.modules[name]\nimport spoor_crewai\nspoor_crewai.record(os.environ['LINES'])\nprint('ran')")
        self.assertEqual((ran.returncode, ran.stdout), (0, "ran\n"))
        self.assertIn("spoor_crewai: nothing is recorded: ", ran.stderr)

    @unittest.skipUnless(hasattr(os, "fork"), "there is no fork here")
    def test_a_fork_is_a_process_of_its_own(self):
        self.run_program(
            """
            import spoor_crewai
            spoor_crewai.record(os.environ['LINES'])
            bus.emit(Made(), event('task_started', task_id='parent'))
            if os.fork() == 0:
                bus.emit(Made(), event('task_started', task_id='child'))
                sys.exit()
            os.wait()
            """
        )
        by_process = {}
        for line in self.lines():
            by_process.setdefault(line["process"], []).append(line)
        numbers = sorted([line["n"] for line in lines] for lines in by_process.values())
        self.assertEqual(numbers, [[1, 2, 3], [1, 2, 3]])
        self.assertEqual(sorted(line["event"]["task_id"] for line in self.lines("event")), ["child", "parent"])

    @unittest.skipUnless(hasattr(os, "fork"), "there is no fork here")
    def test_a_worker_of_multiprocessing_leaves_all_its_lines(self):
        self.run_program(
            """
            import multiprocessing, spoor_crewai
            spoor_crewai.record(os.environ['LINES'])
            def work():
                for _ in range(500): bus.emit(Made(), event('task_started'))
            worker = multiprocessing.get_context("fork").Process(target=work)
            worker.start()
            worker.join()
            """
        )
        self.assertEqual(self.kinds(), ["opened", *["event"] * 500, "closed"])

    def test_an_event_of_a_signal_handler_does_not_wait_for_the_one_it_interrupts(self):
        ran = self.run_program(
            """
            import spoor_crewai
            spoor_crewai.record(os.environ['LINES'])
            signal.signal(signal.SIGALRM, lambda *_: bus.emit(Made(), event('SIGINT', reason='alarm')))
            signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
            for _ in range(3000): bus.emit(Made(), event('task_started'))
            signal.setitimer(signal.ITIMER_REAL, 0)
            """
        )
        self.assertEqual(ran.returncode, 0, ran.stderr)
        numbers = sorted(line["n"] for line in self.lines())
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))


if __name__ == "__main__":
    unittest.main()
