import { startZipkin } from "../../test/support/zipkin.ts";

// A process of its own, as a Zipkin is: says where it takes spans, and how many it has when it is asked.
const zipkin = await startZipkin();
process.on("message", () => process.send?.(zipkin.spans.length));
process.on("disconnect", () => process.exit());
process.send?.(zipkin.url);
