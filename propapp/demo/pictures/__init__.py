"""Pictures of the demo world, drawn here so that nobody's photo is borrowed."""

from datetime import datetime
from random import Random

from propapp.demo.pictures.canvas import Canvas
from propapp.demo.pictures.faces import portrait
from propapp.demo.pictures.photo import develop, stored
from propapp.demo.pictures.scene import Scene
from propapp.demo.pictures.subjects import SUBJECTS

__all__ = ["Scene", "draw", "portrait"]


def draw(
    scene: Scene,
    *,
    seed: int,
    taken_at: datetime,
    caption: str = "",
    place: int = 0,
    position: tuple[float, float] | None = None,
) -> bytes:
    """A JPEG of the scene as a phone took it at that time, which is the site's own.

    The seed moves the hand, the light and the grain; the place keeps paint and
    furniture, so a before and an after with one place show the same spot.
    """
    rng = Random(f"{scene} {seed}")
    canvas = Canvas(rng=rng, place=Random(f"place {place}"))
    SUBJECTS[scene](canvas)
    image = develop(canvas, hour=taken_at.hour)
    return stored(image, rng=rng, taken_at=taken_at, caption=caption, position=position)
