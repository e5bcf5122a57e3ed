// Addresses of pictures for the pages: of this phone as object URLs, of the server by their digest.

const KEPT = 120;
const urls = new Map();
const atServer = (sha256, form) => `/api/v1/photos/${sha256}?form=${form}`;

/** An address to show; empty for the moment until the bytes were read. */
export function photoUrl(sha256, store, form, changed) {
  if (!store) return atServer(sha256, form);
  if (urls.has(sha256)) return urls.get(sha256);
  urls.set(sha256, "");
  void open(sha256, store).then(changed, () => {});
  return "";
}

async function open(sha256, store) {
  const kept = await store.read(["bytes"], (tx) => tx.get("bytes", sha256));
  const blob = kept && new Blob([kept.bytes], { type: "image/jpeg" });
  urls.set(sha256, blob ? URL.createObjectURL(blob) : atServer(sha256, "thumbnail"));
  // The oldest goes first; a page that still shows it asks again.
  if (urls.size > KEPT) revoke(urls.keys().next().value);
}

function revoke(sha256) {
  const url = urls.get(sha256);
  if (url?.startsWith("blob:")) URL.revokeObjectURL(url);
  urls.delete(sha256);
}
