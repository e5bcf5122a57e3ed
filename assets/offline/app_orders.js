// What the pages of orders and reports import, beside app.js: other pages need not load it.
import { MY, ORDER, ORDERS, REPORT } from "./core/views/empty.js";
import { order } from "./core/views/order.js";
import { my, orders, report } from "./core/views/orders.js";
import { page } from "./context.js";
import { viewOf } from "./hook.js";
import { orderAsked } from "./matters.js";

export * from "./matters.js";

export const useOrders = viewOf((now) => orders(now, page.filter), ORDERS);
export const useOrder = viewOf((now) => order(now, orderAsked()), ORDER);
export const useMy = viewOf(my, MY);
export const useReport = viewOf(report, REPORT);
