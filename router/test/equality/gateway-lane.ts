import { laneOf, throughApollo } from "./lane.ts";

/** All of it by Apollo's gateway. */
export const gatewayLane = laneOf((router, one) => throughApollo(router, one, router.createContext(one)));
