// What was not sent, as one file that only the house can open: docs/protocol.md, "Parcels".
import { hex } from "./ids.js";
import { envelope, photoBytes } from "./log.js";
import { heldPush } from "./push.js";
import { fitting } from "./send_operations.js";

const FRAME = 256 * 1024;
const PIECE = 256 * 1024;
const OPERATIONS = 50;
const MAGIC = "propapp-unsent\0\u0001";
const INFO = "propapp unsent frames";
const CURVE = { name: "ECDH", namedCurve: "P-256" };

const encoder = new TextEncoder();

/** Why there can be no parcel; nothing was changed. */
export class NoParcel extends Error {
  /** @param {"no_key" | "nothing"} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/**
 * What goes into a parcel: everything that the server is not known to have, and how it is sealed.
 * Nothing of it changes by being packed.
 * @param {import("./log.js").Store} store
 */
export async function packingList(store) {
  const token = await heldPush(store);
  const list = await store.read(["ops", "photos", "meta"], async (tx) => ({
    key: (await tx.get("meta", "unsent_key"))?.value ?? null,
    ops: await waiting(tx, "ops"), photos: await waiting(tx, "photos"),
  }));
  if (!token || !list.key) throw new NoParcel("no_key");
  if (list.ops.length + list.photos.length === 0) throw new NoParcel("nothing");
  return { ...list, token, bytes: list.photos.reduce((sum, { size }) => sum + size, 0) };
}

async function waiting(tx, name) {
  const [saved, attention] = [await tx.inState(name, "saved"), await tx.inState(name, "attention")];
  return [...saved, ...attention].sort((a, b) => a.no - b.no);
}

/**
 * The sealed file, piece by piece; one frame and one photo are held at a time.
 * @param {{store: import("./log.js").Store, sha256: Function, now: () => number, app: string,
 *   subtle: SubtleCrypto, onProgress?: (done: object) => void}} port
 * @param {Awaited<ReturnType<typeof packingList>>} list
 */
export const parcel = (port, list) => sealed(port.subtle, list.key, contents(port, list));

async function* contents(port, { ops, photos, token }) {
  const done = { operations: 0, photos: 0, bytes: 0, left_out: 0 };
  yield written("H", {
    token, app: port.app, made_at: new Date(port.now()).toISOString(), operations: ops.length, photos: photos.length,
  });
  for (const batch of batches(ops)) {
    const record = written("O", { device_id: batch[0].device, operations: batch.map(envelope) });
    // What no request could carry cannot come in by a parcel either; it stays in the outbox.
    if (record.length > PIECE) done.left_out += batch.length;
    else yield counted(done, record, { operations: batch.length });
    port.onProgress?.(done);
  }
  for (const photo of photos) yield* packed(port, photo, done);
  yield written("E", { operations: done.operations, photos: done.photos });
}

function* batches(ops) {
  for (let rest = ops; rest.length > 0; ) {
    const end = rest.findIndex((op) => op.device !== rest[0].device);
    const batch = fitting(rest.slice(0, Math.min(OPERATIONS, end < 0 ? rest.length : end)), PIECE - 1024);
    yield batch;
    rest = rest.slice(batch.length);
  }
}

// A photo that can no longer be read is left out, and said; the rest goes.
async function* packed(port, photo, done) {
  const bytes = await photoBytes(port, photo);
  if (!bytes) done.left_out++;
  else {
    yield counted(done, written("P", { sha256: photo.sha256, size: photo.size }), { photos: 1 });
    for (let at = 0; at < photo.size; at += PIECE) {
      yield record("C", new Uint8Array(bytes, at, Math.min(PIECE, photo.size - at)));
    }
    done.bytes += photo.size;
  }
  port.onProgress?.(done);
}

function counted(done, bytes, more) {
  for (const [name, count] of Object.entries(more)) done[name] += count;
  return bytes;
}

const written = (type, value) => record(type, encoder.encode(JSON.stringify(value)));

function record(type, bytes) {
  const made = new Uint8Array(5 + bytes.length);
  made[0] = type.charCodeAt(0);
  new DataView(made.buffer).setUint32(1, bytes.length);
  made.set(bytes, 5);
  return made;
}

async function* sealed(subtle, key, pieces) {
  const { publicKey, privateKey } = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = new Uint8Array(await subtle.exportKey("raw", publicKey));
  const header = joined(encoder.encode(MAGIC), unhex(key.name), point);
  const cipher = await cipherFor(subtle, unhex(key.public), privateKey, header);
  yield header;
  const frame = new Uint8Array(FRAME);
  let [filled, number] = [0, 0];
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      if (filled === FRAME) {
        yield await seal(subtle, cipher, frame, number++, false);
        filled = 0;
      }
      const part = piece.subarray(at, at + FRAME - filled);
      frame.set(part, filled);
      filled += part.length;
      at += part.length;
    }
  }
  yield await seal(subtle, cipher, frame.subarray(0, filled), number, true);
}

// The header is in the key, so that no byte of it can be changed either.
async function cipherFor(subtle, house, own, header) {
  const theirs = await subtle.importKey("raw", house, CURVE, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, own, 256);
  const material = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: header, info: encoder.encode(INFO) };
  return subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

async function seal(subtle, cipher, frame, number, last) {
  const iv = new Uint8Array(12);
  new DataView(iv.buffer).setUint32(7, number);
  iv[11] = last ? 1 : 0;
  return new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv }, cipher, frame));
}

function joined(...parts) {
  const made = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    made.set(part, at);
    at += part.length;
  }
  return made;
}

const unhex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));

/** A name that tells one file from the next. */
export const fileName = (now, random) => `propapp-${new Date(now).toISOString().slice(0, 10)}-${hex(random(3))}.unsent`;
