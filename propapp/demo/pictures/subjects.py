"""Which function draws which scene."""

from collections.abc import Callable

from propapp.demo.pictures import electric, fire, garage, garden, halls, home, lifts, pumps, yard
from propapp.demo.pictures.canvas import Canvas
from propapp.demo.pictures.scene import Scene

SUBJECTS: dict[Scene, Callable[[Canvas], None]] = {
    Scene.LOBBY: halls.lobby,
    Scene.STAIRWELL_CLEAN: halls.stairwell_clean,
    Scene.STAIRWELL_LITTER: halls.stairwell_litter,
    Scene.CORRIDOR_LIGHT_OUT: halls.corridor_light_out,
    Scene.CORRIDOR_LIGHT_OK: halls.corridor_light_ok,
    Scene.FIRE_EXTINGUISHER_OK: fire.fire_extinguisher_ok,
    Scene.FIRE_EXTINGUISHER_LOW: fire.fire_extinguisher_low,
    Scene.FIRE_DOOR_CLOSED: fire.fire_door_closed,
    Scene.FIRE_DOOR_BLOCKED: fire.fire_door_blocked,
    Scene.PUMP_ROOM: pumps.pump_room,
    Scene.PUMP_GAUGE: pumps.pump_gauge,
    Scene.PUMP_LEAK: pumps.pump_leak,
    Scene.DISTRIBUTION_BOX: electric.distribution_box,
    Scene.WALL_OUTLET_BROKEN: electric.wall_outlet_broken,
    Scene.WALL_OUTLET_OK: electric.wall_outlet_ok,
    Scene.METER_WATER: electric.meter_water,
    Scene.LIFT_CAR: lifts.lift_car,
    Scene.LIFT_PANEL_BROKEN: lifts.lift_panel_broken,
    Scene.LIFT_PANEL_OK: lifts.lift_panel_ok,
    Scene.GARAGE_LANE: garage.garage_lane,
    Scene.GARAGE_PUDDLE: garage.garage_puddle,
    Scene.GARAGE_DRY: garage.garage_dry,
    Scene.GATE_BARRIER: garage.gate_barrier,
    Scene.GARDEN_PATH: garden.garden_path,
    Scene.GARDEN_TREE_FALLEN: garden.garden_tree_fallen,
    Scene.ROOF_DRAIN_BLOCKED: garden.roof_drain_blocked,
    Scene.ROOF_DRAIN_CLEAR: garden.roof_drain_clear,
    Scene.PLAYGROUND_OK: yard.playground_ok,
    Scene.PLAYGROUND_BROKEN: yard.playground_broken,
    Scene.RUBBISH_OVERFLOW: yard.rubbish_overflow,
    Scene.RUBBISH_CLEAN: yard.rubbish_clean,
    Scene.CEILING_LEAK: home.ceiling_leak,
    Scene.CEILING_FIXED: home.ceiling_fixed,
    Scene.TAP_DRIPPING: home.tap_dripping,
    Scene.TAP_FIXED: home.tap_fixed,
}
