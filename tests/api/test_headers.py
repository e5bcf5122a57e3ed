"""What every answer carries, told without a server."""

import pytest

from propapp.api.headers import caching, content_policy, relative


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("http://garden.example/orders/", "/orders/"),
        ("https://garden.example/orders?a=1", "/orders?a=1"),
        ("/orders", "/orders"),
        ("https://elsewhere.example/orders", "https://elsewhere.example/orders"),
        ("http://garden.example.evil.example/", "http://garden.example.evil.example/"),
    ],
)
def test_a_redirect_names_no_scheme_that_a_proxy_may_have_changed(
    location: str, expected: str
) -> None:
    assert relative(location, host="garden.example") == expected


@pytest.mark.parametrize(
    ("path", "status", "expected"),
    [
        ("/today", 200, "no-cache"),
        ("/sw.js", 200, "no-cache"),
        ("/assets/root-1234.js", 200, "public, max-age=31536000, immutable"),
        ("/assets/root-1234.js", 304, "public, max-age=31536000, immutable"),
        ("/assets/root-1234.js", 404, "no-store"),
        ("/api/v1/sync", 200, "no-store"),
    ],
)
def test_only_what_never_changes_is_kept_for_good(path: str, status: int, expected: str) -> None:
    assert caching(path, status=status) == expected


def test_scripts_run_only_from_here_or_by_their_hash() -> None:
    directives = dict(
        part.strip().split(" ", 1) for part in content_policy(["'sha256-abc='"]).split(";")
    )
    assert directives["script-src"] == "'self' 'wasm-unsafe-eval' 'sha256-abc='"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["connect-src"] == "'self'"
