"""The schema of the read API, as programs read it."""

from typing import Any

# All that is asked for has to be known before the schema is.
from forum.exchange.api import changes, operations, schemas  # noqa: F401
from forum.exchange.api.site import api

REFUSALS = {
    400: "A value in the address is not one that can be asked for.",
    401: "The token is unknown, was revoked, or is not sent as a Bearer token.",
    404: "There is nothing at this address that may be read.",
    429: "Too many requests: Retry-After says when to ask again.",
}
BEARER = {"type": "http", "scheme": "bearer", "description": "A token that staff have issued."}


def schema() -> dict[str, Any]:
    """As OpenAPI 3.1 has it; the same for every reader and in every process."""
    told: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    components = told["components"]
    problem_schema = schemas.Problem.model_json_schema()
    components["schemas"] = dict(
        sorted({**components["schemas"], "Problem": problem_schema}.items())
    )
    components["securitySchemes"] = {"bearer": BEARER}
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for asked in told["paths"].values():
        for operation in asked.values():
            operation["responses"] |= {
                code: {"description": about, "content": content} for code, about in REFUSALS.items()
            }
    told["servers"] = [{"url": "/"}]
    return told
