// A phone whose numbers are taken goes on under another name.
import { newDevice, renumber } from "./log.js";

const REMEMBERED = 8;

/** What waits gets numbers of the new device; the server knows it by its id if it came before. */
export async function renameDevice(tx, port, last = 0) {
  const before = (await tx.get("meta", "device"))?.value;
  const here = (await tx.get("meta", "seq"))?.value ?? 0;
  const device = await newDevice(tx, port);
  const waiting = (await tx.inState("ops", "saved")).sort((a, b) => a.no - b.no);
  for (const op of waiting) {
    await renumber(tx, op, device);
    await tx.put("ops", op);
  }
  if (before) await noteLost(tx, { device_id: before, kind: "went_back", seq: Math.max(here, last) });
}

/** The server is told of a lost name at the next contact, until it has answered. */
export async function noteLost(tx, lost) {
  const before = (await tx.get("meta", "lost"))?.value ?? [];
  const others = before.filter((one) => one.device_id !== lost.device_id);
  await tx.put("meta", { key: "lost", value: [...others, lost].slice(-REMEMBERED) });
}

/** The server has heard of these. */
export async function forgetLost(tx, told) {
  const heard = new Set(told.map((one) => one.device_id));
  const left = ((await tx.get("meta", "lost"))?.value ?? []).filter((one) => !heard.has(one.device_id));
  if (left.length > 0) await tx.put("meta", { key: "lost", value: left });
  else await tx.remove("meta", "lost");
}
