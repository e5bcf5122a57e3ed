// Photos go up in pieces, each with its digest, from where the server says it stands.
import { photoBytes } from "./log.js";
import { Stop, ask, askServer, codeOf, messageOf } from "./wire.js";

const SMALLEST = 16 * 1024;
const PATIENCE = 4;

/** Send one photo; true while there may be more to do. Operations made meanwhile go first. */
export async function sendPhotos(flight) {
  const photo = await nextPhoto(flight);
  if (!photo) return false;
  const place = flight.known.get(photo.sha256);
  if (place.status === "have") await done(flight, photo);
  else if (place.status === "refused") await setAside(flight, photo, place.code, place.message);
  else await upload(flight, photo, place.offset);
  return true;
}

async function nextPhoto(flight) {
  const saved = await flight.port.store.read(["photos"], (tx) => tx.inState("photos", "saved"));
  const waiting = saved.filter((p) => !flight.skipped.has(p.sha256)).sort((a, b) => a.no - b.no);
  const strange = waiting.filter((p) => !flight.known.has(p.sha256));
  if (strange.length > 0 && strange[0] === waiting[0]) await whatIsThere(flight, strange.slice(0, 100));
  return waiting.find((p) => flight.known.has(p.sha256));
}

async function whatIsThere(flight, photos) {
  const json = { photos: photos.map(({ sha256, size }) => ({ sha256, size })) };
  const answer = await askServer(flight.port.call, "photos/have", json);
  if (answer.status !== 200) throw new Stop("offline");
  for (const place of answer.json.photos ?? []) if (understood(place)) flight.known.set(place.sha256, place);
  for (const photo of photos) if (!flight.known.has(photo.sha256)) skip(flight, photo);
}

function understood(place) {
  if (place?.status === "have" || place?.status === "refused") return true;
  if (place?.status === "missing") place.offset ??= 0;
  return ["partial", "missing"].includes(place?.status) && Number.isInteger(place.offset) && place.offset >= 0;
}

async function upload(flight, photo, start) {
  const bytes = await photoBytes(flight.port, photo);
  flight.photo = photo.sha256;
  if (!bytes) return setAside(flight, photo, "photo_lost", "");
  let offset = start;
  while (offset < photo.size) {
    const piece = bytes.slice(offset, offset + flight.chunk);
    const answer = await put(flight, photo, offset, piece);
    const end = offset + piece.byteLength;
    if (answer.status === 201 && answer.json?.complete === true && end === photo.size) return done(flight, photo);
    if (answer.status !== 200 || answer.json?.offset !== end) return turnedDown(flight, photo, answer);
    offset = end;
    flight.bytes += piece.byteLength;
    flight.port.onProgress(flight);
  }
  return askAgain(flight, photo);
}

async function put(flight, photo, offset, piece) {
  const headers = {
    "Upload-Offset": String(offset), "Upload-Length": String(photo.size),
    "Repr-Digest": await flight.port.sha256(piece),
  };
  return ask(flight.port.call, { method: "PUT", path: `photos/${photo.sha256}`, headers, bytes: piece });
}

async function turnedDown(flight, photo, answer) {
  const code = codeOf(answer);
  if (answer.status === 413 && code !== "photo_too_large") return smallerPieces(flight, photo);
  // 409: the server stands elsewhere; photo_digest: bytes changed on their way. Both mend themselves.
  if (answer.status < 400 || answer.status === 409 || code === "photo_digest") return askAgain(flight, photo);
  return setAside(flight, photo, code, messageOf(answer));
}

function smallerPieces(flight, photo) {
  if (flight.chunk <= SMALLEST) return skip(flight, photo);
  flight.chunk = Math.max(SMALLEST, Math.ceil(flight.chunk / 2));
  flight.known.delete(photo.sha256);
}

function askAgain(flight, photo) {
  const tries = (flight.tries.get(photo.sha256) ?? 0) + 1;
  flight.tries.set(photo.sha256, tries);
  flight.known.delete(photo.sha256);
  if (tries >= PATIENCE) skip(flight, photo);
}

function skip(flight, photo) {
  flight.skipped.add(photo.sha256);
  flight.troubled = true;
}

const done = (flight, photo) => finish(flight, photo, { state: "sent", code: "", message: "" });

const setAside = (flight, photo, code, message = "") =>
  finish(flight, photo, { state: "attention", code: code || "photo_refused", message });

async function finish(flight, photo, outcome) {
  await flight.port.store.write(["photos"], async (tx) => {
    const now = await tx.get("photos", photo.sha256);
    if (now?.state === "saved") await tx.put("photos", { ...now, ...outcome, kept_by: "" });
  });
  flight.done++;
  flight.port.onProgress(flight);
}
