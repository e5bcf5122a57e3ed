// What the server judged and its person has read of goes as late as what was sent and lies in no backup.
import { told } from "./core/overlay.js";

const KEEP = 30 * 24 * 3600_000;

/** @param {import("./core/log.js").Store & {mirror: {ops: Map, photos: Map}}} store @param {number} now milliseconds since 1970 */
export async function forgetTold(store, now) {
  const { ops, photos } = store.mirror;
  const old = [...ops.values()].filter((op) => told(op) && op.answered_at < now - KEEP && op.photos.every(whole));
  if (old.length > 0) await store.write(["ops"], (tx) => Promise.all(old.map((op) => tx.remove("ops", op.no))));

  function whole(sha256) {
    return (photos.get(sha256)?.state ?? "sent") === "sent";
  }
}
