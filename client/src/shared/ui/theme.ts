import { createTheme, type MantineColorsTuple } from "@mantine/core";

// A green of old ledgers, on paper; the accent is a terracotta that is kept for what is late.
const pine: MantineColorsTuple = [
  "#ecf7f3",
  "#d8ebe4",
  "#aed6c8",
  "#81c0aa",
  "#5cae91",
  "#44a281",
  "#369c78",
  "#288867",
  "#1f6f5c",
  "#0d5f4b",
];
const terracotta: MantineColorsTuple = [
  "#fff0ea",
  "#fbdfd5",
  "#f3bda9",
  "#eb987a",
  "#e47952",
  "#e06538",
  "#df5a2b",
  "#c64a1e",
  "#a83f18",
  "#8f3210",
];

export const theme = createTheme({
  colors: { pine, terracotta },
  primaryColor: "pine",
  primaryShade: { light: 8, dark: 4 },
  autoContrast: true,
  respectReducedMotion: true,
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  headings: {
    fontFamily: '"Bricolage Grotesque Variable", "Inter Variable", system-ui, sans-serif',
    fontWeight: "650",
  },
  defaultRadius: "md",
  cursorType: "pointer",
});
