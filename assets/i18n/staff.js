/** The words of the page of people; importing this brings them to the one store. */
import zh from "./staff.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./staff.en.json"));

export const useStaffText = useText;
