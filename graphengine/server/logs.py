"""What the server writes about its work: one line per fact, with the run that it is about; never a secret."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

FIELDS = ("run", "client", "method", "route", "path", "status", "milliseconds", "state")
"""What records may carry beside their message, in this order."""
ROOT = "graphengine"


class TextFormat(logging.Formatter):
    """`12:30:01 info run=ab12 accepted`, for people."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; a traceback goes below."""
        facts = " ".join(f"{name}={value}" for name, value in facts_of(record).items())
        at = self.formatTime(record, "%H:%M:%S")
        line = one_line(f"{at} {record.levelname.lower()} {record.getMessage()}")
        text = f"{line} {one_line(facts)}" if facts else line
        return f"{text}\n{self.formatException(record.exc_info)}" if record.exc_info else text


class JsonFormat(logging.Formatter):
    """One JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        """With `at`, `level`, `message`, the fields, and `trace` for an error."""
        found: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **facts_of(record),
        }
        if record.exc_info:
            found["trace"] = self.formatException(record.exc_info)
        return json.dumps(found, ensure_ascii=False, default=str)


def facts_of(record: logging.LogRecord) -> dict[str, Any]:
    """What the record carries beside its message."""
    return {name: value for name in FIELDS if (value := getattr(record, name, None)) is not None}


def one_line(text: str) -> str:
    """Without line breaks and control characters, so that no request can forge a line."""
    return "".join(each if each.isprintable() else "?" for each in text)


def set_up_logs(level: str, form: str) -> None:
    """Write to standard error from that level on; form: `text` or `json`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormat() if form == "json" else TextFormat())
    logger = logging.getLogger(ROOT)
    logger.handlers = [handler]
    logger.setLevel(level.upper())
    logger.propagate = False
    logging.getLogger("aiohttp").setLevel(logging.CRITICAL)  # what it tells is of requests that are no HTTP
