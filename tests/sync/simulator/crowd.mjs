// What happens only where several phones are: orders that many want, the same photo, somebody who looks or cheats.
import { KNOWN, ORDER_STEPS, doIt, orderOf, threadOf } from "./deeds.mjs";
import { ANOTHER, PERSON, THIRD, photoKey } from "./server.mjs";

/** Two to four phones; one person may have two of them. */
export const several = (chance) => Array.from({ length: chance.between(2, 4) }, (_, i) => [PERSON, ANOTHER][i] ?? chance.of([PERSON, ANOTHER, THIRD]));

/** How often each comes, against one of each thing that happens on a phone alone. */
export const BETWEEN = [
  ...Array(6).fill("step"), "rush", "rush", "rush", "office", "office", "samePhoto", "samePhoto", "herd", "replay", "peek",
];

const ORDERS = 3;

export function between(world, phone, event) {
  EVENTS[event](world, phone);
}

const EVENTS = {
  /** The next step of an order, or one that is not its turn. */
  step: (world, phone) => take(world, phone, world.chance.of(["order.claim", ...ORDER_STEPS]), anOrder(world)),
  /** Everybody wants the same order in the same moment. */
  rush: (world) => {
    const order = anOrder(world);
    for (const phone of world.phones) take(world, phone, "order.claim", order);
  },
  /** The office cancels an order or puts it into somebody's hands, whoever wants it just now. */
  office: (world) => world.server.office(world.chance.of(["assign", "assign", "assign", "cancel"]), anOrder(world), world.chance.of(world.phones).person),
  /** Two have the same photo, as when one sends it to the other. */
  samePhoto: (world, phone) => {
    const bytes = world.chance.bytes(world.chance.between(1, 2500)).buffer;
    const takers = [phone, world.chance.of(world.phones)];
    for (const taker of takers) doIt(world, taker, { kind: KNOWN, thread: threadOf(world.chance.below(6)), bytes: [bytes.slice(0)] });
  },
  /** All that had no network have it again in the same moment. */
  herd: (world) => {
    for (const phone of world.phones) {
      phone.network.down = false;
      phone.wake();
    }
  },
  replay: (world, phone) => replay(world, phone),
  peek: (world, phone) => peek(world, phone),
};

const anOrder = ({ chance }) => orderOf(chance.below(ORDERS));

const take = (world, phone, kind, thread) => doIt(world, phone, { kind, thread });

// I8: what a colleague sent is sent once more, word for word, by somebody else who has signed in. Not where an
// old backup may have forgotten it: then it would be the first to come.
function replay(world, phone) {
  const { server, phones, chance, fail } = world;
  const author = chance.of(phones);
  const taken = author.network.heard;
  if (!taken || server.backedUp || phone.session === author.person) return;
  const { "X-Propapp-Person": _, ...headers } = taken.headers;
  world.replayed++;
  const told = ({ json }) => {
    for (const { id, status } of json.results ?? []) if (["applied", "duplicate"].includes(status)) fail("I8", `${id} counts as somebody else's`);
  };
  server.handle({ ...taken, headers }, phone).then(told).catch(() => {});
}

// I8: that somebody else has a photo is told to nobody.
function peek({ server, chance, phones, fail }, phone) {
  const { session, signedIn } = phone;
  const own = (sha256) => phones.some((one) => one.person === session && one.photos.has(sha256));
  const strange = [...chance.of(phones).photos.keys()].filter((sha256) => !own(sha256) && !server.state.photos.has(photoKey(session, sha256)));
  if (strange.length === 0 || !signedIn) return;
  const json = { photos: strange.slice(0, 5).map((sha256) => ({ sha256, size: 1 })) };
  const told = ({ json: answer }) => {
    for (const { sha256, status } of answer.photos ?? []) if (status !== "missing") fail("I8", `somebody was told of photo ${sha256} of another person`);
  };
  server.handle({ path: "photos/have", json }, phone).then(told).catch(() => {});
}
