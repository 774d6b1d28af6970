/** Stand in a template for what differs from request to request; of Unicode's private use, so that nothing else has them. */
export const placeholders = {
  /** The viewer's {@link viewerKey}: the first 20 digits of the ids of all that is theirs. */
  viewer: "\uE000",
  /** The id of the entity that is asked for. */
  entity: "\uE001",
} as const;

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");

export const viewerKey = (index: number): string => `b${hex(index, 19)}`;

/** The id of what belongs to a viewer: the first are those of people, the viewer's own first. */
export const idOf = (viewer: string, number: number): string => `${viewer}${hex(number, 4)}`;
