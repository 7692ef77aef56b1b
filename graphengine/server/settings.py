"""How the server is set up: flags first, then the environment, then the file, then what is built in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ByteSize, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from graphengine.execution.cache import PolicyName
from graphengine.execution.cache.memory import DEFAULT_BUDGET
from graphengine.server.errors import ServerError
from graphengine.server.security.tokens import SHORTEST

FILE = "server.toml"
"""In the home folder, where no other is named."""
PREFIX = "GRAPHENGINE_"


class BadSettings(ServerError):  # noqa: N818 - it reads as what happened
    """The server can't start as it is set up."""


def _names(value: Any) -> Any:
    """As the environment has it: names with commas between."""
    return [each.strip() for each in value.split(",") if each.strip()] if isinstance(value, str) else value


NameList = Annotated[list[str], NoDecode, BeforeValidator(_names)]


class ServerSettings(BaseSettings):
    """Addresses, who may enter, limits; each also as `GRAPHENGINE_` and its name in the environment."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True)

    host: str = Field(default="127.0.0.1", min_length=1, description="the address to listen on")
    port: int = Field(default=8189, ge=0, le=65535, description="0 for any that is free")
    token: SecretStr | None = Field(
        default=None, description="the secret that clients show; made where one is needed and none is given"
    )
    allowed_hosts: NameList = Field(default=[], description="further names of this server")
    allowed_origins: NameList = Field(default=[], description="sites whose pages may use it")
    memory: ByteSize | None = Field(
        default=None, gt=0, description="that model weights may take; else as much as the device has to spare"
    )
    cache: PolicyName = Field(default="cost", description="which results stay in memory")
    cache_memory: ByteSize = Field(default=ByteSize(DEFAULT_BUDGET), ge=0, description="that they may take")
    disk_cache: ByteSize = Field(
        default=ByteSize(4 * 10**9), ge=0, description="that results may take on disk"
    )
    max_body: int = Field(default=16 * 2**20, ge=1024, description="bytes of a JSON body")
    max_upload: int = Field(default=64 * 2**20, ge=1024, description="bytes of an uploaded file")
    max_pixels: int = Field(default=64_000_000, ge=1, description="of an uploaded picture")
    max_nodes: int = Field(default=10_000, ge=1, description="of a workflow")
    max_queue: int = Field(default=10_000, ge=1, description="runs that wait")
    keep_runs: int = Field(default=10_000, ge=1, description="the last runs that are kept with their events")
    max_listeners: int = Field(default=1_000, ge=1, description="open event streams")
    requests_per_second: float = Field(default=1_000, gt=0, description="of one client")
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"
    stop_seconds: float = Field(default=20, ge=0, description="how long a run may take to end when we stop")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, environment, file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read_settings(file: Path, flags: dict[str, Any]) -> ServerSettings:
    """The settings; `flags` are from the command line. Raises `BadSettings` naming all that is wrong."""

    class Here(ServerSettings):
        model_config = SettingsConfigDict(toml_file=file)

    try:
        settings = Here(**flags)
    except ValidationError as error:
        raise BadSettings(_explain(error, file, flags), kind="settings") from None
    except (OSError, ValueError) as error:  # no TOML, or a value that is no JSON
        raise BadSettings(f"the settings in '{file}' can't be read: {error}", kind="settings") from error
    if settings.token is not None and len(settings.token.get_secret_value()) < SHORTEST:
        raise BadSettings(f"the token is too short: expected at least {SHORTEST} characters", kind="settings")
    return settings


def _explain(error: ValidationError, file: Path, flags: dict[str, Any]) -> str:
    found = []
    for each in error.errors(include_url=False, include_input=False):
        name = ".".join(map(str, each["loc"]))
        place = f"--{name.replace('_', '-')}" if name in flags else f"{PREFIX}{name.upper()} or '{file}'"
        if each["type"] == "extra_forbidden":
            found.append(f"'{name}' in '{file}' is no setting")
            continue
        text = each["msg"].replace("Input should be", "expected")
        if each["type"].startswith("byte_size"):
            text = "expected a size such as 4GB or 512MiB"
        found.append(f"'{name}' ({place}): {text}")
    return "; ".join(found)
