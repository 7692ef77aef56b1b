"""The arguments of `graphengine run` and `explain`: their own options, and the parameters of the workflow."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graphengine.cli.byte_size import parse_bytes
from graphengine.cli.exit_codes import UsageError

DISK_CACHE = 4 * 10**9


@dataclass(frozen=True)
class OwnOption:
    """An option of the command itself; `metavar` is None for a switch."""

    name: str
    metavar: str | None
    help: str


_SET = OwnOption("set", "NODE.INPUT=VALUE", "Set any input of any node; may be given again.")
_SEED = OwnOption("seed", "N", "The seed, also where the workflow names no such parameter.")
_ONLY = OwnOption("only", "NODE,...", "Run only what these nodes need, and no other outputs.")
_OUTPUT = OwnOption("output", "DIR", "Where to save pictures; else the home folder's output/.")
_HOME = OwnOption("home", "DIR", "The home folder; else GRAPHENGINE_HOME, else the platform's data folder.")
_DEBUG = OwnOption("debug", None, "Show the traceback of an unexpected error.")
_HELP = OwnOption("help", None, "Show this, and the parameters of the workflow if one is named.")

OWN_OPTIONS = (
    _SET,
    _SEED,
    OwnOption("count", "N", "Make N pictures with consecutive seeds."),
    _ONLY,
    OwnOption("rerun", "NODE,...", "Make these and what follows from them again, although they are cached."),
    _OUTPUT,
    OwnOption("no-sheet", None, "Make no contact sheet where an option has several values."),
    OwnOption("time-limit", "SECONDS", "Stop a run that takes longer."),
    OwnOption("node-time-limit", "SECONDS", "Stop a run of which a node takes longer."),
    OwnOption("memory", "SIZE", "How much memory model weights may take, such as 4GB."),
    OwnOption("cache", "POLICY", "Which results stay in memory: cost, lru, last or none."),
    OwnOption("disk-cache", "SIZE", "How much disk results may take for later runs; 0 for none, else 4GB."),
    _HOME,
    OwnOption("json", None, "Print one event per line as JSON."),
    _DEBUG,
    _HELP,
)
EXPLAIN_OPTIONS = (
    _SET,
    _SEED,
    _ONLY,
    _OUTPUT,
    _HOME,
    OwnOption("json", None, "Print JSON, for machines."),
    _DEBUG,
    _HELP,
)
SUBMIT_OPTIONS = (
    _SET,
    _SEED,
    OwnOption("count", "N", "Make N pictures with consecutive seeds."),
    _ONLY,
    OwnOption("rerun", "NODE,...", "Make these and what follows from them again, although they are cached."),
    OwnOption("priority", "N", "From -1000 to 1000; higher ones run first."),
    OwnOption("time-limit", "SECONDS", "Stop a run that takes longer."),
    OwnOption("node-time-limit", "SECONDS", "Stop a run of which a node takes longer."),
    OwnOption("server", "URL", "The server; else GRAPHENGINE_SERVER, else http://127.0.0.1:8189."),
    OwnOption("token", "TOKEN", "Its token; better in GRAPHENGINE_TOKEN, which other users don't see."),
    OwnOption("watch", None, "Follow it to its end, and download its pictures."),
    OwnOption("output", "DIR", "With --watch: where to save its pictures; else here."),
    _HOME,
    OwnOption("json", None, "Print JSON, for machines."),
    _DEBUG,
    _HELP,
)


class Given(NamedTuple):
    """An option that sets inputs, as it was given: `set`, `seed`, or the name of a parameter."""

    option: str
    text: str


@dataclass
class RunArguments:
    """The command line, taken apart; what needs the workflow is still text.

    values: what sets inputs, in the order given. memory, disk_cache: bytes.
    """

    source: str | None = None
    values: list[Given] = field(default_factory=list)
    count: int = 1
    only: tuple[str, ...] = ()
    rerun: tuple[str, ...] = ()
    output: str | None = None
    home: str | None = None
    memory: int | None = None
    cache: str = "cost"
    disk_cache: int = DISK_CACHE
    time_limit: float | None = None
    node_time_limit: float | None = None
    no_sheet: bool = False
    priority: int = 0
    server: str | None = None
    token: str | None = None
    watch: bool = False
    json: bool = False
    debug: bool = False
    help: bool = False


def parse_run(tokens: Sequence[str], options: Sequence[OwnOption] = OWN_OPTIONS) -> RunArguments:
    """Take the tokens apart: every option that is not the command's own takes a value, for a parameter."""
    own = {option.name: option for option in options}
    arguments = RunArguments()
    remaining = list(reversed(tokens))
    while remaining:
        token = remaining.pop()
        if not _is_option(token):
            _take_source(arguments, token)
            continue
        name, equals, value = token[2:].partition("=")
        option = own.get(name)
        if option is not None and option.metavar is None:
            if equals:
                raise _usage(f"option '--{name}' takes no value")
            setattr(arguments, name.replace("-", "_"), True)
            continue
        if not equals:
            if not remaining or remaining[-1].startswith("--"):
                hint = f"; write --{name}=VALUE for one that begins with dashes" if remaining else ""
                raise _usage(f"option '--{name}' needs a value{hint}")
            value = remaining.pop()
        if option is None or name in ("set", "seed"):
            arguments.values.append(Given(name, value))
        else:
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
    """Keep the value of one of the command's own options."""
    if name == "count":
        if not value.isdecimal() or int(value) < 1:
            raise _usage(f"option '--count': expected an integer >= 1, got '{value}'")
        arguments.count = int(value)
    elif name == "only":
        arguments.only += _names(name, value)
    elif name == "rerun":
        arguments.rerun += _names(name, value)
    elif name == "memory":
        arguments.memory = parse_bytes(value, "memory")
    elif name == "disk-cache":
        arguments.disk_cache = parse_bytes(value, "disk-cache", zero=True)
    elif name == "priority":
        if not value.removeprefix("-").isdecimal() or abs(int(value)) > 1000:
            raise _usage(f"option '--priority': expected an integer from -1000 to 1000, got '{value}'")
        arguments.priority = int(value)
    elif name == "time-limit":
        arguments.time_limit = _seconds(name, value)
    elif name == "node-time-limit":
        arguments.node_time_limit = _seconds(name, value)
    else:
        setattr(arguments, name, value)


def _names(option: str, text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    if not all(names):
        raise _usage(f"option '--{option}': expected names of nodes with commas between, got '{text}'")
    return names


def _seconds(option: str, text: str) -> float:
    try:
        seconds = float(text.removesuffix("s"))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise _usage(f"option '--{option}': expected a number of seconds > 0, got '{text}'")
    return seconds


def _usage(message: str) -> UsageError:
    return UsageError(message, kind="usage")
