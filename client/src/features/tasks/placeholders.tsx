import { Skeleton } from "@mantine/core";
import classes from "./placeholders.module.css";

/** A row before anything is known of it, as high as one. */
export const RowPlaceholder = ({ width }: { width: number }) => (
  <div className={classes.row} aria-hidden>
    <Skeleton circle height={20} />
    <Skeleton height={14} width={`${width}%`} />
  </div>
);

export const ListPlaceholder = () => (
  <div className={classes.list} aria-hidden>
    {[70, 52, 61, 44, 66, 50].map((width) => (
      <RowPlaceholder key={width} width={width} />
    ))}
  </div>
);
