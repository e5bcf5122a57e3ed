// What people of the simulator do, in the words of the protocol.
import { hash } from "node:crypto";

/** What the server can do. */
export const KNOWN = "round.visit";
/** The steps of a work order that a phone can take. */
export const ORDER_STEPS = ["order.claim", "order.start", "order.complete", "order.hand_over"];
/** What only a later server can do: it keeps it for then. */
export const FUTURE = "round.of_next_year";
/** What no server will ever read: it is refused with the whole request it came in. */
export const UNREADABLE = "x".repeat(70);

/** @param {number} number @returns {string} one of the six threads, as an id */
export const threadOf = (number) => `00000000-0000-4000-9000-00000000000${number}`;

/** @param {number} number @returns {string} a work order, as an id; what is done to it is a thread of each phone */
export const orderOf = (number) => `00000000-0000-4000-a000-00000000000${number}`;

/** @param {{number: number, refuse: boolean}} deed @param {string[]} photos */
export const bodyOf = ({ number, refuse }, photos) => ({ number, refuse, photos: photos.map((sha256) => ({ sha256 })) });

export function burst(world, phone) {
  const count = world.chance.between(2, Math.ceil(60 / world.phones.length));
  for (let i = 0; i < count; i++) world.clock.later(i * 20, () => act(world, phone));
}

/** The person does something; what the phone says about it is written down. */
export function act(world, phone) {
  const { chance } = world;
  if (!phone.tab()) return;
  const thread = chance.happens(0.5) || phone.ops.length === 0 ? threadOf(chance.below(6)) : chance.of(phone.ops).thread;
  const photos = Array.from({ length: chance.of([0, 0, 1, 2]) }, () => chance.bytes(chance.between(1, 2500)).buffer);
  const kind = chance.happens(0.01) ? UNREADABLE : chance.happens(0.01) ? FUTURE : KNOWN;
  doIt(world, phone, { thread, kind, refuse: chance.happens(0.03), bytes: photos, badPhoto: chance.happens(0.02) });
}

/** Do this on the phone, if a page is open on it. */
export function doIt(world, phone, given) {
  const tab = phone.tab();
  if (!tab) return;
  const deed = { number: world.deeds.length + 1, refuse: false, bytes: [], badPhoto: false, ...given };
  world.deeds.push({ ...deed, phone });
  // A page that is killed in the middle never comes back here.
  void capture(world, phone, tab, deed).catch(() => {});
}

async function capture({ core, server }, phone, tab, deed) {
  const photos = deed.bytes.map((bytes) => ({ sha256: hashOf(bytes), size: bytes.byteLength, taken_at: "" }));
  for (const [i, shot] of photos.entries()) {
    if (deed.badPhoto) server.refuse(shot.sha256);
    await core.keepPhoto(tab.tools, shot, deed.bytes[i], null);
    phone.photos.set(shot.sha256, deed.bytes[i]);
  }
  const shas = photos.map((shot) => shot.sha256);
  phone.ops.push(deed);
  const op = await core.capture(tab.tools, { kind: deed.kind, thread: deed.thread, body: bodyOf(deed, shas), photos: shas });
  tab.loop.wake();
  phone.told.push({ ...deed, id: op.id, body: op.body, photos: shas });
}

const hashOf = (bytes) => hash("sha256", new Uint8Array(bytes));
