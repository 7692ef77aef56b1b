import pytest

from graphengine.cli.exit_codes import UsageError
from graphengine.cli.run_arguments import parse_run


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
    assert parsed.parameters == {"prompt": "a red circle"}
    assert parsed.settings == ["a.b=c=d", "e.f=-1"]
    assert (parsed.json, parsed.count, parsed.seed, parsed.help) == (True, 3, "7", False)


@pytest.mark.parametrize("value", ["-0.5", "-", "", "a=b", "ä ö"])
def test_values_are_taken_as_they_are(value: str) -> None:
    assert parse_run(["flow.json", "--strength", value]).parameters == {"strength": value}
    assert parse_run(["flow.json", f"--strength={value}"]).parameters == {"strength": value}


def test_a_value_may_begin_with_dashes_after_an_equals_sign() -> None:
    assert parse_run(["--prompt=--json"]).parameters == {"prompt": "--json"}


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
    ],
)
def test_a_wrong_call_is_explained(tokens: list[str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_run(tokens)
    assert message in str(caught.value)
