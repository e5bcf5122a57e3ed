// Sends a parcel to the office's server and goes where it is seen being taken in.
import { chosen, send } from "./upload.js";

export { useUpload } from "./upload.js";

let file = null;

/** A file was chosen: it goes up at once. */
export function bringParcel(value, event) {
  file = chosen(value, event);
  if (file) sendParcel("");
}

/** The same file once more, of which only its whole beginning is wanted. */
export const bringPartly = () => file && sendParcel("?partly=true");

const sendParcel = (asked) =>
  send(file, `/api/v1/parcels${asked}`, ({ parcel_id }) => location.assign(`/board/parcels?parcel=${parcel_id}`));
