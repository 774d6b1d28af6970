import { createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from "@mantine/core";

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
// Greys of paper in the dark, in place of the library's bluish ones.
const dark: MantineColorsTuple = [
  "#f0ece2",
  "#cfc9bb",
  "#b0aa9b",
  "#8a8578",
  "#4a473f",
  "#3a3832",
  "#2e2c27",
  "#24231f",
  "#1b1a17",
  "#12110f",
];

export const theme = createTheme({
  colors: { pine, terracotta, dark },
  primaryColor: "pine",
  primaryShade: { light: 8, dark: 4 },
  // What is filled is dark on light paper and light on dark paper; the library knows one colour for both.
  variantColorResolver: (input) => ({
    ...defaultVariantColorsResolver(input),
    ...(input.variant === "filled" && { color: "var(--on-filled)" }),
  }),
  respectReducedMotion: true,
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  headings: {
    fontFamily: '"Bricolage Grotesque Variable", "Inter Variable", system-ui, sans-serif',
    fontWeight: "650",
  },
  defaultRadius: "md",
  cursorType: "pointer",
  components: {
    Checkbox: { defaultProps: { iconColor: "var(--on-filled)" } },
    Radio: { defaultProps: { iconColor: "var(--on-filled)" } },
    RadioIndicator: { defaultProps: { iconColor: "var(--on-filled)" } },
    // In its place in the page, that is within a landmark; and a menu holds nothing but its items.
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
    // Or else it would be a second banner of the page.
    ModalHeader: { defaultProps: { role: "presentation" } },
  },
});
