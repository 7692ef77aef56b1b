"""The OpenAPI document: true of every route, and the server keeps to it whatever it is sent."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from graphengine.server.application import API, described
from graphengine.server.http.openapi import openapi
from tests.server.live import Live

DOCUMENT = openapi(described(API))
ENDLESS = "/api/events/stream"
"""A stream that a request of any form opens and nothing ends; tests/server/routes/test_events.py reads it."""
OPERATIONS = sorted(
    (method.upper(), path)
    for path, operations in DOCUMENT["paths"].items()
    for method in operations
    if path != ENDLESS
)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 8
TAKES = {"parameters", "requestBody"}


@pytest.fixture(scope="module")
def schema(live: Live) -> Any:
    return schemathesis.openapi.from_url(f"{live.url}/api/openapi.json")


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda text: str(text))
def test_no_answer_that_isnt_documented(schema: Any, method: str, path: str) -> None:
    operation = schema[path][method]

    for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):
        described_operation = DOCUMENT["paths"][path][method.lower()]
        if mode is schemathesis.GenerationMode.NEGATIVE and not TAKES & described_operation.keys():
            continue  # it takes nothing that could be wrong
        check(operation.as_strategy(generation_mode=mode), [*CHECKS, negative_data_rejection])


def check(strategy: Any, checks: list[Any]) -> None:
    """Send what is drawn, and check the answers."""

    @seed(0)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def send(case: Any) -> None:
        case.validate_response(case.call(timeout=20), checks=checks)

    send()


def test_the_document_refers_to_nothing_that_isnt_there() -> None:
    schemas = DOCUMENT["components"]["schemas"]

    def refs(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return own + [each for item in value.values() for each in refs(item)]
        return [each for item in value for each in refs(item)] if isinstance(value, list) else []

    found = refs(DOCUMENT)
    assert found and {each.rpartition("/")[2] for each in found} <= schemas.keys()
    for each in schemas.values():
        Draft202012Validator.check_schema(each)


def test_every_operation_has_a_name_of_its_own_and_a_summary() -> None:
    operations = [each for path in DOCUMENT["paths"].values() for each in path.values()]
    names = [each["operationId"] for each in operations]
    assert len(set(names)) == len(names)
    assert all(each["summary"] for each in operations)


def test_the_catalogue_is_as_described(live: Live) -> None:
    from graphengine.server.routes.nodes import NodeCatalogue

    nodes = live.get("/api/nodes").json
    described_nodes = NodeCatalogue.model_validate(nodes, strict=True)
    again = described_nodes.model_dump(exclude_unset=True)
    assert again == nodes  # no field more, no field less
