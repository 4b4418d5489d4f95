"""The read API: what can be asked, at which address, and what its version is told by."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from forum.exchange.api.door import NOTHING_HERE
from forum.exchange.api.problems import Refusal, problem

VERSION = "1.0.0"
ABOUT = (
    "The essays of this site, the claims that are made of their sentences, and what was said"
    " against them and for them. It only reads, and shows what everybody may read. Requests"
    " without a token are counted by address, those with one by the token."
)
api = NinjaAPI(
    title="Counterpoint", version=VERSION, description=ABOUT, openapi_url=None, docs_url=None,
    urls_namespace="api",
    openapi_extra={"security": [{}, {"bearer": []}]},
)  # fmt: skip

VERSIONS: dict[str, Callable[..., str | None]] = {}


def reads(
    address: str, name: str, version: Callable[..., str | None], response: Any
) -> Callable[[Any], Any]:
    """Marks what answers an address. Its docstring is what the API's page says of it."""
    VERSIONS[name] = version
    return api.get(
        address, url_name=name, response={200: response}, operation_id=name.replace("-", "_")
    )


@api.exception_handler(ValidationError)
def _refuse_values(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    said = "; ".join(f"“{each['loc'][-1]}”: {each['msg']}" for each in error.errors)
    return problem(HTTPStatus.BAD_REQUEST, f"{said}.")


@api.exception_handler(Http404)
def _find_nothing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, NOTHING_HERE)


@api.exception_handler(Refusal)
def _refuse(_request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return problem(refusal.status, refusal.detail)
