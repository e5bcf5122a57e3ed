// Sends one file to the office's server and tells how far it is, or why it was not taken.
import { useSyncExternalStore } from "react";

const NOTHING = { busy: false, percent: 0, code: "", message: "" };
const listeners = new Set();
let shown = NOTHING;

function show(change) {
  shown = { ...NOTHING, ...change };
  for (const listener of listeners) listener();
}

function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useUpload = () => useSyncExternalStore(subscribe, () => shown, () => NOTHING);

/** The file that was chosen or dropped; the same one may be chosen again once it is mended. */
export function chosen(value, event) {
  const input = (event ?? value)?.target;
  const file = input?.files?.[0] ?? null;
  if (input) input.value = "";
  return file;
}

/** Sends it there; when it is taken, `went` is given the answer, and it leads on. */
export function send(file, address, went) {
  const request = new XMLHttpRequest();
  request.open("POST", address);
  request.setRequestHeader("X-Propapp-Locale", document.documentElement.lang || "zh-CN");
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.upload.onprogress = ({ loaded, total }) => show({ busy: true, percent: Math.floor((loaded / total) * 100) });
  request.onload = () => answered(request, went);
  request.onerror = () => show({ code: "offline" });
  show({ busy: true });
  request.send(file);
}

function answered({ status, responseText }, went) {
  const answer = read(responseText);
  if (status === 201 && answer) return went(answer);
  if (status === 401) return location.assign(`/sign-in?next=${location.pathname}`);
  show({ code: answer?.error?.code || "offline", message: answer?.error?.message ?? "" });
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
