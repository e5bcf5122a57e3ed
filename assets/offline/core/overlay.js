// Local facts over the server's: what was done here shows at once, and says how far it has come.

/**
 * @typedef {object} World everything a view may look at
 * @property {boolean} loaded whether this phone's own store has been read
 * @property {any} snapshot the server's last word, or null
 * @property {number} askedAt when that snapshot was asked for, by this phone's clock
 * @property {any[]} ops in the order of their making
 * @property {Map<string, any>} photos
 * @property {Map<string, any>} drafts
 * @property {number} now
 * @property {{word: string, online: boolean, sending: Set<number>, [name: string]: any}} sync
 * @property {{[name: string]: any}} page what belongs to the open page only
 * @property {(sha256: string, here: boolean, form: string) => string} photoUrl
 */

/** Whether the snapshot already tells what this operation did. */
export function covered(world, op) {
  return op.state === "sent" && op.answered_at > 0 && op.answered_at < world.askedAt;
}

/** Facts of this phone that the snapshot does not have yet; what was refused is no fact. */
export function localOps(world, thread) {
  return world.ops.filter((op) => op.thread_id === thread && standing(op) && !covered(world, op));
}

/** Neither refused nor done again in another way. */
export const standing = (op) => op.state === "saved" || op.state === "sent";

const parsed = new WeakMap();

export function bodyOf(op) {
  if (!parsed.has(op)) parsed.set(op, JSON.parse(op.body));
  return parsed.get(op);
}

/** The server has these words and did not take them as they were meant. */
export const judged = (op) => op.state === "attention" && !op.refused;

/** Its person has read what this judgement was; another one would have to be read again. */
export const told = (op) => judged(op) && op.told_at > 0 && op.told_at === op.answered_at;

/** saved, sending, sent or attention: the operation and all its photos together. What was read is over. */
export function sendState(world, op) {
  const photos = op.photos.map((sha256) => world.photos.get(sha256)?.state ?? "sent");
  if (op.state === "replaced") return "sent";
  const over = op.state === "sent" || told(op);
  if ((op.state === "attention" && !over) || photos.includes("attention")) return "attention";
  if (over && photos.every((state) => state === "sent")) return "sent";
  return moving(world, op, over) ? "sending" : "saved";
}

// Under way means in a flight that is in the air: this very batch, or a photo of something taken.
function moving(world, op, over) {
  return world.sync.word === "sending" && (world.sync.sending.has(op.no) || over);
}

const RANK = ["attention", "saved", "sending", "sent"];

/** The least good of several states; none where nothing was done here. */
export const worst = (states) => RANK.find((state) => states.includes(state)) ?? "none";

export const threadState = (world, thread) =>
  worst(world.ops.filter((op) => op.thread_id === thread).map((op) => sendState(world, op)));

/** A photo of this phone or of the server, as a strip shows it. */
export function photoView(world, shot, purpose = "evidence") {
  const here = world.photos.get(shot.sha256);
  const url = (form) => world.photoUrl(shot.sha256, Boolean(here), form);
  const state = photoState(world, here);
  return {
    sha256: shot.sha256, url: url("thumbnail"), large: url("display"), state, purpose: shot.purpose ?? purpose,
    taken_at: shot.taken_at ?? here?.taken_at ?? "",
  };
}

function photoState(world, photo) {
  if (!photo || photo.state === "sent") return "sent";
  if (photo.state === "attention") return "attention";
  return world.sync.photo === photo.sha256 ? "sending" : "saved";
}

export const fetchedAt = (world) => (world.askedAt ? new Date(world.askedAt).toISOString() : "");

export const stale = (world) => !world.sync.online;
