// The file for the office, as it is being made.

export const PARCEL = {
  state: "none", done: 0, total: 0, operations: 0, photos: 0, left_out: 0, size: "", name: "", can_share: false, problem: "",
};

/** @param {import("../overlay.js").World} world */
export const parcel = (world) => ({ ...PARCEL, ...world.page.parcel });

/** Megabytes as people read them; no file is of nothing. */
export const megabytes = (bytes) => Math.max(0.1, bytes / 1_000_000).toFixed(1);
