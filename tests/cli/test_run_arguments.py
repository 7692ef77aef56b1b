import pytest

from graphengine.cli.exit_codes import UsageError
from graphengine.cli.run_arguments import EXPLAIN_OPTIONS, parse_run


def test_parameters_and_options_may_stand_anywhere() -> None:
    parsed = parse_run(
        [
            "--prompt",
            "a red circle",
            "flow.json",
            "--json",
            "--count=3",
            "--set",
            "a.b=c=d",
            "--set=e.f=-1",
            "--seed",
            "7",
        ]
    )
    assert parsed.source == "flow.json"
    assert parsed.values == [
        ("prompt", "a red circle"),
        ("set", "a.b=c=d"),
        ("set", "e.f=-1"),
        ("seed", "7"),
    ]
    assert (parsed.json, parsed.count, parsed.help) == (True, 3, False)


def test_the_engines_own_options() -> None:
    parsed = parse_run(
        [
            "--only=save,preview",
            "--only=other",
            "--rerun",
            "sample",
            "--time-limit=90",
            "--node-time-limit=1.5s",
            "--cache=lru",
            "--disk-cache=0",
            "--memory=4GB",
            "--no-sheet",
        ]
    )
    assert (parsed.only, parsed.rerun) == (("save", "preview", "other"), ("sample",))
    assert (parsed.time_limit, parsed.node_time_limit) == (90, 1.5)
    assert (parsed.cache, parsed.disk_cache, parsed.memory, parsed.no_sheet) == ("lru", 0, 4 * 10**9, True)


def test_another_command_has_other_options() -> None:
    assert parse_run(["--rerun=3"], EXPLAIN_OPTIONS).values == [("rerun", "3")]


@pytest.mark.parametrize("value", ["-0.5", "-", "", "a=b", "ä ö"])
def test_values_are_taken_as_they_are(value: str) -> None:
    assert parse_run(["flow.json", "--strength", value]).values == [("strength", value)]
    assert parse_run(["flow.json", f"--strength={value}"]).values == [("strength", value)]


def test_a_value_may_begin_with_dashes_after_an_equals_sign() -> None:
    assert parse_run(["--prompt=--json"]).values == [("prompt", "--json")]


@pytest.mark.parametrize(
    ("tokens", "message"),
    [
        (["--prompt"], "option '--prompt' needs a value"),
        (["--prompt", "--json"], "write --prompt=VALUE"),
        (["a.json", "b"], "expected one workflow, got 'a.json' and 'b'"),
        (["-p", "x"], "no such option: '-p'"),
        (["--json=1"], "'--json' takes no value"),
        (["--count", "0"], "'--count': expected an integer >= 1, got '0'"),
        (["--count", "many"], "got 'many'"),
        (["--only", "a,,b"], "option '--only': expected names of nodes with commas between, got 'a,,b'"),
        (["--time-limit", "0"], "option '--time-limit': expected a number of seconds > 0, got '0'"),
        (["--node-time-limit", "nan"], "expected a number of seconds > 0, got 'nan'"),
        (["--disk-cache", "much"], "option '--disk-cache': expected a size such as 4GB or 512MB, or 0"),
    ],
)
def test_a_wrong_call_is_explained(tokens: list[str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_run(tokens)
    assert message in str(caught.value)
