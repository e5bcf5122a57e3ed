// My letters: what I answer for, in the words to be signed, and whether I have signed.
import { bodyOf, sendState } from "../overlay.js";

export const LETTERS = { ready: false, letters: [], me: "", me_en: "", ink: "", waiting: 0 };

/** @param {import("../overlay.js").World} world */
export function letters(world) {
  const { snapshot } = world;
  // A snapshot of an older server has no letters.
  if (!snapshot?.letters) return LETTERS;
  const { name, name_en } = snapshot.me;
  const found = snapshot.letters.map((one) => letter(world, one));
  return {
    ready: true, letters: found, me: name, me_en: name_en || name, ink: world.page.ink ?? "",
    waiting: found.filter((one) => one.state === "waiting").length,
  };
}

function letter(world, one) {
  const { id, goal, goal_en, version, weight, words, words_en, issued_at, issuer, issuer_en, reason } = one;
  const op = world.ops.filter((each) => each.kind === "letter.sign" && each.thread_id === id).pop();
  const refused = op?.state === "attention" ? op : null;
  const here = op && !refused ? bodyOf(op) : null;
  const signed = one.signed_at || (here ? op.client_time : "");
  return {
    id, goal, goal_en, version, weight, words, words_en, issued_at, issuer, issuer_en, reason,
    old_weight: one.old_weight ?? 0, new_duty: one.new_duty ?? "",
    // Not among what waits for a finger: signed on this phone is signed, and says how far it has come.
    state: signed ? "signed" : "waiting", signed_at: signed, signed_name: one.signed_name || (here?.name ?? ""),
    signature: one.signature || (here?.signature ?? ""), send_state: op ? sendState(world, op) : "none",
    problem: refused?.message ?? "",
  };
}
