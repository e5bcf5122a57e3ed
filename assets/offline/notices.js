// What the outbox says beside its items: the clock, the room, and what other people left on this phone.
import { line } from "./core/views/outbox.js";

export const NOTICES = { told: [], level: "ok", clock: "", minutes: 0, people: [] };

const MINUTE = 60_000;

/**
 * @param {import("./core/overlay.js").World} world
 * @param {{skew: number, people: object[]}} found by how many milliseconds the phone's clock is ahead, and
 *   what is left here of whom
 */
export function notices(world, { skew, people }) {
  if (!world.loaded) return NOTICES;
  const told = world.ops.map((op) => line(world, op)).filter((one) => one.state === "told").reverse();
  return { told, level: world.sync.storage.level ?? "ok", ...clock(world.sync, skew), people };
}

// Whether it is wrong was found out with the server's greeting; that answer told by how much, too.
function clock({ clock_suspect }, skew) {
  const minutes = Math.round(Math.abs(skew) / MINUTE);
  return clock_suspect && minutes > 0 ? { clock: skew > 0 ? "fast" : "slow", minutes } : { clock: "", minutes: 0 };
}
