"""Which inline scripts a built page carries, so that a policy can allow these and no other."""

import base64
import hashlib
import re
from pathlib import Path

HASHES_FILE = "script-hashes.json"
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def script_hashes(static_dir: Path) -> dict[str, list[str]]:
    """The CSP source of every inline script, by the built HTML file that holds it."""
    return {
        page.relative_to(static_dir).as_posix(): hashes_in(page.read_text(encoding="utf-8"))
        for page in sorted(static_dir.rglob("*.html"))
    }


def hashes_in(html: str) -> list[str]:
    """The CSP sources of the inline scripts in one page, each once."""
    return sorted({csp_source(script) for script in INLINE_SCRIPT.findall(html) if script})


def csp_source(script: str) -> str:
    """One script as a CSP source."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
