"""The subjects that can be drawn."""

from enum import StrEnum, auto


class Scene(StrEnum):
    """A subject that a guard, technician or owner would photograph."""

    LOBBY = auto()
    STAIRWELL_CLEAN = auto()
    STAIRWELL_LITTER = auto()
    CORRIDOR_LIGHT_OUT = auto()
    CORRIDOR_LIGHT_OK = auto()
    FIRE_EXTINGUISHER_OK = auto()
    FIRE_EXTINGUISHER_LOW = auto()
    FIRE_DOOR_CLOSED = auto()
    FIRE_DOOR_BLOCKED = auto()
    PUMP_ROOM = auto()
    PUMP_GAUGE = auto()
    PUMP_LEAK = auto()
    DISTRIBUTION_BOX = auto()
    LIFT_CAR = auto()
    LIFT_PANEL_BROKEN = auto()
    LIFT_PANEL_OK = auto()
    GARAGE_LANE = auto()
    GARAGE_PUDDLE = auto()
    GARAGE_DRY = auto()
    GATE_BARRIER = auto()
    GARDEN_PATH = auto()
    GARDEN_TREE_FALLEN = auto()
    ROOF_DRAIN_BLOCKED = auto()
    ROOF_DRAIN_CLEAR = auto()
    PLAYGROUND_OK = auto()
    PLAYGROUND_BROKEN = auto()
    RUBBISH_OVERFLOW = auto()
    RUBBISH_CLEAN = auto()
    CEILING_LEAK = auto()
    CEILING_FIXED = auto()
    TAP_DRIPPING = auto()
    TAP_FIXED = auto()
    WALL_OUTLET_BROKEN = auto()
    WALL_OUTLET_OK = auto()
    METER_WATER = auto()
