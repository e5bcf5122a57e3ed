"""What a site's checkpoints look like to who keeps them."""

from propapp.features.sites.components.codes import point_item, print_part

__all__ = ["point_item", "print_part"]
