import { Anchor, Typography } from "@mantine/core";
import ReactMarkdown, { type Components } from "react-markdown";

// Raw HTML is shown as text and addresses are http(s) or mail only: the library sees to both. An image would be fetched
// from elsewhere, which would tell somebody that it was looked at: it is a link.
const components: Components = {
  a: ({ href, children }) => (
    <Anchor href={href} target="_blank" rel="noreferrer">
      {children}
    </Anchor>
  ),
  img: ({ src, alt }) => (
    <Anchor href={String(src)} target="_blank" rel="noreferrer">
      {alt || String(src)}
    </Anchor>
  ),
};

/** Notes as they are meant to look. (CommonMark) */
export const Markdown = ({ text }: { text: string }) => (
  <Typography fz="sm">
    <ReactMarkdown components={components}>{text}</ReactMarkdown>
  </Typography>
);
