import { html, type Markup } from "./markup.ts";
import type { Standing } from "./standing.ts";

export const phaseNames = ["before", "during", "after"] as const;

const badges: Readonly<Record<Standing, readonly [string, string]>> = {
  passed: ["good", "✓ passed"],
  failed: ["bad", "✗ failed"],
  "can't fail": ["bad", "✗ can't fail"],
  "not known": ["unknown", "? not known"],
};

/** A verdict in words and in colour. */
export function badge(standing: Standing): Markup {
  const [kind, words] = badges[standing];
  return html`<span class="badge ${kind}">${words}</span>`;
}

interface Table {
  /** For screen readers. */
  readonly caption: string;
  /** Its rows. */
  readonly head: Markup;
  readonly rows: readonly Markup[];
  readonly className?: string;
}

/** A table that scrolls by itself where the window is too narrow for it, also by the keyboard. */
export const table = ({ caption, head, rows, className = "" }: Table): Markup =>
  html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="${className}">
<caption>${caption}</caption><thead>${head}</thead><tbody>
${rows}
</tbody></table></div>`;
