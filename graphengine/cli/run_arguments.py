"""The arguments of `graphengine run`: its own options, and whatever parameters the workflow has."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from graphengine.cli.exit_codes import UsageError


@dataclass(frozen=True)
class OwnOption:
    """An option of the command itself; `metavar` is None for a switch."""

    name: str
    metavar: str | None
    help: str


OWN_OPTIONS = (
    OwnOption("set", "NODE.INPUT=VALUE", "Set any input of any node; may be given again."),
    OwnOption("seed", "N", "The seed, also where the workflow names no such parameter."),
    OwnOption("count", "N", "Make N pictures with consecutive seeds."),
    OwnOption("output", "DIR", "Where to save pictures; else the home folder's output/."),
    OwnOption("home", "DIR", "The home folder; else GRAPHENGINE_HOME, else the platform's data folder."),
    OwnOption("memory", "SIZE", "How much memory model weights may take, such as 4GB."),
    OwnOption("json", None, "Print one event per line as JSON."),
    OwnOption("debug", None, "Show the traceback of an unexpected error."),
    OwnOption("help", None, "Show this, and the parameters of the workflow if one is named."),
)
_OWN = {option.name: option for option in OWN_OPTIONS}


@dataclass
class RunArguments:
    """The command line of `run`, taken apart; what needs the workflow is still text."""

    source: str | None = None
    parameters: dict[str, str] = field(default_factory=dict)
    settings: list[str] = field(default_factory=list)
    seed: str | None = None
    count: int = 1
    output: str | None = None
    home: str | None = None
    memory: str | None = None
    json: bool = False
    debug: bool = False
    help: bool = False


def parse_run(tokens: Sequence[str]) -> RunArguments:
    """Take the tokens apart: every option that is not the command's own takes a value, for a parameter."""
    arguments = RunArguments()
    remaining = list(reversed(tokens))
    while remaining:
        token = remaining.pop()
        if not _is_option(token):
            _take_source(arguments, token)
            continue
        name, equals, value = token[2:].partition("=")
        option = _OWN.get(name)
        if option is not None and option.metavar is None:
            if equals:
                raise _usage(f"option '--{name}' takes no value")
            setattr(arguments, name, True)
            continue
        if not equals:
            if not remaining or remaining[-1].startswith("--"):
                hint = f"; write --{name}=VALUE for one that begins with dashes" if remaining else ""
                raise _usage(f"option '--{name}' needs a value{hint}")
            value = remaining.pop()
        _store(arguments, name, value)
    return arguments


def _is_option(token: str) -> bool:
    if token.startswith("-") and not token.startswith("--") and len(token) > 1:
        raise _usage(f"no such option: '{token}'; options begin with two dashes")
    return len(token) > 2 and token.startswith("--")


def _take_source(arguments: RunArguments, token: str) -> None:
    if arguments.source is not None:
        raise _usage(
            f"expected one workflow, got '{arguments.source}' and '{token}'; "
            "put quotes around text with spaces"
        )
    arguments.source = token


def _store(arguments: RunArguments, name: str, value: str) -> None:
    if name == "set":
        arguments.settings.append(value)
    elif name == "count":
        if not value.isdecimal() or int(value) < 1:
            raise _usage(f"option '--count': expected an integer >= 1, got '{value}'")
        arguments.count = int(value)
    elif name in _OWN:
        setattr(arguments, name, value)
    else:
        arguments.parameters[name] = value


def _usage(message: str) -> UsageError:
    return UsageError(message, kind="usage")
