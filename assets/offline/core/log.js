// The log of what a person did here. One capture is one transaction: all of it is kept, or none.
import { uuid7 } from "./ids.js";

/**
 * @typedef {object} Tools what the core needs from the phone, and the simulator gives it instead
 * @property {Store} store
 * @property {() => number} now milliseconds since 1970, as the phone believes
 * @property {() => number} monotonic milliseconds since the page was opened
 * @property {(count: number) => Uint8Array} random
 * @property {(bytes: Uint8Array | ArrayBuffer) => Promise<string>} sha256
 * @property {() => string} zone
 * @property {string} boot
 * @property {() => boolean} readBack whether this photo is to be read again after it was written
 *
 * @typedef {object} Store
 * @property {<T>(names: string[], work: (tx: Tx) => Promise<T>, options?: {strict?: boolean}) => Promise<T>} write
 * @property {<T>(names: string[], work: (tx: Tx) => Promise<T>) => Promise<T>} read
 *
 * @typedef {object} Tx
 * @property {(store: string, key: string | number) => Promise<any>} get
 * @property {(store: string, state: string) => Promise<any[]>} inState
 * @property {(store: string) => Promise<any[]>} all
 * @property {(store: string, record: object) => Promise<void>} put
 * @property {(store: string, key: string | number) => Promise<void>} remove
 */

const STRICT = { strict: true };

/** Something could not be kept; nothing of it was. */
export class NotSaved extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/**
 * Keep one operation with its photos, and let go of the draft it was made from.
 * @param {Tools} tools
 * @param {{kind: string, thread: string, body: object, photos?: string[], title?: string,
 *   title_en?: string, drafts?: object[], forget?: string[], replaces?: number}} request
 */
export async function capture(tools, request) {
  const body = JSON.stringify(request.body);
  // Hashed before the transaction opens: IndexedDB closes one that waits for anything else.
  const body_sha256 = await tools.sha256(new TextEncoder().encode(body));
  const op = { ...stamp(tools), ...described(request), body, body_sha256 };
  await tools.store.write(["ops", "photos", "drafts", "meta"], (tx) => keep(tx, op, request, tools), STRICT);
  return op;
}

function stamp(tools) {
  const now = tools.now();
  return {
    id: uuid7(now, tools.random),
    client_time: new Date(now).toISOString(),
    monotonic_ms: Math.round(tools.monotonic()),
    boot_id: tools.boot,
    zone: tools.zone(),
  };
}

function described(request) {
  return {
    kind: request.kind, version: 1, thread_id: request.thread, state: "saved", code: "", message: "",
    refused: false, answered_at: 0, title: request.title ?? "", title_en: request.title_en ?? "",
    photos: request.photos ?? [],
  };
}

async function keep(tx, op, request, tools) {
  const before = request.replaces ? await tx.get("ops", request.replaces) : null;
  // The server never took that one, so its numbers are free, and leaving them out would be a gap.
  const again = before?.refused ? before : null;
  if (again) Object.assign(op, { no: again.no, device: again.device, seq: again.seq, n: again.n });
  else await number(tx, op, tools);
  // What was refused and then done again in another way needs nobody's attention any more.
  if (before && !again) await tx.put("ops", { ...before, state: "replaced" });
  await tx.put("ops", op);
  for (const sha256 of op.photos) await bind(tx, sha256, op.no);
  for (const draft of request.drafts ?? []) await tx.put("drafts", draft);
  for (const key of request.forget ?? []) await tx.remove("drafts", key);
}

// `no` counts on this phone for ever; `seq` and `n` begin again when the phone needs a new name.
async function number(tx, op, tools) {
  op.no = await next(tx, "no");
  await renumber(tx, op, await deviceIn(tx, tools));
}

/** Give an operation the next numbers of this device. */
export async function renumber(tx, op, device) {
  Object.assign(op, { device, seq: await next(tx, "seq"), n: await next(tx, `thread:${op.thread_id}`) });
}

async function next(tx, key) {
  const value = ((await tx.get("meta", key))?.value ?? 0) + 1;
  await tx.put("meta", { key, value });
  return value;
}

async function bind(tx, sha256, no) {
  const photo = await tx.get("photos", sha256);
  if (!photo) throw new NotSaved("photo_lost");
  if (photo.state === "draft") await tx.put("photos", { ...photo, state: "saved", no });
}

/**
 * Keep a photo and the draft that names it; a photo that cannot be read again was not saved.
 * @param {Tools} tools
 * @param {{sha256: string, size: number}} shot
 * @param {ArrayBuffer} bytes
 * @param {object | null} draft
 */
export async function keepPhoto(tools, shot, bytes, draft) {
  await tools.store.write(["photos", "bytes", "drafts"], async (tx) => {
    const known = await tx.get("photos", shot.sha256);
    if (!known) await tx.put("photos", { ...shot, state: "draft", code: "", message: "", no: 0 });
    await tx.put("bytes", { sha256: shot.sha256, bytes });
    if (draft) await tx.put("drafts", draft);
  }, STRICT);
  if (tools.readBack() && !(await readable(tools, shot))) throw new NotSaved("photo_unreadable");
}

/** Whether the bytes of a photo are here and still hash to its name. */
export async function readable(tools, photo) {
  return (await photoBytes(tools, photo)) !== null;
}

/** The bytes of a photo, or null where they are gone or no longer what they were. */
export async function photoBytes(tools, photo) {
  const kept = await tools.store.read(["bytes"], (tx) => tx.get("bytes", photo.sha256));
  if (!kept || kept.bytes.byteLength !== photo.size) return null;
  return (await tools.sha256(kept.bytes)) === photo.sha256 ? kept.bytes : null;
}

/** What the server is told of an operation: the very bytes that were hashed, and where they belong. */
export function envelope(op) {
  const { id, seq, thread_id, n, kind, version, body, body_sha256, client_time, monotonic_ms } = op;
  return {
    id, seq, thread_id, n, kind, version, body, body_sha256, client_time, monotonic_ms,
    boot_id: op.boot_id, zone: op.zone,
  };
}

/** This phone's name for this person, made once; two people on one phone count apart. */
export async function deviceId(tools) {
  return tools.store.write(["meta"], (tx) => deviceIn(tx, tools), STRICT);
}

async function deviceIn(tx, tools) {
  const known = await tx.get("meta", "device");
  return known ? known.value : newDevice(tx, tools);
}

/** Another name for this phone, whose numbers begin at one. */
export async function newDevice(tx, tools) {
  const value = uuid7(tools.now(), tools.random);
  await tx.put("meta", { key: "device", value });
  await tx.remove("meta", "seq");
  for (const { key } of await tx.all("meta")) if (key.startsWith("thread:")) await tx.remove("meta", key);
  return value;
}
