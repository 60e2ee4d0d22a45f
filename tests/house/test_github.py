"""Workflows, issue forms, hooks and editor rules: files that can be read, and commands in them that exist."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml

import install_addin
from tests.house.project_files import ROOT, tracked

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
ON = True  # YAML 1.1 reads the key `on` as a truth value
TESTS = "python3 install_addin.py test"


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def lines_run(workflow):
    """Every line that a workflow gives to a shell."""
    for job in read(workflow)["jobs"].values():
        for step in job["steps"]:
            yield from step.get("run", "").splitlines()


def test_there_are_workflows_and_forms():
    assert [path.stem for path in WORKFLOWS] == ["debian", "judges", "mac", "nightly", "tests", "windows"]
    assert [path.stem for path in FORMS] == ["bug", "figure"]


def test_linux_runs_the_readmes_test_command_for_every_change():
    workflow = read(GITHUB / "workflows/tests.yml")
    assert {"push", "pull_request"} <= set(workflow[ON])
    assert TESTS in list(lines_run(GITHUB / "workflows/tests.yml"))
    assert TESTS in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["debian", "mac", "windows"])
def test_the_others_are_offers_that_somebody_starts(name):
    path = GITHUB / "workflows" / f"{name}.yml"
    starts = read(path)[ON]
    assert starts == "workflow_dispatch" or list(starts) == ["workflow_dispatch"]
    assert any("install_addin.py test" in line for line in lines_run(path))


def test_every_judge_that_needs_npm_is_asked_once_a_week():
    path = GITHUB / "workflows/judges.yml"
    assert set(read(path)[ON]) == {"schedule", "workflow_dispatch"}
    asked = re.findall(r"python -m (tests\.by_hand\.\w+)", "\n".join(lines_run(path)))
    assert asked == ["tests.by_hand.packages", "tests.by_hand.engines", "tests.by_hand.pyodide_proof"]
    assert all((ROOT / f"{module.replace('.', '/')}.py").is_file() for module in asked)


def test_the_windows_job_offers_the_check_in_excel_where_somebody_asks_for_it():
    workflow = read(GITHUB / "workflows" / "windows.yml")
    job = workflow["jobs"]["excel"]
    assert job["if"] == "inputs.excel"
    assert workflow[ON]["workflow_dispatch"]["inputs"]["excel"]["default"] is False
    (command,) = (step["run"] for step in job["steps"] if "run" in step)
    script = re.search(r"-File (\S+)", command)
    assert script
    assert (ROOT / script[1]).is_file()


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_only_read_and_ends_by_itself(path):
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert all(job["timeout-minutes"] <= 60 for job in workflow["jobs"].values())


def test_every_command_of_ours_in_a_workflow_is_understood():
    ours = [re.sub(r"\s+#.*", "", line) for path in WORKFLOWS for line in lines_run(path) if "install_addin" in line]
    assert len(ours) >= 10
    for line in ours:
        program, script, *words = line.split()
        assert (program in ("python", "python3"), script) == (True, "install_addin.py")
        asked, for_pytest = install_addin.read_command(words)
        assert asked.command
        assert all((ROOT / word).exists() for word in for_pytest)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_asks_each_thing_once_and_for_the_version(path):
    form = read(path)
    assert form["name"]
    assert form["description"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    ids = [field["id"] for field in fields]
    assert len(ids) == len(set(ids))
    assert "version" in ids
    assert {field["type"] for field in fields} <= {"input", "textarea", "dropdown", "checkboxes"}
    assert all(field["attributes"]["label"] for field in fields)
    assert all(field["attributes"]["options"] for field in fields if field["type"] == "dropdown")


def test_a_bug_report_names_kind_of_file_message_and_version():
    form = read(GITHUB / "ISSUE_TEMPLATE/bug.yml")
    required = {field["id"] for field in form["body"] if field.get("validations", {}).get("required")}
    assert {"file_kind", "message", "version"} <= required


# --- hooks, editors, line ends ---------------------------------------------------------------------------------------


def hooks():
    (repository,) = read(ROOT / ".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local", "a hook from a Git repository needs more network than pip"
    return {hook["id"]: hook for hook in repository["hooks"]}


def test_the_hooks_use_the_ruff_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (ruff,) = [text for text in project["optional-dependencies"]["test"] if text.startswith("ruff")]
    assert [hooks()[name]["additional_dependencies"] for name in ("ruff", "ruff-format")] == [[ruff], [ruff]]


def test_a_hook_that_runs_a_script_of_ours_finds_it():
    scripts = [word for hook in hooks().values() for word in hook["entry"].split() if word.endswith(".py")]
    assert scripts
    assert all((ROOT / script).is_file() for script in scripts)


def test_text_has_line_feeds_and_ends_with_one():
    exempt = re.compile(read(ROOT / ".pre-commit-config.yaml")["exclude"])
    frozen = re.compile(hooks()["end-of-file-fixer"]["exclude"])
    odd, left_as_they_are = [], []
    for path in tracked():
        data = path.read_bytes()
        name = path.relative_to(ROOT).as_posix()
        if not data or b"\0" in data or exempt.search(name):
            continue
        if frozen.search(name):
            left_as_they_are.append(name)
        elif not re.search(rb"[^\n]\n\Z", data):
            odd.append(name)
        odd += [name] if b"\r\n" in data else []
    assert not odd, "see .editorconfig; a hook of .pre-commit-config.yaml would change these"
    assert len(left_as_they_are) >= 2, "the hook leaves the catalogue's frozen versions alone"
