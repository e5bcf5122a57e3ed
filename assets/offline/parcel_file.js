// A parcel as a file: on the browser's own disk where it has one, so that memory holds one frame.
import { fileName, packingList, parcel } from "./core/parcel.js";
import { megabytes } from "./core/views/parcel.js";

const FOLDER = "parcels";
// So long a download may take to begin.
const LATER = 60_000;

/**
 * Write everything unsent into a file; nothing of it changes on the phone.
 * @param {object} port what core/parcel.js asks for, but the keys
 * @param {(shown: object) => void} show hears what the page is to show
 */
export async function pack(port, show) {
  const list = await packingList(port.store);
  const total = list.ops.length + list.photos.length;
  let done = {};
  const onProgress = (now) => {
    done = { ...now };
    show({ state: "packing", total, done: now.operations + now.photos + now.left_out });
  };
  onProgress({ operations: 0, photos: 0, left_out: 0 });
  const name = fileName(port.now(), port.random);
  const file = await write(name, parcel({ ...port, subtle: crypto.subtle, onProgress }, list));
  const { operations, photos, left_out } = done;
  show({ state: "ready", total, done: total, operations, photos, left_out, name, size: megabytes(file.size), can_share: canShare(file) });
  return file;
}

async function write(name, pieces) {
  const folder = await ownDisk();
  return folder ? toDisk(folder, name, pieces) : inBlobs(name, pieces);
}

// What was packed before is old now; two files of the same work would only take room.
async function ownDisk() {
  if (typeof FileSystemFileHandle === "undefined" || !("createWritable" in FileSystemFileHandle.prototype)) return null;
  try {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry(FOLDER, { recursive: true }).catch(() => {});
    return await root.getDirectoryHandle(FOLDER, { create: true });
  } catch {
    return null;
  }
}

async function toDisk(folder, name, pieces) {
  const handle = await folder.getFileHandle(name, { create: true });
  const out = await handle.createWritable();
  try {
    for await (const piece of pieces) await out.write(piece);
    await out.close();
  } catch (error) {
    await out.abort().catch(() => {});
    await folder.removeEntry(name).catch(() => {});
    throw error;
  }
  return handle.getFile();
}

// A browser may keep a blob on its disk; a frame is all that we hold ourselves.
async function inBlobs(name, pieces) {
  const parts = [];
  for await (const piece of pieces) parts.push(new Blob([piece]));
  return new File(parts, name);
}

const canShare = (file) => Boolean(navigator.canShare?.({ files: [file] }));

export function save(file) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LATER);
}
