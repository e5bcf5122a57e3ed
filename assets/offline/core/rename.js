// A phone whose numbers are taken goes on under another name.
import { newDevice, renumber } from "./log.js";

/** What waits gets numbers of the new device; the server knows it by its id if it came before. */
export async function renameDevice(tx, port) {
  const device = await newDevice(tx, port);
  const waiting = (await tx.inState("ops", "saved")).sort((a, b) => a.no - b.no);
  for (const op of waiting) {
    await renumber(tx, op, device);
    await tx.put("ops", op);
  }
}
