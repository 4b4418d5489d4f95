import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def _no_page_kept_from_the_test_before():
    # Unlike the default cache, which lies in the database, this one is not rolled back.
    caches["pages"].clear()
