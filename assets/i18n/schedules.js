/** The words of schedules and of the calendar of a year; importing this brings them to the one store. */
import zh from "./schedules.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./schedules.en.json"));

export const useScheduleText = useText;
