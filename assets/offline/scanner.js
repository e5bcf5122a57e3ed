// Reads a QR code from the camera: by the browser itself, else by a reader that is loaded when needed.

let stream = null;
let looking = 0;

/** The code in what was read: the text itself, or the end of an address `…/q/<code>`. */
export function codeIn(text) {
  const address = /^https?:\/\/[^/]+\/q\/([^/?#]+)$/.exec(text.trim());
  return address ? decodeURIComponent(address[1]) : text.trim();
}

async function newDetector() {
  if ("BarcodeDetector" in window) {
    const formats = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
    if (formats.includes("qr_code")) return new window.BarcodeDetector({ formats: ["qr_code"] });
  }
  const [{ BarcodeDetector, prepareZXingModule }, { default: reader }] = await Promise.all([
    import("barcode-detector/ponyfill"),
    import("zxing-wasm/reader/zxing_reader.wasm?url"),
  ]);
  // Its reader would come from a foreign host otherwise.
  const locateFile = (path, prefix) => (path.endsWith(".wasm") ? reader : prefix + path);
  prepareZXingModule({ overrides: { locateFile } });
  return new BarcodeDetector({ formats: ["qr_code"] });
}

/**
 * Look through the camera until `onText` says it has what it wanted, or `stop()`.
 * @param {HTMLVideoElement} video
 * @param {(text: string) => Promise<boolean>} onText
 * @param {() => void} onReady
 */
export async function look(video, onText, onReady) {
  const mine = ++looking;
  stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  if (mine !== looking) return release();
  video.srcObject = stream;
  video.setAttribute("playsinline", "");
  await video.play();
  const detector = await newDetector();
  if (mine === looking) onReady();
  while (mine === looking) {
    const found = await detector.detect(video).catch(() => []);
    for (const { rawValue } of found) if (mine === looking && (await onText(rawValue))) return stop();
    await new Promise((resolve) => setTimeout(resolve, 120));
  }
}

export function stop() {
  looking++;
  release();
}

function release() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
}

const track = () => stream?.getVideoTracks()[0];

export const hasTorch = () => Boolean(track()?.getCapabilities?.().torch);

export const torch = (on) => track()?.applyConstraints({ advanced: [{ torch: on }] });
