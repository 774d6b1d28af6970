/** What goes wrong on a link. Shares are from 0 to 1. */
export type LinkFault =
  /** Every answer comes so much later. */
  | { readonly kind: "latency"; readonly ms: number }
  /** No more gets through than this, in either direction. */
  | { readonly kind: "bandwidth"; readonly bytesPerSecond: number }
  /** A share of what clients send has the connection reset instead. */
  | { readonly kind: "reset"; readonly share: number }
  /** Connections open, data are taken, and nothing arrives. */
  | { readonly kind: "black-hole" }
  /** What is asked arrives; a share of the answers is lost with the connection. */
  | { readonly kind: "lose-answers"; readonly share: number };
