// From the camera's file to a picture that is small, upright and named by its digest.
import { NotSaved } from "./core/log.js";
import { sha256 } from "./engine.js";

const LONGEST = 2048;
const ENOUGH = 500 * 1024;
// Quality first, then size: what is written on a meter must stay legible.
const STEPS = [[LONGEST, 0.8], [LONGEST, 0.7], [LONGEST, 0.6], [1600, 0.7], [1280, 0.65], [1024, 0.6]];

/** @returns {Promise<{shot: object, bytes: ArrayBuffer}>} */
export async function picture(file, taken_at) {
  const image = await decoded(file);
  try {
    const { blob, width, height } = await small(image);
    // Bytes, not a Blob: WebKit loses Blobs that were kept in IndexedDB.
    const bytes = await blob.arrayBuffer();
    const digest = await sha256(bytes);
    const live = Date.now() - (file.lastModified || 0) < 5 * 60_000;
    const { latitude, longitude, accuracy } = await position();
    const shot = { sha256: digest, size: bytes.byteLength, width, height, taken_at, live, latitude, longitude, accuracy };
    return { shot, bytes };
  } finally {
    image.close();
  }
}

async function decoded(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new NotSaved("photo_unreadable");
  }
}

async function small(image) {
  let best = null;
  for (const [longest, quality] of STEPS) {
    best = await drawn(image, longest, quality);
    if (best.blob.size <= ENOUGH) break;
  }
  return best;
}

async function drawn(image, longest, quality) {
  const scale = Math.min(1, longest / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  if (!blob) throw new NotSaved("photo_unreadable");
  return { blob, width: canvas.width, height: canvas.height };
}

let last = { at: 0, value: {} };

/** Where the phone is, if the person has allowed it before; nobody waits long for it. */
export async function position() {
  if (Date.now() - last.at < 30_000) return last.value;
  const allowed = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  if (allowed?.state !== "granted") return {};
  const value = await new Promise((resolve) => navigator.geolocation.getCurrentPosition(
    (found) => resolve(told(found)),
    () => resolve({}), { timeout: 3000, maximumAge: 60_000, enableHighAccuracy: true },
  ));
  last = { at: Date.now(), value };
  return value;
}

// No browser says so itself, but shells around one do where another app plays the receiver.
function told({ coords, mocked, isMock }) {
  const { latitude, longitude, accuracy } = coords;
  return { latitude, longitude, accuracy, ...((mocked || isMock || coords.mocked) && { mocked: true }) };
}

/** The file of an `<input type="file">` event, whichever argument the page got it in. */
export function fileOf(...given) {
  return given.map((one) => one?.target?.files?.[0]).find(Boolean) ?? null;
}
