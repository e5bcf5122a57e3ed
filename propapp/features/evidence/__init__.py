"""The chain of each site: checked link by link, its days' heads kept and given out."""
