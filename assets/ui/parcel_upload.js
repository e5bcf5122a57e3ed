// Sends a parcel to the office's server, tells how far it is, and goes where it is seen being taken in.
import { useSyncExternalStore } from "react";

const NOTHING = { busy: false, percent: 0, code: "", message: "" };
const listeners = new Set();
let shown = NOTHING;
let file = null;

function show(change) {
  shown = { ...NOTHING, ...change };
  for (const listener of listeners) listener();
}

function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useUpload = () => useSyncExternalStore(subscribe, () => shown, () => NOTHING);

/** A file was chosen: it goes up at once. */
export function bringParcel(_value, event) {
  const input = (event ?? _value)?.target;
  file = input?.files?.[0] ?? null;
  // The same file may be chosen again after it was mended.
  if (file) send(false);
  if (input) input.value = "";
}

/** The same file once more, of which only its whole beginning is wanted. */
export const bringPartly = () => file && send(true);

function send(partly) {
  const request = new XMLHttpRequest();
  request.open("POST", `/api/v1/parcels${partly ? "?partly=true" : ""}`);
  request.setRequestHeader("X-Propapp-Locale", document.documentElement.lang || "zh-CN");
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.upload.onprogress = ({ loaded, total }) => show({ busy: true, percent: Math.floor((loaded / total) * 100) });
  request.onload = () => answered(request);
  request.onerror = () => show({ code: "offline" });
  show({ busy: true });
  request.send(file);
}

function answered({ status, responseText }) {
  const answer = read(responseText);
  if (status === 201 && answer?.parcel_id) return location.assign(`/board/parcels?parcel=${answer.parcel_id}`);
  if (status === 401) return location.assign("/sign-in?next=/board/parcels");
  show({ code: answer?.error?.code || "offline", message: answer?.error?.message ?? "" });
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
