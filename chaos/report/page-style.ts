import { type Colour, darkPalette, palette } from "./palette.ts";

const variables = (colours: Readonly<Record<Colour, string>>) =>
  Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(";");

/** Of the page: the colours of the pictures are its own. */
export const pageStyle = `
:root{color-scheme:light dark;${variables(palette)};--page:#f3f4f2;--good:#1d6b51;--good-ground:#dcefe7;--bad:#9c2b22;--bad-ground:#f8e0dd;--link:#24508f}
@media (prefers-color-scheme:dark){:root{${variables(darkPalette)};--page:#121417;--good:#7fd6b8;--good-ground:#17382d;--bad:#f5a39b;--bad-ground:#451f1c;--link:#9cc0fa}}
*{box-sizing:border-box}
body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:64rem;background:var(--page);color:var(--ink);font:1rem/1.55 system-ui,sans-serif}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.kicker{margin:0;color:var(--muted);letter-spacing:.02em}
h1{margin:.1em 0 .6em;font-size:clamp(1.5rem,4.5vw,2.2rem);line-height:1.2;text-wrap:balance}
h2{margin:0 0 .5rem;font-size:1.35rem;line-height:1.3}
h3{margin:1.5rem 0 .4rem;font-size:1rem}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:.75rem 1.5rem;margin:0 0 2rem}
.facts dt{color:var(--muted);font-size:.875rem}
.facts dd{margin:0;overflow-wrap:anywhere}
section{margin:0 0 1.5rem;padding:1.25rem 1.5rem 1.5rem;background:var(--surface);border:1px solid var(--rule);border-radius:.75rem}
.hypothesis{margin:.25rem 0 0;padding-left:.9rem;border-left:3px solid var(--rule);font-size:1.1rem;max-width:44rem}
p,li{max-width:48rem}
ul{margin:.25rem 0;padding-left:1.2rem}
.badge{display:inline-block;padding:.1em .65em;border-radius:1em;font-size:.875rem;font-weight:600;white-space:nowrap;vertical-align:.1em;color:var(--ink);background:var(--rule)}
.badge.good{color:var(--good);background:var(--good-ground)}
.badge.bad{color:var(--bad);background:var(--bad-ground)}
.scroll{position:relative;overflow-x:auto;margin:.75rem 0}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}
thead th{color:var(--muted);font-weight:500;font-size:.875rem;vertical-align:bottom}
tbody th{font-weight:400}
.figure{font-variant-numeric:tabular-nums;white-space:nowrap}
.broken th,.broken td{background:var(--bad-ground);color:var(--bad)}
.broken th:first-child{box-shadow:-.5rem 0 0 var(--bad-ground)}
.breakdown,.caution{color:var(--bad)}
figure{margin:1rem 0}
figure svg{display:block;max-width:100%;height:auto}
figcaption{color:var(--muted);font-size:.875rem}
.narrow{display:none}
details{margin-top:.75rem}
summary{cursor:pointer;font-weight:500}
.events{padding:0;list-style:none;font-size:.9375rem}
.events li{overflow-wrap:anywhere}
footer{color:var(--muted);font-size:.875rem}
@media (max-width:46rem){
body{padding:1.25rem .75rem 3rem}
section{padding:1rem .9rem}
.wide{display:none}
.narrow{display:block}
.word{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.verdicts th,.verdicts td{padding-right:.5rem}
.verdicts tbody th{overflow-wrap:anywhere}
.summary tbody th{min-width:9rem}
}
@media print{body{background:none;max-width:none}section{break-inside:avoid-page;border:0;padding:0}}
`;
