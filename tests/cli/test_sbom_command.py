"""`xlkpi sbom`: the bill of materials, judged by CycloneDX's published schema, and the list of licences."""

from __future__ import annotations

import json
from importlib.metadata import version
from types import SimpleNamespace

import pytest

from xlkpi.cli.main import main
from xlkpi.commands import sbom
from xlkpi.commands.sbom import bill_of_materials, installed_packages


@pytest.fixture(scope="module")
def packages():
    return installed_packages()


@pytest.fixture(scope="module")
def document(packages):
    return bill_of_materials(packages)


def test_the_published_schema_finds_nothing_wrong(document):
    validation = pytest.importorskip("cyclonedx.validation.json")
    from cyclonedx.schema import SchemaVersion

    judge = validation.JsonStrictValidator(SchemaVersion.V1_6)
    assert judge.validate_str(document) is None
    assert judge.validate_str(document.replace('"library"', '"book"')) is not None


def test_it_lists_each_package_with_version_licence_and_address(document):
    parts = {part["name"]: part for part in json.loads(document)["components"]}
    assert parts["openpyxl"] == {
        "type": "library",
        "bom-ref": f"pkg:pypi/openpyxl@{version('openpyxl')}",
        "name": "openpyxl",
        "version": version("openpyxl"),
        "scope": "required",
        "licenses": [{"license": {"name": "MIT"}}],
        "purl": f"pkg:pypi/openpyxl@{version('openpyxl')}",
    }
    assert parts["et-xmlfile"]["scope"] == "required", "openpyxl needs it"
    assert parts["pytest"]["scope"] == "optional", "developers need it"
    assert "xlkpi" not in parts


def test_it_says_what_needs_what(document):
    needs = {entry["ref"].rpartition("@")[0]: entry["dependsOn"] for entry in json.loads(document)["dependencies"]}
    assert f"pkg:pypi/et-xmlfile@{version('et-xmlfile')}" in needs["pkg:pypi/openpyxl"]


def test_it_is_the_same_every_time_and_names_no_folder(document, tmp_path):
    assert bill_of_materials(installed_packages()) == document
    assert str(tmp_path.parent.parent) not in document
    assert "file:" not in document


class Metadata(dict):
    def get_all(self, name):
        return self.get(name)


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ({"License-Expression": "MIT AND Zlib", "License": "other"}, ("MIT AND Zlib", True)),
        ({"License": " BSD\n 3-clause "}, ("BSD 3-clause", False)),
        ({"License": "Permission is hereby granted, " * 9}, ("not stated", False)),
        ({"Classifier": ["License :: OSI Approved :: MIT License", "Topic :: Text"]}, ("MIT License", False)),
        (
            {"License": "Dual License", "Classifier": ["License :: OSI Approved :: A", "License :: OSI Approved :: B"]},
            ("A; B", False),
        ),
        ({}, ("not stated", False)),
    ],
)
def test_a_licence_is_read_wherever_a_package_states_it(metadata, licence):
    assert sbom._licence(SimpleNamespace(metadata=Metadata(metadata))) == licence


def test_the_command_prints_it_or_writes_it(document, packages, tmp_path, capsys):
    assert main(["sbom"]) == 0
    assert capsys.readouterr().out == document
    target = tmp_path / "sbom.json"
    assert main(["sbom", "--out", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == document
    assert capsys.readouterr().out == f"Wrote {target}: {len(packages)} packages.\n"


def test_a_file_of_somebody_else_is_left_alone(tmp_path, capsys):
    (tmp_path / "sbom.json").write_text("mine", encoding="utf-8")
    assert main(["sbom", "--out", str(tmp_path / "sbom.json")]) == 0
    assert "sbom (2).json" in capsys.readouterr().out
    assert (tmp_path / "sbom.json").read_text(encoding="utf-8") == "mine"


def test_licences_are_a_line_for_each_package(packages, capsys):
    assert main(["sbom", "--licences"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"openpyxl {version('openpyxl')}: MIT" in lines
    assert lines == sorted(lines, key=lambda line: line.split()[0])
    assert len(lines) == len(packages)
