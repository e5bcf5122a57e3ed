"""What PropApp leaves out of Reflex's client: what no page of ours uses.

Every anchor must be found, so that an upgrade of Reflex cannot silently bring them back.
"""

from __future__ import annotations

import re

ROOT_JSX = "app/root.jsx"
VITE_CONFIG = "vite.config.js"

# Whole namespaces are kept for components that a server would send as source; we send none, and
# the policy forbids to evaluate them.
_NAMESPACE = re.compile(r'^import \* as (\w+) from "[^"]+";\n', re.MULTILINE)
_KEEP_NAMESPACES = re.compile(
    r"  useEffect\(\(\) => \{\n.*?window\.__reflex = \{.*?\n  \}, \[\]\);\n", re.DOTALL
)

_ALIASES = "    alias: [\n"
_ALIAS = """\
      {{
        find: "{library}",
        replacement: fileURLToPath(new URL("./public/ui/{ours}", import.meta.url)),
      }},
"""
_OURS = {"@emotion/react": "jsx.js", "universal-cookie": "no_cookies.js"}


def root(source: str) -> str:
    """The root module without the namespaces that only evaluated code would read."""
    source, blocks = _KEEP_NAMESPACES.subn("", source)
    source, imports = _NAMESPACE.subn("", source)
    if blocks != 1 or not imports:
        raise RuntimeError(f"{ROOT_JSX} has changed: its namespaces are not where they were.")
    return source


def vite(source: str) -> str:
    """The bundler's configuration with our own small modules in place of libraries."""
    aliases = "".join(_ALIAS.format(library=library, ours=ours) for library, ours in _OURS.items())
    if aliases in source:
        return source
    if source.count(_ALIASES) != 1:
        raise RuntimeError(f"{VITE_CONFIG} has changed: nowhere to name an alias.")
    return source.replace(_ALIASES, _ALIASES + aliases)
