// One flight of the outbox: greet, send operations, then photos, until nothing more can be sent.
import { deviceId } from "./log.js";
import { keepPush, keepUnsentKey, wantsPush } from "./push.js";
import { forgetLost, renameDevice } from "./rename.js";
import { sendOperations } from "./send_operations.js";
import { sendPhotos } from "./send_photos.js";
import { Stop, askServer } from "./wire.js";

const LIMITS = { operations: 50, bytes: 256 * 1024, chunk: 256 * 1024 };

/**
 * @typedef {import("./log.js").Tools & {
 *   call: import("./wire.js").Call, person: string, token?: string, app: string,
 *   persisted: () => boolean, onProgress: (flight: object) => void,
 *   onGreeting: (greeting: object) => void, alive: () => void}} Port
 */

/**
 * @param {Port} port
 * @returns {Promise<{word: string, wait: number, troubled: boolean}>}
 */
export async function fly(port) {
  const flight = await newFlight({ ...port, call: (request) => port.call(signed(request, port)) });
  try {
    await greet(flight);
    do {
      await sendOperations(flight);
    } while (await sendPhotos(flight));
    return { word: "sent", wait: 0, troubled: flight.troubled };
  } catch (stop) {
    if (stop instanceof Stop) return { word: stop.word, wait: stop.wait, troubled: true };
    throw stop;
  } finally {
    flight.inFlight.clear();
    flight.photo = "";
    port.onProgress(flight);
  }
}

// Somebody else may sign in on this phone between two requests: the server then refuses by this name.
function signed(request, { person, token }) {
  const shown = token ? { Authorization: `Bearer ${token}` } : {};
  return { ...request, headers: { ...request.headers, ...shown, "X-Propapp-Person": person } };
}

async function newFlight(port) {
  const [ops, photos] = await waiting(port);
  return {
    port, device: await deviceId(port), limits: LIMITS, count: LIMITS.operations, ceiling: LIMITS.operations,
    chunk: LIMITS.chunk, held: new Set(), known: new Map(), tries: new Map(), skipped: new Set(),
    inFlight: new Set(), photo: "", troubled: false, done: 0, total: ops.length + photos.length, bytes: 0,
    bytes_total: sum(photos), waiting: { ops: ops.length, bytes: sum(photos) },
  };
}

const sum = (photos) => photos.reduce((bytes, photo) => bytes + photo.size, 0);

function waiting(port) {
  return port.store.read(["ops", "photos"], async (tx) => [
    await tx.inState("ops", "saved"), await tx.inState("photos", "saved"),
  ]);
}

async function greet(flight) {
  const { port } = flight;
  const sent = port.now();
  const said = await introduction(flight);
  const answer = await askServer(port.call, "hello", said);
  const hello = answer.json;
  if (answer.status !== 200 || !hello.epoch) throw new Stop("offline");
  if (hello.person_id !== port.person) throw new Stop("other_person");
  flight.limits = { ...LIMITS, ...hello.limits };
  flight.count = flight.ceiling = Math.min(LIMITS.operations, flight.limits.operations);
  flight.chunk = Math.min(LIMITS.chunk, flight.limits.chunk);
  // Before the token: a phone that has one and then loses the network can always pack a parcel.
  await keepUnsentKey(port, hello.unsent_key);
  await keepPush(port, flight.device, hello.push);
  if (said.lost) await port.store.write(["meta"], (tx) => forgetLost(tx, said.lost));
  await coverEpoch(port, hello.epoch);
  await coverReceipt(port, hello);
  const lost = await coverSeq(port, flight.device, hello.last_seq ?? 0);
  port.onGreeting({ lost, cleared: hello.cleared, offset: Date.parse(hello.server_time) - (sent + port.now()) / 2 });
  if (lost > 0) await underItsNewName(flight);
}

// The server learns at once which name is gone; the new one has no numbers that could be taken.
async function underItsNewName(flight) {
  flight.device = await deviceId(flight.port);
  await greet(flight);
}

async function introduction(flight) {
  const { port } = flight;
  const meta = await port.store.read(["meta"], async (tx) => ({
    epoch: (await tx.get("meta", "epoch"))?.value ?? null, seq: (await tx.get("meta", "seq"))?.value ?? 0,
    lost: (await tx.get("meta", "lost"))?.value ?? [],
  }));
  return {
    device_id: flight.device, app: port.app, protocol: 1, epoch: meta.epoch, next_seq: meta.seq + 1,
    pending_operations: flight.waiting.ops, pending_bytes: flight.waiting.bytes,
    persisted: port.persisted(), client_time: new Date(port.now()).toISOString(),
    ...(meta.lost.length > 0 ? { lost: meta.lost } : {}), ...(await wantsPush(port, flight.device)),
  };
}

// Another epoch: the server went back to a backup, so all that this phone still has is sent again.
async function coverEpoch(port, epoch) {
  await port.store.write(["ops", "photos", "meta"], async (tx) => {
    const known = (await tx.get("meta", "epoch"))?.value;
    if (known === epoch) return;
    if (known) await sendAllAgain(tx);
    await tx.put("meta", { key: "epoch", value: epoch });
  });
}

async function sendAllAgain(tx) {
  for (const store of ["ops", "photos"]) {
    for (const record of await tx.inState(store, "sent")) await tx.put(store, { ...record, state: "saved" });
  }
  for (const op of await tx.inState("ops", "attention")) {
    await tx.put("ops", { ...op, state: "saved", refused: false });
  }
}

// A receipt says up to when the server's backup holds all that it had said it has. What was sent before
// this hello was answered before it, whatever any clock here said meanwhile.
async function coverReceipt(port, { server_time, receipt }) {
  await port.store.write(["ops", "photos", "meta"], async (tx) => {
    for (const store of ["ops", "photos"]) {
      const fresh = (await tx.inState(store, "sent")).filter((record) => !record.kept_by);
      for (const record of fresh) await tx.put(store, { ...record, kept_by: server_time });
    }
    await tx.put("meta", { key: "receipt", value: receipt ?? "" });
  });
}

// The server has seen more than this phone remembers: the phone lost something, or went back to a
// backup of itself. Those numbers are taken, so it goes on under another name.
async function coverSeq(port, device, last) {
  return port.store.write(["ops", "meta"], async (tx) => {
    const here = (await tx.get("meta", "seq"))?.value ?? 0;
    if (last <= here || (await tx.get("meta", "device")).value !== device) return 0;
    await renameDevice(tx, port, last);
    return last - here;
  });
}
