"""Every module explains itself, is called what it is, and stays short."""

import ast
import re
import statistics

from tests.architecture import tree

BANNED = {"util", "helper", "common", "misc", "manager", "handler", "processor", "service", "data", "info"}
# Words of the standards that hold a banned one.
STANDARD_NAMES = re.compile("data_integrity|data_model|DataIntegrity|DataModel|RefreshService")
# The modules that wrap an engine which is heavy or optional, and why each waits until it is needed.
ENGINE_WRAPPERS: dict[str, str] = {}


def banned_words(name: str) -> set[str]:
    words = re.split(r"[_\W]+|(?<=[a-z])(?=[A-Z])", STANDARD_NAMES.sub("", name))
    return {word.lower() for word in words if word.lower().removesuffix("s") in BANNED}


def class_faults(module: ast.AST) -> list[str]:
    """Classes whose last word is banned, unless a framework gave that word to the class they extend."""
    classes = [node for node in ast.walk(module) if isinstance(node, ast.ClassDef)]
    inherited = {node: {last_word(ast.unparse(base)) for base in node.bases} for node in classes}
    ending = {node: banned_words(last_word(STANDARD_NAMES.sub("", node.name))) for node in classes}
    return [node.name for node in classes if ending[node] - inherited[node]]


def last_word(name: str) -> str:
    return re.split(r"(?<=[a-z])(?=[A-Z])", name.partition("[")[0])[-1].lower()


def test_the_tree_is_found() -> None:
    assert {"src/skillmark/errors.py", "src/skillmark/__init__.py"} <= set(map(str, tree.source()))


def test_every_module_opens_with_a_docstring_of_one_to_five_lines() -> None:
    faults = {}
    for module in tree.everything():
        docstring = ast.get_docstring(module.tree) or ""
        if not 1 <= len([line for line in docstring.splitlines() if line.strip()]) <= 5:
            faults[str(module)] = docstring
    assert faults == {}


def test_no_file_or_folder_is_called_by_a_word_that_says_nothing() -> None:
    parts = {(part, str(module)) for module in tree.everything() for part in module.path.relative_to(tree.ROOT).parts}
    faults = [(part, where) for part, where in parts if banned_words(strip(part))]
    assert faults == []


def strip(part: str) -> str:
    return part.removesuffix(".py").removeprefix("test_")


def test_no_class_is_called_by_a_word_that_says_nothing() -> None:
    faults = {str(module): found for module in tree.source() if (found := class_faults(module.tree))}
    assert faults == {}


def test_class_of_a_framework_keeps_its_word() -> None:
    text = "class UserManager(auth.BaseUserManager[User]): ...\nclass KeyManager: ...\n"
    assert class_faults(ast.parse(text)) == ["KeyManager"]


def test_banned_words_are_seen_in_any_dress() -> None:
    assert banned_words("string_utils") == {"utils"}
    assert banned_words("KeyManager") == {"manager"}
    assert banned_words("multibase") == set()


def test_words_of_the_standards_are_free() -> None:
    assert banned_words("test_data_integrity_vectors") == set()
    assert class_faults(ast.parse("class RefreshService: ...\nclass IssuingService: ...\n")) == ["IssuingService"]


def test_no_module_is_longer_than_500_lines() -> None:
    assert {str(module): module.lines for module in tree.everything() if module.lines > 500} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    lengths = {
        f"{module}:{function.lineno}": tree.length(function)
        for module in tree.source()
        for function in module.functions
    }
    assert {where: lines for where, lines in lengths.items() if lines > 60} == {}


def test_functions_are_short() -> None:
    lengths = [tree.length(function) for module in tree.source() for function in module.functions]
    assert statistics.quantiles(lengths, n=20)[-1] < 40


def test_functions_take_at_most_three_arguments_by_place_and_private_ones_four() -> None:
    faults = [
        f"{module}:{function.lineno} {function.name}"
        for module in tree.source()
        for function in module.functions
        if tree.positional(function) > 3 + function.name.startswith("_")
    ]
    assert faults == []


def test_no_import_stands_inside_a_function() -> None:
    faults = {str(module): tree.deferred_imports(module.tree) for module in tree.source()}
    assert {name: lines for name, lines in faults.items() if lines and name not in ENGINE_WRAPPERS} == {}


def test_import_inside_a_function_is_seen() -> None:
    text = "import a\n\n\nclass B:\n    def c(self):\n        from d import e\n\n        return e\n"
    assert tree.deferred_imports(ast.parse(text)) == [6]


def test_the_list_of_engine_wrappers_holds_no_strangers() -> None:
    wrappers = {str(module) for module in tree.source() if tree.deferred_imports(module.tree)}
    assert set(ENGINE_WRAPPERS) <= wrappers
