// Scanning at a point: the camera looks until it sees this route's code, and says what else it saw.
import { action, changed, page } from "./context.js";
import { sha256 } from "./engine.js";
import { scanTarget } from "./rounds.js";
import { codeIn, hasTorch, look, stop, torch } from "./scanner.js";
import { SCANNER } from "./core/views/empty.js";

const VIDEO = "scanner-video";

function show(change) {
  page.scan = { ...(page.scan ?? SCANNER), ...change };
  changed();
}

/** Open the camera in the page's own video. */
export const scanPoint = action(async () => {
  if (!navigator.mediaDevices?.getUserMedia) return show({ state: "unavailable" });
  const target = scanTarget();
  show({ ...SCANNER, state: "starting" });
  try {
    await look(await video(), (text) => seen(target, text), () => show({ state: "looking", can_torch: hasTorch() }));
  } catch (error) {
    stop();
    show({ state: error?.name === "NotAllowedError" ? "denied" : "unavailable" });
  }
});

// The page draws its dialog first.
async function video() {
  for (let i = 0; i < 40; i++) {
    const element = document.getElementById(VIDEO);
    if (element) return element;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The page has no video #${VIDEO}.`);
}

async function seen(target, text) {
  const code = codeIn(text);
  const worth = target.worth(await sha256(new TextEncoder().encode(code)));
  if (worth !== "counts") {
    show({ state: worth });
    return false;
  }
  await target.arrive(code);
  navigator.vibrate?.(60);
  show(SCANNER);
  return true;
}

export const stopScan = action(() => {
  stop();
  show(SCANNER);
});

export const toggleTorch = action(async () => {
  const on = !page.scan?.torch;
  await torch(on);
  show({ torch: on });
});
