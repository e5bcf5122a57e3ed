"""Reports of a site: what was promised, what became of it, and plan against actual."""
