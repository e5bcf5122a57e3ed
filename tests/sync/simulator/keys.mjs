// By what each store of the phone finds its records.
export const KEYS = { ops: "no", photos: "sha256", bytes: "sha256", drafts: "key", meta: "key", snapshot: "key" };
