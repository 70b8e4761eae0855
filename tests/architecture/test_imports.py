"""Who may import whom: the contracts of `.importlinter`, and that they leave nothing out."""

import configparser

import pytest
from importlinter.cli import lint_imports

from tests.architecture import tree

CONTRACTS = tree.ROOT / ".importlinter"


def test_import_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    failed = lint_imports(config_filename=str(CONTRACTS), no_cache=True, no_logo=True)
    assert not failed, capsys.readouterr().out


def test_every_layered_contract_is_exhaustive() -> None:
    contracts = read_contracts()
    layered = {name: rules for name, rules in contracts.items() if rules.get("type") == "layers"}
    assert {name for name, rules in layered.items() if rules.get("exhaustive") != "True"} == set()
    assert "skillmark" in {rules["containers"] for rules in layered.values()}


def test_every_floor_of_the_site_has_a_contract() -> None:
    contained = {rules.get("containers", "") for rules in read_contracts().values()}
    floors = {path.parent.parent for path in (tree.SOURCE / "server").glob("*/*/__init__.py")}
    holding_apps = {f"skillmark.server.{floor.name}" for floor in floors if floor.name not in {"config", "demo"}}
    assert holding_apps - contained == set()


def read_contracts() -> dict[str, configparser.SectionProxy]:
    parser = configparser.ConfigParser()
    parser.read(CONTRACTS, encoding="utf-8")
    return {name: parser[name] for name in parser.sections() if name.startswith("importlinter:contract:")}


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {module.path.parent for module in tree.source()}
    assert {folder for folder in folders if not (folder / "__init__.py").is_file()} == set()


def test_one_room_alone_imports_the_http_client() -> None:
    importers = {
        str(module)
        for module in tree.source()
        for _, name in tree.imports(module.tree)
        if name.split(".")[0] in {"httpcore2", "httpx", "httpx2", "requests", "aiohttp", "urllib3"}
        or name in {"urllib.request", "http.client"}
    }
    assert {name for name in importers if not name.startswith("src/skillmark/fetching/")} == set()
