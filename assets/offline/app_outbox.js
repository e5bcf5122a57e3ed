// What the outbox page imports, beside app.js: other pages need not load it.
import { PARCEL, parcel } from "./core/views/parcel.js";
import { action, changed, engine, page } from "./context.js";
import { appVersion } from "./engine.js";
import { viewOf } from "./hook.js";

export const useParcel = viewOf(parcel, PARCEL);

let file = null;

function show(parcel) {
  page.parcel = parcel;
  changed();
}

/** Pack what is unsent into a file for the office. The file is taken away with another tap. */
export const exportUnsent = action(async () => {
  await engine.ready;
  if (page.parcel?.state === "packing") return;
  show({ state: "packing" });
  try {
    const { pack } = await import("./parcel_file.js");
    file = await pack({ ...engine.tools(), app: appVersion() }, show);
  } catch (error) {
    console.error(error);
    show({ state: "failed", problem: problemOf(error) });
  }
});

function problemOf(error) {
  if (error?.name === "QuotaExceededError") return "no_room";
  return ["no_key", "nothing"].includes(error?.code) ? error.code : "failed";
}

export const saveParcel = action(async () => {
  const { save } = await import("./parcel_file.js");
  save(file);
});

/** Who thinks better of it while choosing has done nothing wrong. */
export const shareParcel = action(() =>
  navigator.share({ files: [file] }).catch((error) => error.name === "AbortError" || Promise.reject(error)));
